#pragma once

#include "app/slot_report.h"

#include <QTableWidget>

namespace crystallite {

/// One line for everything that changed about a slot: step, what, token, probability. A click or Enter asks for the step; what comes after
/// the shown frame is dimmed.
class HistoryList : public QTableWidget {
    Q_OBJECT
public:
    explicit HistoryList(QWidget* parent = nullptr);

    void showReport(const SlotReport& report, const Trace& trace);

Q_SIGNALS:
    void stepChosen(uint32_t step);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void dimAfter(uint32_t frame);
    void fitHeight();
    void choose(int row);

    std::vector<SlotChange> changes_;
    std::vector<QString> labels_;  // of the tokens of changes_: another trace may call an id otherwise
    uint32_t frame_ = 0;
};

}  // namespace crystallite
