#pragma once

#include "app/model_preview.h"

#include <QWidget>

#include <array>

class QLabel;

namespace crystallite {

class MemoryBar;

/// Whether a model fits: for each device that is to hold a part of it a bar, its sum and its parts.
class MemoryView : public QWidget {
    Q_OBJECT
public:
    explicit MemoryView(QWidget* parent = nullptr);

    void setPlan(const MemoryPlan& plan);

private:
    struct Row {
        MemoryBar* bar = nullptr;
        QLabel* sum = nullptr;
        QLabel* parts = nullptr;
    };

    std::array<Row, 2> rows_;  // the processor and a device at most
    QLabel* advice_ = nullptr;
};

}  // namespace crystallite
