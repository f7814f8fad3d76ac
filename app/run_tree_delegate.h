#pragma once

#include <QStyledItemDelegate>

namespace crystallite {

/// Draws a row of the history: a title and under it, smaller, what the run is; or where a search found it, with the hits bold and
/// underlined. Headings and bookmarks are one line of the same height, so that rows are uniform.
class RunTreeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// `marked` without the marks of a search, and where the hits lie in it: begin and length.
struct MarkedText {
    QString text;
    QList<std::pair<int, int>> hits;
};
[[nodiscard]] MarkedText withoutMarks(const QString& marked);

}  // namespace crystallite
