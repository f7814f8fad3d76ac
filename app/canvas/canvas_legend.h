#pragma once

#include "app/theme.h"

#include <QDialog>

class QTableWidget;

namespace crystallite {

/// What the canvas shows and which numbers it follows from: one row for each look, with a sample that the canvas itself has drawn.
class CanvasLegend : public QDialog {
    Q_OBJECT
public:
    CanvasLegend(const Theme& theme, QWidget* parent);

private:
    void fillTable(const Theme& theme);

    QTableWidget* table_;
};

}  // namespace crystallite
