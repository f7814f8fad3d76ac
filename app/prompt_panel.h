#pragma once

#include "app/engine_worker.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace crystallite {

class ChatFields;
class PolicyFields;
class SentPreview;

/// The prompt and everything that decides a run, checked while it is typed.
class PromptPanel : public QWidget {
    Q_OBJECT
public:
    explicit PromptPanel(QWidget* parent = nullptr);

    /// With the prompt as it is sent: the typed text, or the chat turn that is made of it.
    [[nodiscard]] RunRequest request() const;
    void setPrompt(const QString& prompt);
    /// What is left out stays as it is, but for the steps: one per open slot.
    void setSettings(const DecodeRequest& wanted);
    void setSeed(uint64_t seed);
    /// Limits and token counts come from the model; nullptr: none is loaded, and nothing can be counted. A sample prompt makes room for
    /// that of the next model.
    void setModel(const ModelSummary* model);
    /// For the estimate of a run's duration; 0: unknown.
    void setMillisecondsPerStep(double milliseconds);
    /// The settings fit the model, so that a run can start.
    [[nodiscard]] bool isValid() const { return valid_; }
    [[nodiscard]] QString problem() const;

public Q_SLOTS:
    void takeNewSeed();
    void focusPrompt();

Q_SIGNALS:
    void validityChanged(bool valid);

private:
    void setupFields(QFormLayout& form);
    void takePolicy();
    void takeCaches();
    QSpinBox* addNumber(QFormLayout& form, const QString& name, int lowest, int highest, const QString& help);
    void check();
    [[nodiscard]] QString estimate(const PlannedRun& run) const;
    [[nodiscard]] Result<std::string> sentText() const;
    void showGiven(const std::string& prompt, const PlannedRun* run);
    void offerSample(const QString& sample);
    [[nodiscard]] std::optional<uint32_t> wantedNumber(const QSpinBox& box) const;

    QPlainTextEdit* prompt_ = nullptr;
    QLabel* tokens_ = nullptr;
    ChatFields* chat_ = nullptr;
    SentPreview* sent_ = nullptr;
    QSpinBox* length_ = nullptr;
    QSpinBox* steps_ = nullptr;
    QSpinBox* blockLength_ = nullptr;
    PolicyFields* policy_ = nullptr;
    QComboBox* order_ = nullptr;
    QComboBox* cache_ = nullptr;
    QFormLayout* form_ = nullptr;
    QDoubleSpinBox* temperature_ = nullptr;
    QLineEdit* seed_ = nullptr;
    QLabel* problem_ = nullptr;
    QLabel* estimate_ = nullptr;

    PromptEncoder encodePrompt_;
    ChatWriter writeChat_;
    RunPlanner plan_;
    QString sample_;                        // the last one offered
    uint32_t ownBlocks_ = 0;                ///< length of the model's own blocks; 0: it has none
    std::optional<CacheKind> chosenCache_;  ///< by a person; none: what suits the model
    bool isBoard_ = false;
    DecodePolicy lastPolicy_ = DecodePolicy::Llada;
    double millisecondsPerStep_ = 0.0;
    bool valid_ = false;
};

}  // namespace crystallite
