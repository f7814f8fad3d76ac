#include "app/measured_view.h"

#include "app/candidate_table.h"
#include "app/shell_style.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace crystallite {
namespace {

constexpr size_t kListedSlots = 12;

std::optional<uint32_t> chosenIn(const QComboBox& box) {
    return box.currentIndex() > 0 ? std::optional(static_cast<uint32_t>(box.currentIndex() - 1)) : std::nullopt;
}

/// Keeps the choice where it still exists.
void fill(QComboBox& box, const QString& mean, uint32_t count) {
    const int before = box.currentIndex();
    const QSignalBlocker quiet(box);
    box.clear();
    box.addItem(mean);
    for (uint32_t number = 1; number <= count; ++number) {
        box.addItem(QString::number(number));
    }
    box.setCurrentIndex(before > 0 && before < box.count() ? before : 0);
}

}  // namespace

MeasuredView::MeasuredView(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(5);
    auto* heading = new QHBoxLayout;
    title_ = makeCaption(QString(), this);
    auto* tag = new QLabel(tr("measured, extra pass"), this);
    setStyleClass(tag, style_class::kTag);
    tag->setToolTip(tr("Computed on the device by a pass of its own; it is no part of the trace"));
    heading->addWidget(title_);
    heading->addWidget(tag);
    heading->addStretch();
    layout->addLayout(heading);
    where_ = makeSentence(style_class::kMuted, this);
    layout->addWidget(where_);
    stale_ = makeSentence(style_class::kWarning, this);
    stale_->setText(tr("The window shows another slot or step now; this is of the one above."));
    layout->addWidget(stale_);
    sentence_ = makeSentence(style_class::kPlain, this);
    layout->addWidget(sentence_);
    choices_ = new QWidget(this);
    auto* choices = new QHBoxLayout(choices_);
    choices->setContentsMargins(0, 0, 0, 0);
    layer_ = addChoice(tr("Layer"));
    head_ = addChoice(tr("Head"));
    choices->addStretch();
    layout->addWidget(choices_);
    table_ = new CandidateTable(this);
    table_->setAccessibleName(tr("What was measured"));
    layout->addWidget(table_);
    auto* copy = new QPushButton(tr("Copy as table"), this);
    copy->setAccessibleName(tr("Copy the measurement as table"));
    copy->setToolTip(tr("Copy everything that was measured as tab separated values"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asTsv()); });
    auto* clear = new QPushButton(tr("Clear"), this);
    clear->setAccessibleName(tr("Clear the measurement"));
    connect(clear, &QPushButton::clicked, this, &MeasuredView::clearWanted);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addWidget(clear);
    buttons->addStretch();
    layout->addLayout(buttons);
    hide();
}

QComboBox* MeasuredView::addChoice(const QString& name) {
    auto* label = new QLabel(name, choices_);
    auto* box = new QComboBox(choices_);
    box->setAccessibleName(name);
    label->setBuddy(box);
    choices_->layout()->addWidget(label);
    choices_->layout()->addWidget(box);
    connect(box, &QComboBox::currentIndexChanged, this, [this] {
        refresh();
        Q_EMIT choiceChanged();
    });
    return box;
}

void MeasuredView::setTheme(const Theme& theme) {
    table_->setTheme(theme);
}

void MeasuredView::showResult(const ProbeResult& result, const Trace& trace) {
    result_ = result;
    trace_ = &trace;
    if (result.attention) {
        fill(*layer_, tr("mean"), result.attention->layers);
        fill(*head_, tr("mean"), result.attention->heads);
    }
    refresh();
    show();
}

void MeasuredView::clear() {
    result_.reset();
    trace_ = nullptr;
    hide();
}

AttentionChoice MeasuredView::choice() const {
    return {.layer = chosenIn(*layer_), .head = chosenIn(*head_)};
}

void MeasuredView::setStale(bool stale) {
    stale_->setVisible(stale);
}

QString MeasuredView::asTsv() const {
    return result_ ? measuredAsTsv(*result_, *trace_, choice()) : QString();
}

void MeasuredView::refresh() {
    if (!result_) {
        return;
    }
    title_->setText(probeName(result_->kind));
    where_->setText(measuredWhere(*result_, *trace_));
    sentence_->setText(measuredSentence(*result_, *trace_, choice()));
    choices_->setVisible(result_->attention.has_value());
    std::vector<CandidateTable::Share> shares;
    for (const MeasuredLine& line : measuredLines(*result_, *trace_, choice(), kListedSlots)) {
        shares.push_back({.label = line.label, .probability = line.share, .isOther = line.isOther});
    }
    table_->showShares(shares);
}

}  // namespace crystallite
