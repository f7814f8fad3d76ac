#pragma once

#include "app/engine_worker.h"
#include "app/noise.h"

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;
class QSlider;

namespace crystallite {

class RunDocument;
class TokenStrip;

/// Replaces a share of a text by masks, that of the shown frame or one's own, shows at once which words vanish, and has the model recover
/// them in a new run.
class NoiseDialog : public QDialog {
    Q_OBJECT
public:
    explicit NoiseDialog(RunDocument& document, QWidget* parent = nullptr);

    /// nullptr: none is loaded.
    void setModel(const ModelSummary* model);
    void ask();
    /// What would be sent now.
    [[nodiscard]] const std::vector<SentToken>& noisy() const { return noisy_; }

Q_SIGNALS:
    /// The settings are those of the prompt panel, with this seed.
    void recoverWanted(const std::vector<crystallite::TokenId>& tokens, uint64_t seed);

private:
    void addFields();
    void refresh();
    [[nodiscard]] QString problem(uint32_t vanished) const;
    void recover();

    RunDocument& document_;
    std::optional<ModelSummary> model_;
    std::vector<SentToken> noisy_;
    QRadioButton* fromAnswer_ = nullptr;
    QRadioButton* fromText_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
    QSlider* share_ = nullptr;
    QLabel* level_ = nullptr;
    QLineEdit* seed_ = nullptr;
    TokenStrip* strip_ = nullptr;
    QLabel* verdict_ = nullptr;
    QPushButton* recover_ = nullptr;
};

}  // namespace crystallite
