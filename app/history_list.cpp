#include "app/history_list.h"

#include "app/conversions.h"
#include "app/report_line.h"
#include "app/slot_text.h"
#include "app/token_text.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

enum Column { kStep, kEvent, kToken, kProbability, kColumns };

constexpr int kMostRows = 7;  // that are seen at once
constexpr int kFrame = 4;

/// Nothing was believed about a slot that comes or goes.
bool hasToken(SlotChange::Kind kind) {
    return kind != SlotChange::Kind::Insert && kind != SlotChange::Kind::Delete && kind != SlotChange::Kind::Prefer;
}

}  // namespace

HistoryList::HistoryList(QWidget* parent) : QTableWidget(0, kColumns, parent) {
    setAccessibleName(tr("Changes of this slot, measured; Enter goes to the step"));
    setHorizontalHeaderLabels({tr("step"), tr("event"), tr("token"), tr("p")});
    horizontalHeader()->hide();
    verticalHeader()->hide();
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setMinimumSectionSize(8);
    horizontalHeader()->setSectionResizeMode(kStep, QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(kEvent, QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(kToken, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(kProbability, QHeaderView::ResizeToContents);
    connect(this, &QTableWidget::cellClicked, this, [this](int row) { choose(row); });
}

void HistoryList::showReport(const SlotReport& report, const Trace& trace) {
    std::vector<QString> labels;
    for (const SlotChange& change : report.history.changes) {
        labels.push_back(hasToken(change.kind) ? tokenLabel(trace, change.token) : QString());
    }
    if (changes_ != report.history.changes || labels_ != labels) {
        changes_ = report.history.changes;
        labels_ = std::move(labels);
        fill();
    }
    setPresent(report.frame);
}

void HistoryList::fill() {
    setRowCount(static_cast<int>(changes_.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const SlotChange& change = changes_[static_cast<size_t>(row)];
        const QString texts[kColumns] = {QString::number(change.step), changeName(change), labels_[static_cast<size_t>(row)],
                                         std::isnan(change.probability) ? QString() : localNumber(double{change.probability})};
        for (int column = 0; column < kColumns; ++column) {
            auto* cell = new QTableWidgetItem(texts[column]);
            cell->setToolTip(tr("Step %1: %2 %3, p %4, measured").arg(texts[0], texts[1], texts[2], texts[3]));
            cell->setTextAlignment((column == kStep || column == kProbability ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            setItem(row, column, cell);
        }
    }
    firstLater_ = -1;
    fitHeight();
}

void HistoryList::fitHeight() {
    const int row = fontMetrics().height() + 4;
    verticalHeader()->setMinimumSectionSize(row);
    verticalHeader()->setDefaultSectionSize(row);
    setFixedHeight(std::min(rowCount(), kMostRows) * row + kFrame);
    setVisible(rowCount() > 0);
}

void HistoryList::setPresent(uint32_t frame) {
    const auto later = std::upper_bound(changes_.begin(), changes_.end(), frame,
                                        [](uint32_t wanted, const SlotChange& change) { return wanted < change.step; });
    const auto first = static_cast<int>(later - changes_.begin());
    if (first == firstLater_) {
        return;
    }
    // Only what the present has passed over changes its look.
    colourRows(std::min(first, std::max(firstLater_, 0)), firstLater_ < 0 ? rowCount() : std::max(first, firstLater_), first);
    firstLater_ = first;
    if (first > 0 && !hasFocus()) {
        scrollToItem(item(first - 1, kStep));  // the present is in sight, unless a person walks through the list
    }
}

void HistoryList::colourRows(int begin, int end, int firstLater) {
    for (int row = begin; row < end; ++row) {
        const auto group = row >= firstLater ? QPalette::Disabled : QPalette::Active;
        const bool isGuess = changes_[static_cast<size_t>(row)].kind == SlotChange::Kind::Guess;
        for (int column = 0; column < kColumns; ++column) {
            item(row, column)
                ->setForeground(palette().brush(group, isGuess && column == kEvent ? QPalette::PlaceholderText : QPalette::Text));
        }
    }
}

void HistoryList::choose(int row) {
    if (row >= 0 && row < rowCount()) {
        Q_EMIT stepChosen(changes_[static_cast<size_t>(row)].step);
    }
}

void HistoryList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        choose(currentRow());
        return;
    }
    QTableWidget::keyPressEvent(event);
}

void HistoryList::changeEvent(QEvent* event) {
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitHeight();
    } else if (event->type() == QEvent::PaletteChange) {
        colourRows(0, rowCount(), std::max(firstLater_, 0));
    }
}

}  // namespace crystallite
