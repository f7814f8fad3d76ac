#include "app/prompt_panel.h"

#include "app/chat_fields.h"
#include "app/chat_turns.h"
#include "app/conversions.h"
#include "app/elided_combo_box.h"
#include "app/pass_text.h"
#include "app/policy_fields.h"
#include "app/prompt_field.h"
#include "app/run_numbers.h"
#include "app/run_verdict.h"
#include "app/sent_preview.h"
#include "app/shell_style.h"
#include "engine/trace/decode_option.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace crystallite {

PromptPanel::PromptPanel(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 6);
    layout->setSpacing(8);
    auto* captions = new QHBoxLayout;
    captions->addWidget(makeCaption(tr("Prompt"), this));
    captions->addStretch();
    tokens_ = new QLabel(this);
    setStyleClass(tokens_, style_class::kMuted);
    captions->addWidget(tokens_);
    gap_ = new QPushButton(tr("Insert gap"), this);
    gap_->setObjectName(QStringLiteral("insertGap"));
    gap_->setToolTip(tr("Writes the mask at the text cursor: an open slot that the model fills, between words that stay (Ctrl+Shift+G)"));
    gap_->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G));
    gap_->hide();
    captions->addWidget(gap_);
    connect(gap_, &QPushButton::clicked, this, &PromptPanel::insertGap);
    layout->addLayout(captions);
    turns_ = new ChatTurns(this);
    turns_->hide();
    layout->addWidget(turns_);
    prompt_ = new PromptField(this);
    layout->addWidget(prompt_);
    chat_ = new ChatFields(this);
    layout->addWidget(chat_);
    sent_ = new SentPreview(this);
    layout->addWidget(sent_);
    layout->addSpacing(6);
    layout->addWidget(makeCaption(tr("Denoising"), this));
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(7);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);  // a long name must not make the panel wider than the window leaves it
    setupFields(*form);
    layout->addLayout(form);
    layout->addStretch();
    verdict_ = new RunVerdict(this);
    connect(prompt_, &QPlainTextEdit::textChanged, this, &PromptPanel::check);
    connect(chat_, &ChatFields::changed, this, &PromptPanel::check);
    connect(turns_, &ChatTurns::changed, this, &PromptPanel::check);
    setSettings({.blockLength = 0, .order = UnmaskOrder::LowConfidence, .policy = DecodePolicy::Llada});
}

void PromptPanel::setupFields(QFormLayout& form) {
    numbers_ = new RunNumbers(form, this);
    policy_ = new PolicyFields(form, this);
    cache_ = new ElidedComboBox(this);
    cache_->setObjectName(QStringLiteral("cache"));
    cache_->setAccessibleName(tr("Cache"));
    cache_->setToolTip(tr("Keys and values that are kept from pass to pass instead of being computed anew"));
    policy_->rows().append(tr("Cache"), cache_);
    policy_->rows().setVisible(cache_, false);
    order_ = new ElidedComboBox(this);
    order_->setToolTip(tr("Which masked slots are committed first"));
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
    static_cast<QLabel*>(form.labelForField(seedRow))->setBuddy(seed_);
    seed_->setAccessibleName(tr("Seed"));
    order_->setAccessibleName(tr("Order"));
    temperature_->setAccessibleName(tr("Temperature"));
    takePolicy();
    connect(policy_, &PolicyFields::policyChanged, this, &PromptPanel::takePolicy);
    connect(policy_, &PolicyFields::changed, this, &PromptPanel::check);
    connect(numbers_, &RunNumbers::changed, this, &PromptPanel::check);
    connect(cache_, &QComboBox::activated, this, [this] {
        chosenCache_ = static_cast<CacheKind>(cache_->currentData().toInt());
        check();
    });
    connect(order_, &QComboBox::currentIndexChanged, this, &PromptPanel::check);
    connect(temperature_, &QDoubleSpinBox::valueChanged, this, &PromptPanel::check);
    connect(seed_, &QLineEdit::textChanged, this, &PromptPanel::check);
    connect(newSeed, &QPushButton::clicked, this, &PromptPanel::takeNewSeed);
}

void PromptPanel::insertGap() {
    prompt_->insertPlainText(maskText_);
    prompt_->setFocus(Qt::OtherFocusReason);
}

/// A policy has its own orders and its own temperature; some have neither blocks nor a number of steps.
void PromptPanel::takePolicy() {
    const PolicyTraits& traits = traitsOf(policy_->policy());
    {
        const QSignalBlocker blocked(order_);
        const QVariant before = order_->currentData();
        order_->clear();
        for (const UnmaskOrder order : traits.orders) {
            order_->addItem(toQString(nameOf(order)), static_cast<int>(order));
        }
        order_->setCurrentIndex(traits.policy == lastPolicy_ ? std::max(order_->findData(before), 0) : 0);
    }
    if (traits.policy != lastPolicy_) {
        temperature_->setValue(double{usualSettings(traits.policy).temperature});
    }
    lastPolicy_ = traits.policy;
    order_->setEnabled(traits.orders.size() > 1);
    // On blocks of the model's own the steps are those of a block.
    numbers_->setChoices({.length = !isBoard_,
                          .steps = ownBlocks_ == 0 && traits.steps != StepRule::AsNeeded,
                          .block = !isBoard_ && traits.hasBlocks,
                          .ownBlocks = ownBlocks_});
}

RunRequest PromptPanel::request() const {
    const Result<std::string> sent = sentText();
    RunRequest request{.prompt = sent ? *sent : std::string(),
                       .wanted = {.temperature = static_cast<float>(temperature_->value()), .seed = seed_->text().toULongLong()}};
    numbers_->addTo(request.wanted);
    if (order_->isEnabledTo(this)) {
        request.wanted.order = static_cast<UnmaskOrder>(order_->currentData().toInt());
    }
    policy_->addTo(request.wanted);
    if (cache_->count() > 0) {
        request.wanted.cache = static_cast<CacheKind>(cache_->currentData().toInt());
    }
    return request;
}

/// Offers the caches with which the model can run what is chosen, and of these takes the one that a person chose, else what suits the
/// model.
void PromptPanel::takeCaches() {
    const QSignalBlocker blocked(cache_);
    cache_->clear();
    RunRequest request = this->request();
    const auto usual = plan_ ? plan_(request.prompt, request.wanted) : Result<PlannedRun>(PlannedRun());
    request.wanted.cache = CacheKind::None;
    const auto uncached = plan_ ? plan_(request.prompt, request.wanted) : Result<PlannedRun>(PlannedRun());
    const std::vector<CacheKind> able = uncached ? uncached->caches : std::vector<CacheKind>();
    for (const CacheKind cache : able) {
        cache_->addItem(cacheLabel(cache), static_cast<int>(cache));
        cache_->setItemData(cache_->count() - 1, cacheText(cache), Qt::ToolTipRole);
    }
    const bool isAble = chosenCache_ && std::find(able.begin(), able.end(), *chosenCache_) != able.end();
    const CacheKind cache = isAble ? *chosenCache_ : usual ? usual->settings.cache : CacheKind::None;
    cache_->setCurrentIndex(std::max(cache_->findData(static_cast<int>(cache)), 0));
    cache_->setAccessibleDescription(cache_->currentData(Qt::ToolTipRole).toString());
    policy_->rows().setVisible(cache_, cache_->count() > 1);
}

void PromptPanel::setPrompt(const QString& prompt) {
    prompt_->setPlainText(prompt);
}

void PromptPanel::setSettings(const DecodeRequest& wanted) {
    policy_->set(wanted);
    chosenCache_ = wanted.cache ? wanted.cache : chosenCache_;
    numbers_->set(wanted);
    if (wanted.order) {
        order_->setCurrentIndex(order_->findData(static_cast<int>(*wanted.order)));
    }
    temperature_->setValue(double{wanted.temperature.value_or(usualSettings(policy_->policy()).temperature)});
    setSeed(wanted.seed);
    check();
}

void PromptPanel::setSeed(uint64_t seed) {
    seed_->setText(QString::number(seed));
}

void PromptPanel::setModel(const ModelSummary* model) {
    encodePrompt_ = model == nullptr ? PromptEncoder() : model->encodePrompt;
    writeChat_ = model == nullptr ? ChatWriter() : model->writeChat;
    plan_ = model == nullptr ? RunPlanner() : model->plan;
    policies_ = model == nullptr ? std::vector<DecodePolicy>() : model->policies;
    if (model != nullptr) {
        isBoard_ = model->layout.has_value();
        contextLength_ = model->contextLength;
        maskText_ = isBoard_ ? QString() : toQString(model->maskText);
        gap_->setVisible(!maskText_.isEmpty());
        ownBlocks_ = model->blockLength;
        policy_->setPolicies(model->policies, model->usualPolicy, model->idleOptions);
        takePolicy();
        prompt_->setBoard(isBoard_);
        chat_->setFormat(model->chatFormat);
        offerSample(toQString(model->samplePrompt));
        cache_->clear();  // those of the model before
        numbers_->giveWay([this] { return fits(); });
    }
    check();
}

bool PromptPanel::fits() const {
    const RunRequest request = this->request();
    return plan_ && plan_(request.prompt, request.wanted);
}

/// A prompt that somebody typed stays.
void PromptPanel::offerSample(const QString& sample) {
    const QString typed = prompt_->toPlainText();
    if (typed.isEmpty() || typed == sample_) {
        prompt_->setPlainText(sample);
    }
    sample_ = sample;
}

QString PromptPanel::problem() const {
    return verdict_->problem();
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
    takeCaches();
    const RunRequest request = this->request();
    QString problem;
    bool seedIsNumber = false;
    seed_->text().toULongLong(&seedIsNumber);
    if (!seedIsNumber) {
        problem = tr("The seed must be a whole number from 0 to 18446744073709551615.");
    }
    if (const Result<std::string> sent = sentText(); !sent && problem.isEmpty()) {
        problem = toQString(sent.error().message);
    }
    std::optional<PlannedRun> run;
    if (plan_) {
        if (auto planned = plan_(request.prompt, request.wanted)) {
            run = *planned;
            numbers_->showUsualLength(run->appended);
        } else if (problem.isEmpty()) {
            problem = toQString(planned.error().message);
            if (overflows(request)) {
                problem += QLatin1Char(' ') + turnCosts();
            }
        }
    }
    showGiven(request.prompt, run ? &*run : nullptr);
    turns_->setVisible(isChat());
    if (std::exchange(wasChat_, isChat()) != isChat()) {
        Q_EMIT chatToggled(isChat());
    }
    verdict_->setVerdict(problem, run ? &*run : nullptr);
    const bool valid = run && problem.isEmpty();
    if (valid != valid_) {
        valid_ = valid;
        Q_EMIT validityChanged(valid);
    }
}

}  // namespace crystallite
