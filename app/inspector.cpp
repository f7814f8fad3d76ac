#include "app/inspector.h"

#include "app/candidate_table.h"
#include "app/canvas/slot_names.h"
#include "app/history_curve.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/token_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kMargin = 14;

float largestEntropyOf(const SlotReport& report) {
    float largest = 0.0F;
    for (const SlotMoment& moment : report.moments) {
        largest = std::max(largest, moment.entropy);
    }
    return largest;
}

}  // namespace

Inspector::Inspector(RunDocument& document, QWidget* parent) : QWidget(parent), document_(document) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(kMargin, 12, kMargin, kMargin);
    outer->setSpacing(4);
    title_ = new QLabel(this);
    setStyleClass(title_, style_class::kTitle);
    outer->addWidget(title_);
    state_ = makeSentence(style_class::kMuted, this);
    hint_ = makeSentence(style_class::kMuted, this);
    outer->addWidget(state_);
    outer->addWidget(hint_);

    details_ = new QWidget(this);
    auto* layout = new QVBoxLayout(details_);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(5);
    distribution_ = makeCaption(tr("Distribution"), details_);
    layout->addWidget(distribution_);
    candidates_ = new CandidateTable(details_);
    layout->addWidget(candidates_);
    layout->addSpacing(6);
    layout->addWidget(makeCaption(tr("Numbers"), details_));
    const QString measured = tr("measured");
    const QString derived = tr("derived");
    entropy_ = addNumber(tr("entropy"), measured, tr("Computed on the device from the model's distribution"));
    words_ = addNumber(tr("as many words"), derived, tr("exp(entropy): as uncertain as a fair choice among this many words"));
    margin_ = addNumber(tr("margin p₁−p₂"), measured, tr("Computed on the device: best guess minus second best"));
    rank_ = addNumber(tr("rank among masked"), derived, tr("Place by the score of the unmasking order; 1 commits first"));
    layout->addSpacing(6);
    layout->addWidget(makeCaption(tr("Decision"), details_));
    decision_ = makeSentence(style_class::kPlain, details_);
    layout->addWidget(decision_);
    layout->addSpacing(6);
    layout->addWidget(makeCaption(tr("History of this slot"), details_));
    history_ = new HistoryCurve(details_);
    layout->addWidget(history_);
    copy_ = new QPushButton(tr("Copy as table"), details_);
    copy_->setToolTip(tr("Copy these numbers as tab separated values (Ctrl+Shift+C)"));
    connect(copy_, &QPushButton::clicked, this, &Inspector::copyAsTsv);
    layout->addSpacing(6);
    layout->addWidget(copy_, 0, Qt::AlignLeft);
    outer->addWidget(details_);
    outer->addStretch();

    for (const auto signal : {&RunDocument::traceReset, &RunDocument::selectionChanged}) {
        connect(&document_, signal, this, &Inspector::refresh);
    }
    connect(&document_, &RunDocument::frameChanged, this, &Inspector::refresh);
    connect(&document_, &RunDocument::liveChanged, this, &Inspector::refresh);
    refresh();
}

Inspector::NumberRow Inspector::addNumber(const QString& name, const QString& tag, const QString& tagHelp) {
    NumberRow number;
    number.row = new QWidget(details_);
    auto* layout = new QHBoxLayout(number.row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* label = new QLabel(name, number.row);
    auto* tagLabel = new QLabel(tag, number.row);
    setStyleClass(tagLabel, style_class::kTag);
    tagLabel->setAlignment(Qt::AlignCenter);
    tagLabel->setToolTip(tagHelp);
    number.value = new QLabel(number.row);
    number.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(label);
    layout->addWidget(tagLabel);
    layout->addStretch();
    layout->addWidget(number.value);
    details_->layout()->addWidget(number.row);
    return number;
}

void Inspector::setTheme(const Theme& theme) {
    candidates_->setTheme(theme);
    history_->setTheme(theme);
    refresh();
}

void Inspector::refresh() {
    report_.reset();
    if (!document_.isEmpty() && document_.selectedSlot()) {
        report_ = reportSlot(document_.trace(), *document_.selectedSlot(), document_.frame());
    }
    state_->setVisible(report_.has_value());
    details_->setVisible(report_.has_value());
    hint_->setVisible(!report_.has_value());
    if (!report_) {
        title_->setText(tr("No slot selected"));
        hint_->setText(document_.isEmpty() ? tr("Run a prompt or open a trace, then click a slot to see what the model believed about it.")
                                           : tr("Click a slot, or move to the canvas with Tab and use the arrow keys."));
        return;
    }
    showReport();
}

void Inspector::showReport() {
    const Trace& trace = document_.trace();
    const QLocale locale;
    const QString token = report_->token ? QStringLiteral(" “%1”").arg(tokenLabel(trace, *report_->token)) : QString();
    title_->setText(placeName(trace, report_->position) + token);
    state_->setText(stateText(*report_));
    const bool frozen = report_->belief && report_->beliefStep != report_->frame;
    distribution_->setText(frozen ? tr("Distribution at its commit, step %1").arg(report_->beliefStep) : tr("Distribution"));
    candidates_->setVisible(report_->belief.has_value());
    distribution_->setVisible(report_->belief.has_value());
    candidates_->showReport(*report_, trace);
    const QString none = QStringLiteral("–");
    const auto& belief = report_->belief;
    entropy_.value->setText(belief ? tr("%1 nats").arg(locale.toString(double{belief->entropy}, 'f', 2)) : none);
    words_.value->setText(belief ? tr("about %1").arg(locale.toString(equivalentWords(belief->entropy), 'f', 1)) : none);
    margin_.value->setText(belief ? locale.toString(double{belief->margin}, 'f', 3) : none);
    rank_.value->setText(report_->rank ? tr("%1 of %2").arg(*report_->rank).arg(report_->eligible) : none);
    history_->showReport(*report_, plannedSteps(trace), largestEntropyOf(*report_));
    decision_->setText(decisionText(*report_, trace));
}

void Inspector::copyAsTsv() {
    if (report_) {
        QGuiApplication::clipboard()->setText(reportAsTsv(*report_, document_.trace()));
    }
}

}  // namespace crystallite
