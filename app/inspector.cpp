#include "app/inspector.h"

#include "app/candidate_table.h"
#include "app/canvas/slot_names.h"
#include "app/dialogs.h"
#include "app/elided_label.h"
#include "app/history_curve.h"
#include "app/history_list.h"
#include "app/inspector_section.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/slot_decision.h"
#include "app/slot_text.h"
#include "app/steady_box.h"
#include "app/token_text.h"
#include "app/value_list.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShowEvent>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace crystallite {
namespace {

constexpr int kMargin = 14;
constexpr int kRawLines = 9;

}  // namespace

Inspector::Inspector(RunDocument& document, QWidget* parent) : QWidget(parent), document_(document) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(kMargin, 10, kMargin, kMargin);
    outer->setSpacing(4);
    addHeader();
    addState();
    details_ = new QWidget(this);
    auto* layout = new QVBoxLayout(details_);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(2);
    addSections();
    outer->addWidget(details_);
    outer->addStretch();
    connectDocument();
    refresh();
}

void Inspector::addHeader() {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    heading_ = new ElidedLabel(this);
    setStyleClass(heading_, style_class::kTitle);
    row->addWidget(new SteadyBox(heading_), 1);
    lock_ = new QToolButton(this);
    lock_->setObjectName(QStringLiteral("lock"));
    lock_->setText(tr("Lock"));
    lock_->setAccessibleName(tr("Lock to this slot"));
    lock_->setToolTip(tr("Stay with this slot while others are selected (Ctrl+Shift+I); Ctrl+I opens another inspector"));
    lock_->setCheckable(true);
    lock_->setFocusPolicy(Qt::StrongFocus);
    connect(lock_, &QToolButton::toggled, this, &Inspector::setLocked);
    row->addWidget(lock_);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void Inspector::addState() {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    state_ = makeSentence(style_class::kMuted, this);
    stateTag_ = makeTag(ValueTag::Measured, this);
    row->addWidget(new SteadyBox(state_), 1);
    row->addWidget(stateTag_, 0, Qt::AlignTop);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

InspectorSection* Inspector::addSection(const QString& title, const char* name, bool openAtFirst) {
    auto* section = new InspectorSection(title, QLatin1String(name), openAtFirst, details_);
    // Closed sections are not filled, which a running playback feels.
    connect(section, &InspectorSection::opened, this, &Inspector::refresh);
    details_->layout()->addWidget(section);
    return section;
}

void Inspector::addSections() {
    now_ = addSection(tr("Now"), "now", true);
    nowValues_ = new ValueList(now_);
    now_->body()->addWidget(nowValues_);
    addDistribution();
    decision_ = addSection(tr("Decision"), "decision", true);
    why_ = makeSentence(style_class::kPlain, decision_);
    decisionValues_ = new ValueList(decision_);
    decision_->body()->addWidget(new SteadyBox(why_));
    decision_->body()->addWidget(decisionValues_);
    addHistory();
    addRaw();
    addLegend();
}

void Inspector::addDistribution() {
    distribution_ = addSection(tr("Distribution"), "distribution", true);
    basis_ = makeSentence(style_class::kMuted, distribution_);
    candidates_ = new CandidateTable(distribution_);
    numbers_ = new ValueList(distribution_);
    distribution_->body()->addWidget(new SteadyBox(basis_));
    distribution_->body()->addWidget(candidates_);
    distribution_->body()->addWidget(numbers_);
}

void Inspector::addHistory() {
    history_ = addSection(tr("History"), "history", true);
    curve_ = new HistoryCurve(history_);
    changes_ = new HistoryList(history_);
    history_->body()->addWidget(curve_);
    history_->body()->addWidget(changes_);
    connect(curve_, &HistoryCurve::stepChosen, this, &Inspector::frameChosen);
    connect(changes_, &HistoryList::stepChosen, this, &Inspector::frameChosen);
}

void Inspector::addRaw() {
    raw_ = addSection(tr("Raw"), "raw", false);
    rawText_ = new QPlainTextEdit(raw_);
    rawText_->setObjectName(QStringLiteral("raw"));
    rawText_->setReadOnly(true);
    rawText_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    rawText_->setTabChangesFocus(true);
    rawText_->setAccessibleName(tr("Everything about this slot, tab separated"));
    rawText_->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    rawText_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rawText_->setFixedHeight(kRawLines * rawText_->fontMetrics().lineSpacing() + 12);
    rawText_->setTabStopDistance(rawText_->fontMetrics().horizontalAdvance(QLatin1Char('m')) * 2);
    auto* copy = new QPushButton(tr("Copy as table"), raw_);
    copy->setToolTip(tr("Copy these numbers as tab separated values (Ctrl+Shift+C)"));
    connect(copy, &QPushButton::clicked, this, &Inspector::copyAsTsv);
    raw_->body()->addWidget(rawText_);
    raw_->body()->addWidget(copy, 0, Qt::AlignLeft);
}

void Inspector::addLegend() {
    InspectorSection* legend = addSection(tr("What the tags mean"), "legend", false);
    for (const ValueTag tag : {ValueTag::Measured, ValueTag::Derived, ValueTag::Illustrative}) {
        QLabel* meaning = makeSentence(style_class::kMuted, legend);
        meaning->setText(tagMeaning(tag));
        legend->body()->addWidget(makeTag(tag, legend), 0, Qt::AlignLeft);
        legend->body()->addWidget(meaning);
    }
}

void Inspector::connectDocument() {
    connect(&document_, &RunDocument::traceReset, this, [this] {
        setLocked(false);  // a key means something in its own run alone
        refresh();
    });
    connect(&document_, &RunDocument::selectionChanged, this, [this] {
        if (!isLocked()) {
            refresh();
        }
    });
    connect(&document_, &RunDocument::frameChanged, this, &Inspector::refresh);
    connect(&document_, &RunDocument::liveChanged, this, &Inspector::refresh);
    connect(&document_, &RunDocument::stepsTold, this, [this] {
        if (!document_.followsLive()) {
            refresh();  // the history grows while the frame stays
        }
    });
}

void Inspector::setTheme(const Theme& theme) {
    candidates_->setTheme(theme);
    curve_->setTheme(theme);
    refresh();
}

void Inspector::setLocked(bool locked) {
    lockedKey_.reset();
    if (locked && report_) {
        lockedKey_ = document_.trace().canvas(report_->frame).key(report_->position);
    }
    refresh();
}

std::optional<uint32_t> Inspector::shownPosition() const {
    if (document_.isEmpty()) {
        return std::nullopt;
    }
    return isLocked() ? document_.trace().canvas(document_.frame()).positionOf(*lockedKey_) : document_.selectedSlot();
}

void Inspector::refresh() {
    report_.reset();
    if (const std::optional<uint32_t> position = shownPosition()) {
        report_ = reportSlot(document_.trace(), *position, document_.frame());
    }
    tellTitle();
    if (!isVisible()) {
        return;  // showing it does the rest
    }
    const QSignalBlocker blocked(lock_);
    lock_->setChecked(isLocked());
    lock_->setText(isLocked() ? tr("Locked") : tr("Lock"));
    lock_->setEnabled(isLocked() || report_.has_value());
    stateTag_->setVisible(report_.has_value());
    details_->setVisible(report_.has_value());
    if (report_) {
        showReport();
    } else {
        showNothing();
    }
}

void Inspector::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void Inspector::showNothing() {
    state_->setAccessibleName({});
    if (isLocked()) {
        heading_->setText(tr("Not on the canvas"));
        state_->setText(tr("The locked slot was not there yet, or is gone, at this step."));
        return;
    }
    heading_->setText(tr("No slot selected"));
    state_->setText(document_.isEmpty() ? tr("Run a prompt or open a trace, then click a slot to see what the model believed about it.")
                                        : tr("Click a slot, or move to the canvas with Tab and use the arrow keys."));
}

void Inspector::showReport() {
    const Trace& trace = document_.trace();
    const QString token = report_->token ? QStringLiteral(" “%1”").arg(tokenLabel(trace, *report_->token)) : QString();
    heading_->setText(placeName(trace, report_->position) + token);
    const ReportLine state = stateLine(*report_, trace);
    state_->setText(state.value);
    state_->setAccessibleName(spokenLine(state));
    if (now_->isOpen()) {
        nowValues_->setLines(nowLines(*report_, trace));
    }
    if (distribution_->isOpen()) {
        basis_->setText(basisText(*report_, trace));
        candidates_->setVisible(report_->belief.has_value());
        candidates_->showReport(*report_, trace);
        numbers_->setLines(distributionLines(*report_));
    }
    if (decision_->isOpen()) {
        why_->setText(decisionText(*report_, trace));
        decisionValues_->setLines(decisionLines(*report_, trace));
    }
    if (history_->isOpen()) {
        curve_->showReport(*report_, plannedSteps(trace));
        changes_->showReport(*report_, trace);
    }
    if (raw_->isOpen()) {
        rawText_->setPlainText(reportAsTsv(*report_, trace));
    }
}

QString Inspector::title() const {
    if (!isLocked()) {
        return tr("Inspector");
    }
    return report_ ? tr("Inspector · %1, locked").arg(placeName(document_.trace(), report_->position)) : tr("Inspector · locked slot");
}

void Inspector::tellTitle() {
    if (toldTitle_ != title()) {
        toldTitle_ = title();
        Q_EMIT titleChanged(toldTitle_);
    }
}

void Inspector::copyAsTsv() {
    if (report_) {
        copyToClipboard(reportAsTsv(*report_, document_.trace()));
    }
}

}  // namespace crystallite
