#include "app/noise_dialog.h"

#include "app/continue_text.h"
#include "app/conversions.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/token_strip.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kHalf = 50;

uint32_t openOf(const std::vector<SentToken>& tokens) {
    return static_cast<uint32_t>(std::ranges::count_if(tokens, &SentToken::open));
}

}  // namespace

NoiseDialog::NoiseDialog(RunDocument& document, QWidget* parent) : QDialog(parent), document_(document) {
    setObjectName(QStringLiteral("noiseDialog"));
    setWindowTitle(tr("Noise this text"));
    addFields();
    connect(fromAnswer_, &QRadioButton::toggled, this, &NoiseDialog::refresh);
    connect(text_, &QPlainTextEdit::textChanged, this, &NoiseDialog::refresh);
    connect(share_, &QSlider::valueChanged, this, &NoiseDialog::refresh);
    connect(seed_, &QLineEdit::textChanged, this, &NoiseDialog::refresh);
    connect(&document_, &RunDocument::frameChanged, this, &NoiseDialog::refresh);
    connect(&document_, &RunDocument::traceReset, this, &NoiseDialog::refresh);
    resize(560, 460);
}

void NoiseDialog::addFields() {
    fromAnswer_ = new QRadioButton(tr("The &text of the shown step"), this);
    fromText_ = new QRadioButton(tr("A text of my &own"), this);
    text_ = new QPlainTextEdit(this);
    text_->setAccessibleName(tr("Text of my own"));
    text_->setTabChangesFocus(true);
    text_->setMaximumHeight(fontMetrics().lineSpacing() * 5);
    share_ = new QSlider(Qt::Horizontal, this);
    share_->setObjectName(QStringLiteral("noiseShare"));
    share_->setAccessibleName(tr("Share of the words that vanish, in percent"));
    share_->setRange(0, 100);
    share_->setValue(kHalf);
    level_ = new QLabel(this);
    level_->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.00")));
    seed_ = new QLineEdit(QStringLiteral("1"), this);
    seed_->setAccessibleName(tr("Seed"));
    seed_->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,19}")), seed_));
    strip_ = new TokenStrip;
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setAccessibleName(tr("What is left of the text"));
    area->setWidget(strip_);
    verdict_ = makeSentence(style_class::kMuted, this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    recover_ = buttons->addButton(tr("&Recover"), QDialogButtonBox::AcceptRole);
    setStyleClass(recover_, style_class::kPrimary);
    auto* level = new QHBoxLayout;
    level->addWidget(share_, 1);
    level->addWidget(level_);
    auto* form = new QFormLayout;
    form->addRow(tr("&Noise"), level);
    static_cast<QLabel*>(form->labelForField(level))->setBuddy(share_);
    form->addRow(tr("&Seed"), seed_);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(fromAnswer_);
    layout->addWidget(fromText_);
    layout->addWidget(text_);
    layout->addLayout(form);
    layout->addWidget(area, 1);
    layout->addWidget(verdict_);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &NoiseDialog::recover);
}

void NoiseDialog::setModel(const ModelSummary* model) {
    model_ = model == nullptr ? std::nullopt : std::optional(*model);
    refresh();
}

void NoiseDialog::ask() {
    fromAnswer_->setEnabled(!document_.isEmpty());
    (document_.isEmpty() ? fromText_ : fromAnswer_)->setChecked(true);
    refresh();
    show();
    raise();
    activateWindow();
    share_->setFocus();
}

void NoiseDialog::refresh() {
    text_->setEnabled(fromText_->isChecked());
    const double share = share_->value() / 100.0;
    level_->setText(QLocale().toString(share, 'f', 2));
    noisy_.clear();
    uint32_t before = 0;
    if (model_ && model_->encodePrompt && (fromText_->isChecked() || !document_.isEmpty())) {
        const NoisyText text = fromText_->isChecked() ? noisyText(model_->encodePrompt(text_->toPlainText().toStdString()))
                                                      : noisyText(document_.trace(), document_.frame());
        before = openOf(text.tokens);
        noisy_ = addNoise(text, share, seed_->text().toULongLong(), model_->maskId);
    }
    strip_->setTokens(noisy_);
    const uint32_t open = openOf(noisy_);
    const QString reason = problem(open);
    verdict_->setText(reason.isEmpty() ? tr("%1 of %2 tokens vanish; the model writes them anew.").arg(open - before).arg(noisy_.size())
                                       : reason);
    recover_->setEnabled(reason.isEmpty());
}

QString NoiseDialog::problem(uint32_t vanished) const {
    if (!model_) {
        return tr("No model is loaded; load one to have it recover a text.");
    }
    if (model_->maskText.empty()) {
        return tr("The mask of “%1” is an ordinary word, so that no text with gaps can be sent to it.").arg(toQString(model_->name));
    }
    if (!fromText_->isChecked() && !isSameModel(document_.trace().header(), *model_)) {
        return tr("The shown text was made by “%1”; load that model, or copy the text and choose “A text of my own”.")
            .arg(toQString(document_.trace().header().modelName));
    }
    if (noisy_.empty()) {
        return tr("Type a text first.");
    }
    return vanished == 0 ? tr("At this level no word vanishes; move the slider to the right.") : QString();
}

void NoiseDialog::recover() {
    std::vector<TokenId> tokens;
    std::ranges::transform(noisy_, std::back_inserter(tokens), &SentToken::id);
    hide();
    Q_EMIT recoverWanted(tokens, seed_->text().toULongLong());
}

}  // namespace crystallite
