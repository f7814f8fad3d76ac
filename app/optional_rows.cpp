#include "app/optional_rows.h"

#include "engine/base/assert.h"

#include <QFormLayout>
#include <QWidget>

#include <algorithm>
#include <memory>

namespace crystallite {

const OptionalRows::Row* OptionalRows::find(const QWidget* field) const {
    const auto row = std::find_if(rows_.begin(), rows_.end(), [field](const Row& each) { return each.field == field; });
    return row == rows_.end() ? nullptr : &*row;
}

/// Of the whole form, whether or not it is visible now.
QWidget* OptionalRows::lastField() const {
    const int rows = form_.rowCount();
    if (rows == 0) {
        return rows_.empty() ? nullptr : rows_.back().field;
    }
    QLayoutItem* item = form_.itemAt(rows - 1, QFormLayout::FieldRole);
    item = item != nullptr ? item : form_.itemAt(rows - 1, QFormLayout::SpanningRole);
    QWidget* field = item != nullptr ? item->widget() : nullptr;
    return find(field) != nullptr ? rows_.back().field : field;
}

void OptionalRows::append(const QString& label, QWidget* field) {
    QWidget* above = lastField();
    if (label.isEmpty()) {
        form_.addRow(field);
    } else {
        form_.addRow(label, field);
    }
    rows_.push_back({.label = form_.labelForField(field), .field = field, .above = above});
}

/// Behind the nearest row above that is in the form.
int OptionalRows::placeOf(const Row& row) const {
    const QWidget* above = row.above;
    for (const Row* before = find(above); before != nullptr && !before->visible; before = find(above)) {
        above = before->above;
    }
    if (above == nullptr) {
        return 0;
    }
    int place = -1;
    QFormLayout::ItemRole role = QFormLayout::FieldRole;
    form_.getWidgetPosition(const_cast<QWidget*>(above), &place, &role);
    ENGINE_ASSERT(place >= 0);
    return place + 1;
}

bool OptionalRows::isVisible(const QWidget* field) const {
    const Row* row = find(field);
    ENGINE_ASSERT(row != nullptr);
    return row->visible;
}

void OptionalRows::setVisible(QWidget* field, bool visible) {
    const auto row = std::find_if(rows_.begin(), rows_.end(), [field](const Row& each) { return each.field == field; });
    ENGINE_ASSERT(row != rows_.end());
    if (row->visible == visible) {
        return;
    }
    if (visible) {
        const int place = placeOf(*row);
        if (row->label != nullptr) {
            form_.insertRow(place, row->label, row->field);
            row->label->show();
        } else {
            form_.insertRow(place, row->field);
        }
        row->field->show();
    } else {
        const QFormLayout::TakeRowResult taken = form_.takeRow(row->field);
        const std::unique_ptr<QLayoutItem> labelItem(taken.labelItem);
        const std::unique_ptr<QLayoutItem> fieldItem(taken.fieldItem);
        row->field->hide();
        if (row->label != nullptr) {
            row->label->hide();
        }
    }
    row->visible = visible;
}

}  // namespace crystallite
