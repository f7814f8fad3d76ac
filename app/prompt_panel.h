#pragma once

#include "app/engine_worker.h"
#include "app/preset.h"
#include "engine/library/chat_entry.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace crystallite {

class ChatFields;
class ChatTurns;
class PolicyFields;
class PromptField;
class RunNumbers;
class RunVerdict;
class SentPreview;

/// The prompt and everything that decides a run, checked while it is typed.
class PromptPanel : public QWidget {
    Q_OBJECT
public:
    explicit PromptPanel(QWidget* parent = nullptr);

    /// With the prompt as it is sent: the typed text, or the chat turn that is made of it.
    [[nodiscard]] RunRequest request() const;
    void setPrompt(const QString& prompt);
    /// What is left out stays as it is, but for the steps: one per open slot. A length that is given is one that somebody chose.
    void setSettings(const DecodeRequest& wanted);
    void setSeed(uint64_t seed);
    /// What is chosen, without prompt, seed and name.
    [[nodiscard]] Preset preset() const;
    /// The prompt and the seed stay. InvalidArgument, and nothing changed, for a policy that the model cannot run.
    Result<void> usePreset(const Preset& preset);
    /// Limits, policies and token counts come from the model; nullptr: none is loaded, and nothing can be counted. A sample prompt makes
    /// room for that of the next model, and numbers that do not fit it make room for those that do.
    void setModel(const ModelSummary* model);
    /// Looks at everything again: what was measured may be other numbers now.
    void refresh() { check(); }
    /// The settings fit the model, so that a run can start.
    [[nodiscard]] bool isValid() const { return valid_; }
    [[nodiscard]] QString problem() const;
    /// What keeps a run from starting, or what it will take. Stands below the panel, where scrolling does not hide it.
    [[nodiscard]] RunVerdict* verdict() const { return verdict_; }
    /// What is typed is sent as the next question of a chat.
    [[nodiscard]] bool isChat() const;
    [[nodiscard]] ChatTurns& turns() { return *turns_; }
    [[nodiscard]] QString typed() const;
    [[nodiscard]] QString system() const;
    /// Goes on with a kept chat.
    void openChat(const ChatEntry& chat);

public Q_SLOTS:
    void takeNewSeed();
    void focusPrompt();

Q_SIGNALS:
    void validityChanged(bool valid);
    void chatToggled(bool chat);

private:
    void setupFields(QFormLayout& form);
    void takePolicy();
    void insertGap();
    [[nodiscard]] bool fits() const;
    void takeCaches();
    void check();
    [[nodiscard]] ChatChoice chatChoice() const;
    [[nodiscard]] Result<std::string> sentText() const;
    [[nodiscard]] bool overflows(const RunRequest& request) const;
    [[nodiscard]] QString turnCosts() const;
    void showGiven(const std::string& prompt, const PlannedRun* run);
    void offerSample(const QString& sample);

    PromptField* prompt_ = nullptr;
    QLabel* tokens_ = nullptr;
    QPushButton* gap_ = nullptr;
    ChatTurns* turns_ = nullptr;
    ChatFields* chat_ = nullptr;
    SentPreview* sent_ = nullptr;
    RunNumbers* numbers_ = nullptr;
    PolicyFields* policy_ = nullptr;
    QComboBox* order_ = nullptr;
    QComboBox* cache_ = nullptr;
    QDoubleSpinBox* temperature_ = nullptr;
    QLineEdit* seed_ = nullptr;
    RunVerdict* verdict_ = nullptr;

    PromptEncoder encodePrompt_;
    ChatWriter writeChat_;
    RunPlanner plan_;
    std::vector<DecodePolicy> policies_;    ///< that can run the model; empty: none is loaded
    QString maskText_;                      // how an open slot is written; empty: none can be
    QString sample_;                        // the last one offered
    uint32_t ownBlocks_ = 0;                ///< length of the model's own blocks; 0: it has none
    std::optional<CacheKind> chosenCache_;  ///< by a person; none: what suits the model
    uint32_t contextLength_ = 0;
    bool isBoard_ = false;
    bool wasChat_ = false;
    DecodePolicy lastPolicy_ = DecodePolicy::Llada;
    bool valid_ = false;
};

}  // namespace crystallite
