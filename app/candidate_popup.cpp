#include "app/candidate_popup.h"

#include "app/candidate_table.h"
#include "app/canvas/slot_names.h"
#include "app/shell_style.h"
#include "app/slot_text.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace crystallite {
namespace {

constexpr int kWidth = 300;

/// The row that a digit names, counted from 0; -1: another key.
int rowOf(const QKeyEvent& event) {
    const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    return plain && event.key() >= Qt::Key_1 && event.key() < Qt::Key_1 + int{kRecordedCandidates} ? event.key() - Qt::Key_1 : -1;
}

bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

}  // namespace

CandidatePopup::CandidatePopup(QWidget* canvas) : SlotOverlay(canvas) {
    setAccessibleName(tr("Candidates of the slot"));
    setFixedWidth(kWidth);
    title_ = new QLabel(this);
    hint_ = new QLabel(this);
    setStyleClass(hint_, style_class::kMuted);
    hint_->setWordWrap(true);
    table_ = new CandidateTable(this);
    table_->setAccessibleDescription(tr("1 to 8, or the arrows and Enter, write a candidate into the slot; Escape leaves it as it is"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(5);
    layout->addWidget(title_);
    layout->addWidget(table_);
    layout->addWidget(hint_);
    connect(table_, &QTableWidget::cellClicked, this, [this](int row) { take(row); });
}

void CandidatePopup::setTheme(const Theme& theme) {
    table_->setTheme(theme);
}

void CandidatePopup::choose(const SlotReport& report, const Trace& trace, const QRect& slot) {
    position_ = report.position;
    candidates_ = report.belief->candidates;
    title_->setText(placeName(trace, report.position));
    hint_->setText(basisText(report, trace) + QLatin1Char(' ') + tr("1–%1 or Enter choose, T types.").arg(candidates_.size()));
    table_->showReport(report, trace);
    table_->selectRow(0);
    table_->setCurrentCell(0, 0);
    showBeside(slot, table_);
}

void CandidatePopup::take(int row) {
    if (row < 0 || static_cast<size_t>(row) >= candidates_.size()) {
        hint_->setText(tr("“Other” stands for every token outside the list; type the one that you mean with T."));
        fitContent();
        return;
    }
    const Candidate candidate = candidates_[static_cast<size_t>(row)];
    const uint32_t position = position_;
    leave();
    Q_EMIT chosen(position, candidate);
}

bool CandidatePopup::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const int row = rowOf(key);
        if (row >= 0 || isEnter(key)) {
            event->accept();
            if (event->type() == QEvent::KeyPress) {
                take(row >= 0 ? row : table_->currentRow());
            }
            return true;
        }
    }
    return SlotOverlay::eventFilter(watched, event);
}

}  // namespace crystallite
