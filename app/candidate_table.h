#pragma once

#include "app/slot_report.h"
#include "app/theme.h"

#include <QTableWidget>

#include <vector>

namespace crystallite {

/// The recorded candidates of a slot with a bar each, the drawn one in bold, and the mass outside the list; a real table for keyboard and
/// screen readers.
class CandidateTable : public QTableWidget {
    Q_OBJECT
public:
    explicit CandidateTable(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showReport(const SlotReport& report, const Trace& trace);
    /// A line of the table: what has which part of the whole.
    struct Share {
        QString label;
        double probability = 0.0;
        bool isOther = false;  ///< the mass outside the list
        bool drawn = false;    ///< by the sampler, in the step of the report
    };
    void showShares(const std::vector<Share>& shares);

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] static QString otherLabel();
    [[nodiscard]] static QString toolTipOf(const Share& share);
    void fitSections();
    void setRow(int row, const Share& share);

    QColor muted_ = toQColor(Theme::darkTheme().mutedText);
};

}  // namespace crystallite
