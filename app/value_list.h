#pragma once

#include "app/report_line.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace crystallite {

class ElidedLabel;

/// Rows of a name, the tag of its value, and the value. Rows stay when the values change, so that nothing flickers while a run plays.
class ValueList : public QWidget {
    Q_OBJECT
public:
    explicit ValueList(QWidget* parent = nullptr);

    void setLines(const std::vector<ReportLine>& lines);

private:
    struct Row {
        QWidget* widget = nullptr;
        ElidedLabel* name = nullptr;
        QLabel* tag = nullptr;
        ElidedLabel* value = nullptr;
        ReportLine shown;
    };
    Row addRow();
    static void show(Row& row, const ReportLine& line);

    std::vector<Row> rows_;
};

/// The chip of a tag.
[[nodiscard]] QLabel* makeTag(ValueTag tag, QWidget* parent);

}  // namespace crystallite
