#include "app/value_list.h"

#include "app/elided_label.h"
#include "app/shell_style.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

/// Of a value; so that a number is always whole, and a long text leaves room for the name.
constexpr int kLeastLetters = 15;
constexpr int kLeastOfName = 4;  // letters
constexpr int kSpacing = 6;

}  // namespace

QLabel* makeTag(ValueTag tag, QWidget* parent) {
    auto* label = new QLabel(tagName(tag), parent);
    setStyleClass(label, style_class::kTag);
    label->setAlignment(Qt::AlignCenter);
    label->setToolTip(tagMeaning(tag));
    label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return label;
}

ValueRow::ValueRow(QWidget* parent)
    : QWidget(parent), name_(new ElidedLabel(this)), tag_(makeTag(ValueTag::Measured, this)), value_(new ElidedLabel(this)) {
    name_->setLeastLetters(kLeastOfName);
    value_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value_->setLeastLetters(kLeastLetters);
    measure();
}

void ValueRow::show(const ReportLine& line) {
    if (shown_ == line) {
        return;  // most lines stay from step to step
    }
    const ReportLine before = std::exchange(shown_, line);
    if (before.name != line.name) {
        name_->setText(line.name);
    }
    name_->setHelp(line.help);
    if (before.tag != line.tag) {
        tag_->setText(tagName(line.tag));
        tag_->setToolTip(tagMeaning(line.tag));
    }
    value_->setText(line.value);
    value_->setHelp(line.help);
    value_->setAccessibleName(spokenLine(line));
}

/// By the typefaces alone, and by the widest tag so far: another one moves nothing.
void ValueRow::measure() {
    const int width = kLeastOfName * name_->fontMetrics().averageCharWidth() + kLeastLetters * value_->fontMetrics().averageCharWidth() +
                      tag_->sizeHint().width() + 2 * kSpacing;
    const int height = std::max({name_->sizeHint().height(), tag_->sizeHint().height(), value_->sizeHint().height()});
    const QSize least(std::max(width, least_.width()), height);
    if (least != least_) {
        least_ = least;
        updateGeometry();
    }
}

/// The name has what it needs as far as the value leaves it room, and the value all the rest.
void ValueRow::place() {
    const QSize tag = tag_->sizeHint();
    const int room = std::max(0, width() - tag.width() - 2 * kSpacing);
    const int name = std::min(name_->sizeHint().width(), std::max(room - value_->minimumSizeHint().width(), room / 4));
    name_->setGeometry(0, 0, name, height());
    tag_->setGeometry(name + kSpacing, (height() - tag.height()) / 2, tag.width(), tag.height());
    value_->setGeometry(name + tag.width() + 2 * kSpacing, 0, room - name, height());
}

bool ValueRow::event(QEvent* event) {
    const bool isOtherType = event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange;
    if (isOtherType) {
        least_ = QSize();  // what a larger text needed
    }
    if (isOtherType || event->type() == QEvent::LayoutRequest) {
        measure();
        place();
    }
    return QWidget::event(event);
}

void ValueRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

ValueList::ValueList(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
}

void ValueList::setLines(const std::vector<ReportLine>& lines) {
    while (rows_.size() < lines.size()) {
        rows_.push_back(new ValueRow(this));
        layout()->addWidget(rows_.back());
    }
    for (size_t index = 0; index < rows_.size(); ++index) {
        rows_[index]->setVisible(index < lines.size());
        if (index < lines.size()) {
            rows_[index]->show(lines[index]);
        }
    }
}

}  // namespace crystallite
