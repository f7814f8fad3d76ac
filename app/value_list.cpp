#include "app/value_list.h"

#include "app/elided_label.h"
#include "app/shell_style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace crystallite {
namespace {

/// Of a value; so that a number is always whole, and a long text leaves room for the name.
constexpr int kLeastLetters = 15;

}  // namespace

QLabel* makeTag(ValueTag tag, QWidget* parent) {
    auto* label = new QLabel(tagName(tag), parent);
    setStyleClass(label, style_class::kTag);
    label->setAlignment(Qt::AlignCenter);
    label->setToolTip(tagMeaning(tag));
    label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return label;
}

ValueList::ValueList(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
}

ValueList::Row ValueList::addRow() {
    Row row;
    row.widget = new QWidget(this);
    auto* layout = new QHBoxLayout(row.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    row.name = new ElidedLabel(row.widget);
    row.tag = makeTag(ValueTag::Measured, row.widget);
    row.value = new ElidedLabel(row.widget);
    row.name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row.value->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    row.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.value->setLeastLetters(kLeastLetters);
    layout->addWidget(row.name);
    layout->addWidget(row.tag);
    layout->addWidget(row.value, 1);
    this->layout()->addWidget(row.widget);
    return row;
}

void ValueList::setLines(const std::vector<ReportLine>& lines) {
    while (rows_.size() < lines.size()) {
        rows_.push_back(addRow());
    }
    for (size_t index = 0; index < rows_.size(); ++index) {
        rows_[index].widget->setVisible(index < lines.size());
        if (index < lines.size()) {
            show(rows_[index], lines[index]);
        }
    }
}

void ValueList::show(Row& row, const ReportLine& line) {
    if (row.shown == line) {
        return;  // most lines stay from step to step
    }
    row.shown = line;
    row.name->setText(line.name);
    row.name->setHelp(line.help);
    row.tag->setText(tagName(line.tag));
    row.tag->setToolTip(tagMeaning(line.tag));
    row.value->setText(line.value);
    row.value->setHelp(line.help);
    row.value->setAccessibleName(spokenLine(line));
}

}  // namespace crystallite
