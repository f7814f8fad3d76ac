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
    void setPresent(uint32_t frame);
    /// Rows [begin, end).
    void colourRows(int begin, int end, int firstLater);
    void fitHeight();
    void choose(int row);

    std::vector<SlotChange> changes_;
    std::vector<QString> labels_;  // of the tokens of changes_: another trace may call an id otherwise
    int firstLater_ = -1;          // row of the first change after the shown frame; -1: no row is coloured yet
};

}  // namespace crystallite
