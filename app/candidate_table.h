#pragma once

#include "app/slot_report.h"
#include "app/theme.h"

#include <QTableWidget>

namespace crystallite {

/// The recorded candidates of a slot with a bar each, the drawn one in bold, and the mass outside the list; a real table for keyboard and
/// screen readers.
class CandidateTable : public QTableWidget {
    Q_OBJECT
public:
    explicit CandidateTable(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showReport(const SlotReport& report, const Trace& trace);

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] static QString otherLabel();
    void fitSections();
    void setRow(int row, const QString& label, double probability, bool drawn);
};

}  // namespace crystallite
