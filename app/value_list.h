#pragma once

#include "app/report_line.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace crystallite {

class ElidedLabel;

/// A name, the tag of its value, and the value. Its size does not depend on what it says, so that a new value moves nothing around it.
class ValueRow final : public QWidget {
    Q_OBJECT
public:
    explicit ValueRow(QWidget* parent);

    void show(const ReportLine& line);
    [[nodiscard]] QSize sizeHint() const override { return least_; }
    [[nodiscard]] QSize minimumSizeHint() const override { return least_; }

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void measure();
    void place();

    ElidedLabel* name_;
    QLabel* tag_;
    ElidedLabel* value_;
    ReportLine shown_;
    QSize least_;
};

/// Rows of values. Rows stay when the values change, so that nothing flickers while a run plays.
class ValueList : public QWidget {
    Q_OBJECT
public:
    explicit ValueList(QWidget* parent = nullptr);

    void setLines(const std::vector<ReportLine>& lines);

private:
    std::vector<ValueRow*> rows_;
};

/// The chip of a tag.
[[nodiscard]] QLabel* makeTag(ValueTag tag, QWidget* parent);

}  // namespace crystallite
