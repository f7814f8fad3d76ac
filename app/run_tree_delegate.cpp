#include "app/run_tree_delegate.h"

#include "app/run_tree_model.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>
#include <QTextLayout>

#include <utility>

namespace crystallite {
namespace {

constexpr int kAbove = 5;  // pixels between the edges of a row and its text
constexpr int kBeside = 7;
constexpr int kChosenBar = 3;
constexpr double kDetailSize = 0.9;  // of the title's

QFont detailFont(const QFont& font) {
    QFont smaller = font;
    smaller.setBold(false);
    smaller.setPointSizeF(font.pointSizeF() * kDetailSize);
    return smaller;
}

/// The style sheet gives a selected row another ground, on which both are readable.
QColor ink(const QStyleOptionViewItem& option, bool muted) {
    return option.palette.color(QPalette::Active, muted ? QPalette::PlaceholderText : QPalette::Text);
}

/// From a little before the first hit on, where that would lie outside of `width`.
MarkedText withHitInView(const MarkedText& marked, const QFontMetrics& metrics, int width) {
    constexpr int kBefore = 8;
    if (marked.hits.isEmpty()) {
        return marked;
    }
    const auto [begin, length] = marked.hits.front();
    const int cut = begin - kBefore;
    if (cut <= 1 || metrics.horizontalAdvance(marked.text.left(begin + length)) * 1.1 < width) {
        return marked;  // bold letters are a tenth wider at most
    }
    MarkedText moved{.text = QChar(0x2026) + marked.text.mid(cut), .hits = {}};
    for (const auto& [at, size] : marked.hits) {
        moved.hits.append({at - cut + 1, size});
    }
    return moved;
}

/// One line, cut at the right where it is too long.
void drawMarked(QPainter& painter, const QRect& place, const MarkedText& whole, const QFont& font) {
    const MarkedText marked = withHitInView(whole, QFontMetrics(font), place.width());
    QTextLayout layout(marked.text, font);
    QList<QTextLayout::FormatRange> formats;
    for (const auto& [begin, length] : marked.hits) {
        QTextLayout::FormatRange range{.start = begin, .length = length, .format = {}};
        range.format.setFontWeight(QFont::Bold);
        range.format.setFontUnderline(true);
        formats << range;
    }
    layout.setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(place.width());
    layout.endLayout();
    painter.save();
    painter.setClipRect(place);
    layout.draw(&painter, place.topLeft());
    painter.restore();
}

}  // namespace

MarkedText withoutMarks(const QString& marked) {
    MarkedText plain;
    int begin = 0;
    for (const QChar character : marked.simplified()) {
        if (character == QLatin1Char(kHitBegin)) {
            begin = static_cast<int>(plain.text.size());
        } else if (character == QLatin1Char(kHitEnd)) {
            plain.hits.append({begin, static_cast<int>(plain.text.size()) - begin});
        } else {
            plain.text += character;
        }
    }
    return plain;
}

QSize RunTreeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int lines = QFontMetrics(option.font).height() + QFontMetrics(detailFont(option.font)).height();
    return {QStyledItemDelegate::sizeHint(option, index).width(), lines + 2 * kAbove};
}

void RunTreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QString title = std::exchange(row.text, QString());
    const QStyle* style = row.widget != nullptr ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    // Shape, too, says which row is chosen: in high contrast grounds hardly differ.
    if (row.state & QStyle::State_Selected) {
        painter->fillRect(QRect(row.rect.topLeft(), QSize(kChosenBar, row.rect.height())),
                          row.palette.color(QPalette::Active, QPalette::Highlight));
    }
    const QRect place = row.rect.adjusted(kBeside, kAbove, -kBeside, -kAbove);
    const QString detail = index.data(RunTreeModel::DetailRole).toString();
    const QString hit = index.data(RunTreeModel::HitRole).toString();
    const QFontMetrics metrics(row.font);
    painter->save();
    painter->setFont(row.font);
    const bool isHeading = index.data(RunTreeModel::KindRole).toInt() == static_cast<int>(RunTree::Kind::Day);
    painter->setPen(ink(row, isHeading));
    const QString shown = metrics.elidedText(title, Qt::ElideRight, place.width());
    if (detail.isEmpty()) {
        painter->drawText(place, static_cast<int>(Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    } else {
        painter->drawText(QRect(place.topLeft(), QSize(place.width(), metrics.height())), Qt::TextSingleLine, shown);
        const QFont smaller = detailFont(row.font);
        painter->setFont(smaller);
        painter->setPen(ink(row, hit.isEmpty()));
        const QRect below = place.adjusted(0, metrics.height(), 0, 0);
        if (hit.isEmpty()) {
            painter->drawText(below, Qt::TextSingleLine, QFontMetrics(smaller).elidedText(detail, Qt::ElideRight, below.width()));
        } else {
            drawMarked(*painter, below, withoutMarks(hit), smaller);
        }
    }
    painter->restore();
}

QWidget* RunTreeDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QWidget* editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (auto* field = qobject_cast<QLineEdit*>(editor)) {
        field->setMaxLength(static_cast<int>(kLongestTitle));
        field->setAccessibleName(tr("Title of the run"));
    }
    return editor;
}

void RunTreeDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const {
    editor->setGeometry(option.rect);
}

}  // namespace crystallite
