#pragma once

#include <QString>

#include <vector>

class QFormLayout;
class QWidget;

namespace crystallite {

/// Rows of a form that come and go, each in its place. QFormLayout::setRowVisible() does the same, but in a form that wraps long rows it
/// puts rows behind a hidden one on top of each other (Qt 6.4).
class OptionalRows {
public:
    explicit OptionalRows(QFormLayout& form) : form_(form) {}

    /// A new last row of the form, visible; an empty label: the field takes the whole width.
    void append(const QString& label, QWidget* field);
    void setVisible(QWidget* field, bool visible);  ///< of a row that was appended
    [[nodiscard]] bool isVisible(const QWidget* field) const;

private:
    struct Row {
        QWidget* label;  // nullptr: none
        QWidget* field;
        QWidget* above;  // the field of the row before it, which may be out of the form now; nullptr: it is the first
        bool visible = true;
    };
    [[nodiscard]] const Row* find(const QWidget* field) const;
    [[nodiscard]] QWidget* lastField() const;
    [[nodiscard]] int placeOf(const Row& row) const;

    QFormLayout& form_;
    std::vector<Row> rows_;
};

}  // namespace crystallite
