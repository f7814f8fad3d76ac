#pragma once

#include "app/slot_overlay.h"
#include "app/slot_report.h"
#include "app/theme.h"

#include <optional>

class QLabel;

namespace crystallite {

class CandidateTable;

/// What the model offered for a slot, to be chosen from: 1 to 8, or the arrows and Enter, or a click. The mass outside the list is shown
/// and cannot be chosen.
class CandidatePopup : public SlotOverlay {
    Q_OBJECT
public:
    explicit CandidatePopup(QWidget* canvas);

    void setTheme(const Theme& theme);
    /// `report` has a belief.
    void choose(const SlotReport& report, const Trace& trace, const QRect& slot);
    [[nodiscard]] uint32_t position() const { return position_; }

Q_SIGNALS:
    void chosen(uint32_t position, const crystallite::Candidate& candidate);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(int row);

    CandidateTable* table_ = nullptr;
    QLabel* title_ = nullptr;
    QLabel* hint_ = nullptr;
    std::vector<Candidate> candidates_;
    uint32_t position_ = 0;
};

}  // namespace crystallite
