#include "app/prompt_panel.h"

#include "app/conversions.h"
#include "app/shell_style.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QVBoxLayout>

#include <array>

namespace crystallite {
namespace {

constexpr int kLongestAnswer = 65536;
constexpr std::array kOrders{UnmaskOrder::LowConfidence, UnmaskOrder::Margin, UnmaskOrder::Entropy, UnmaskOrder::Random};

}  // namespace

PromptPanel::PromptPanel(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 14);
    layout->setSpacing(8);
    auto* captions = new QHBoxLayout;
    captions->addWidget(makeCaption(tr("Prompt"), this));
    captions->addStretch();
    tokens_ = new QLabel(this);
    setStyleClass(tokens_, style_class::kMuted);
    captions->addWidget(tokens_);
    layout->addLayout(captions);
    prompt_ = new QPlainTextEdit(this);
    prompt_->setAccessibleName(tr("Prompt"));
    prompt_->setTabChangesFocus(true);
    prompt_->setPlaceholderText(tr("What the text starts with"));
    prompt_->setFixedHeight(96);
    layout->addWidget(prompt_);
    layout->addSpacing(6);
    layout->addWidget(makeCaption(tr("Denoising"), this));
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(7);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    setupFields(*form);
    layout->addLayout(form);
    problem_ = makeSentence(style_class::kWarning, this);
    estimate_ = makeSentence(style_class::kMuted, this);
    layout->addWidget(problem_);
    layout->addWidget(estimate_);
    layout->addStretch();
    connect(prompt_, &QPlainTextEdit::textChanged, this, &PromptPanel::check);
    setSettings(DecodeSettings{});
}

void PromptPanel::setupFields(QFormLayout& form) {
    length_ = addNumber(form, tr("Length"), 1, kLongestAnswer, tr("Slots after the prompt"));
    steps_ = addNumber(form, tr("Steps"), 1, kLongestAnswer, tr("Denoising steps over all blocks; fewer steps commit more tokens at once"));
    blockLength_ = addNumber(form, tr("Block"), 0, kLongestAnswer, tr("Slots per block; blocks are denoised from left to right"));
    blockLength_->setSpecialValueText(tr("one block"));
    order_ = new QComboBox(this);
    order_->setToolTip(tr("Which masked slots are committed first"));
    for (const UnmaskOrder order : kOrders) {
        order_->addItem(toQString(nameOf(order)), static_cast<int>(order));
    }
    form.addRow(tr("Order"), order_);
    temperature_ = new QDoubleSpinBox(this);
    temperature_->setRange(0.0, 10.0);
    temperature_->setSingleStep(0.1);
    temperature_->setDecimals(2);
    temperature_->setToolTip(tr("0 takes the best guess; more lets chance speak"));
    form.addRow(tr("Temperature"), temperature_);
    seed_ = new QLineEdit(this);
    seed_->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,20}")), seed_));
    seed_->setToolTip(tr("The same prompt, settings and seed give the same run"));
    auto* newSeed = new QPushButton(tr("New"), this);
    newSeed->setAccessibleName(tr("New seed"));
    newSeed->setToolTip(tr("Draw a new seed (Ctrl+E)"));
    auto* seedRow = new QHBoxLayout;
    seedRow->setSpacing(6);
    seedRow->addWidget(seed_, 1);
    seedRow->addWidget(newSeed);
    form.addRow(tr("Seed"), seedRow);
    seed_->setAccessibleName(tr("Seed"));
    order_->setAccessibleName(tr("Order"));
    temperature_->setAccessibleName(tr("Temperature"));
    connect(order_, &QComboBox::currentIndexChanged, this, &PromptPanel::check);
    connect(temperature_, &QDoubleSpinBox::valueChanged, this, &PromptPanel::check);
    connect(seed_, &QLineEdit::textChanged, this, &PromptPanel::check);
    connect(newSeed, &QPushButton::clicked, this, &PromptPanel::takeNewSeed);
}

QSpinBox* PromptPanel::addNumber(QFormLayout& form, const QString& name, int lowest, int highest, const QString& help) {
    auto* box = new QSpinBox(this);
    box->setRange(lowest, highest);
    box->setToolTip(help);
    box->setAccessibleName(name);
    form.addRow(name, box);
    connect(box, &QSpinBox::valueChanged, this, &PromptPanel::check);
    return box;
}

RunRequest PromptPanel::request() const {
    return {.prompt = prompt_->toPlainText().toStdString(),
            .settings = {.length = static_cast<uint32_t>(length_->value()),
                         .steps = static_cast<uint32_t>(steps_->value()),
                         .blockLength = static_cast<uint32_t>(blockLength_->value()),
                         .order = static_cast<UnmaskOrder>(order_->currentData().toInt()),
                         .temperature = static_cast<float>(temperature_->value()),
                         .seed = seed_->text().toULongLong()}};
}

void PromptPanel::setPrompt(const QString& prompt) {
    prompt_->setPlainText(prompt);
}

void PromptPanel::setSettings(const DecodeSettings& settings) {
    length_->setValue(static_cast<int>(settings.length));
    steps_->setValue(static_cast<int>(settings.steps));
    blockLength_->setValue(static_cast<int>(settings.blockLength));
    order_->setCurrentIndex(order_->findData(static_cast<int>(settings.order)));
    temperature_->setValue(double{settings.temperature});
    setSeed(settings.seed);
    check();
}

void PromptPanel::setSeed(uint64_t seed) {
    seed_->setText(QString::number(seed));
}

void PromptPanel::setModel(const ModelSummary* model) {
    countTokens_ = model == nullptr ? TokenCounter() : model->countTokens;
    longestCanvas_ = model == nullptr ? 0 : model->longestCanvas;
    check();
}

void PromptPanel::setMillisecondsPerStep(double milliseconds) {
    millisecondsPerStep_ = milliseconds;
    check();
}

QString PromptPanel::problem() const {
    return problem_->text();
}

void PromptPanel::takeNewSeed() {
    // 32 bits are enough to tell runs apart and short enough to be read aloud.
    seed_->setText(QString::number(QRandomGenerator::global()->generate()));
}

void PromptPanel::focusPrompt() {
    prompt_->setFocus(Qt::ShortcutFocusReason);
    prompt_->selectAll();
}

void PromptPanel::check() {
    const RunRequest wanted = request();
    QString problem;
    bool seedIsNumber = false;
    seed_->text().toULongLong(&seedIsNumber);
    if (!seedIsNumber) {
        problem = tr("The seed must be a whole number from 0 to 18446744073709551615.");
    }
    if (countTokens_) {
        const uint32_t tokens = countTokens_(wanted.prompt);
        tokens_->setText(tokens == 1 ? tr("1 token") : tr("%1 tokens").arg(tokens));
        if (const auto checked = checkSettings(wanted.settings, tokens, longestCanvas_); problem.isEmpty() && !checked) {
            problem = toQString(checked.error().message);
        }
    } else {
        tokens_->clear();
    }
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    estimate_->setText(estimate(wanted.settings));
    estimate_->setVisible(problem.isEmpty());
    const bool valid = problem.isEmpty() && countTokens_ != nullptr;
    if (valid != valid_) {
        valid_ = valid;
        Q_EMIT validityChanged(valid);
    }
}

QString PromptPanel::estimate(const DecodeSettings& settings) const {
    const double perStep = static_cast<double>(settings.length) / settings.steps;
    QString text = settings.length == settings.steps ? tr("One token per step.")
                                                     : tr("%1 tokens per step on average.").arg(QLocale().toString(perStep, 'g', 3));
    if (millisecondsPerStep_ > 0.0) {
        const double seconds = millisecondsPerStep_ * settings.steps / 1000.0;
        text +=
            QLatin1Char(' ') +
            tr("About %1 s at %2 ms per step.").arg(QLocale().toString(seconds, 'f', 1), QLocale().toString(millisecondsPerStep_, 'f', 1));
    }
    return text;
}

}  // namespace crystallite
