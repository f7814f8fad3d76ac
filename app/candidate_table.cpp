#include "app/candidate_table.h"

#include "app/report_line.h"
#include "app/shell_style.h"
#include "app/token_text.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace crystallite {
namespace {

enum Column { kToken, kBar, kProbability, kColumns };

constexpr int kProbabilityRole = Qt::UserRole;
constexpr int kIsOtherRole = Qt::UserRole + 1;

/// A bar as long as the probability is of the longest one shown; the mass outside the list is hatched.
class BarDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme& theme) { theme_ = theme; }
    void setLongest(double probability) { longest_ = std::max(probability, 1e-6); }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const double probability = index.data(kProbabilityRole).toDouble();
        QRectF bar = QRectF(option.rect).adjusted(4, 5, -6, -5);
        bar.setWidth(std::max(2.0, bar.width() * probability / longest_));
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (index.data(kIsOtherRole).toBool()) {
            painter->setBrush(QBrush(toQColor(theme_.masked), Qt::BDiagPattern));
        } else {
            painter->setBrush(mix(theme_.panel, theme_.guess, 0.45F + 0.45F * static_cast<float>(probability / longest_)));
        }
        painter->drawRoundedRect(bar, 2, 2);
        painter->restore();
    }

private:
    Theme theme_ = Theme::darkTheme();
    double longest_ = 1.0;
};

}  // namespace

CandidateTable::CandidateTable(QWidget* parent) : QTableWidget(0, kColumns, parent) {
    setAccessibleName(tr("Candidates and their probabilities, measured"));
    setHorizontalHeaderLabels({tr("token"), tr("share"), tr("p")});
    setItemDelegateForColumn(kBar, new BarDelegate(this));
    horizontalHeader()->hide();
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(kToken, QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(kBar, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(kProbability, QHeaderView::Fixed);
    fitSections();
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
}

void CandidateTable::fitSections() {
    const QFontMetrics metrics = fontMetrics();
    const int row = metrics.height() + 3;
    verticalHeader()->setMinimumSectionSize(row);
    verticalHeader()->setDefaultSectionSize(row);
    horizontalHeader()->resizeSection(kToken, std::max(metrics.horizontalAdvance(otherLabel()) + 10, metrics.averageCharWidth() * 13));
    int widest = 0;  // digits need not be of one width
    for (int digit = 0; digit < 10; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QLocale().toString(digit * 0.111, 'f', 3)));
    }
    horizontalHeader()->resizeSection(kProbability, widest + 2 * metrics.averageCharWidth());
}

QString CandidateTable::otherLabel() {
    return tr("other, %1").arg(tagName(ValueTag::Derived));
}

QString CandidateTable::toolTipOf(const Share& share) {
    if (share.isOther) {
        return tr("Every token outside the list together: 1 minus the sum of the listed ones");
    }
    return share.drawn ? tr("%1: drawn in this step").arg(share.label) : share.label;
}

void CandidateTable::changeEvent(QEvent* event) {
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitSections();
    }
}

void CandidateTable::setTheme(const Theme& theme) {
    static_cast<BarDelegate*>(itemDelegateForColumn(kBar))->setTheme(theme);
    muted_ = toQColor(theme.mutedText);
    for (int row = 0; row < rowCount(); ++row) {
        item(row, kProbability)->setForeground(muted_);
    }
    viewport()->update();
}

void CandidateTable::showReport(const SlotReport& report, const Trace& trace) {
    std::vector<Share> shares;
    if (report.belief) {
        for (const Candidate& candidate : report.belief->candidates) {
            shares.push_back({.label = tokenLabel(trace, candidate.id),
                              .probability = double{candidate.probability},
                              .drawn = candidate.id == report.belief->sampledId});
        }
        shares.push_back({.label = otherLabel(), .probability = double{report.otherProbability}, .isOther = true});
    }
    showShares(shares);
}

void CandidateTable::showShares(const std::vector<Share>& shares) {
    setRowCount(static_cast<int>(shares.size()));
    double longest = 0.0;
    for (int row = 0; row < rowCount(); ++row) {
        setRow(row, shares[static_cast<size_t>(row)]);
        longest = std::max(longest, shares[static_cast<size_t>(row)].probability);
    }
    constexpr int kFrame = 4;
    setFixedHeight(verticalHeader()->length() + kFrame);  // every row is seen; the panel scrolls, not the table
    static_cast<BarDelegate*>(itemDelegateForColumn(kBar))->setLongest(longest);
}

void CandidateTable::setRow(int row, const Share& share) {
    const auto& [label, probability, isOther, drawn] = share;
    for (int column = 0; column < kColumns; ++column) {
        if (item(row, column) == nullptr) {
            setItem(row, column, new QTableWidgetItem);
        }
        item(row, column)->setToolTip(toolTipOf(share));
    }
    const QString number = QLocale().toString(probability, 'f', 3);
    QFont weight = font();
    weight.setBold(drawn);
    item(row, kToken)->setText(label);
    item(row, kToken)->setFont(weight);
    item(row, kToken)->setData(Qt::AccessibleTextRole, item(row, kToken)->toolTip());
    item(row, kBar)->setData(kProbabilityRole, probability);
    item(row, kBar)->setData(kIsOtherRole, isOther);
    item(row, kBar)->setData(Qt::AccessibleTextRole, tr("%1 percent").arg(QLocale().toString(probability * 100.0, 'f', 1)));
    item(row, kProbability)->setText(number);
    item(row, kProbability)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    item(row, kProbability)->setForeground(muted_);
}

}  // namespace crystallite
