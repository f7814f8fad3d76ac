#pragma once

#include "app/report_line.h"
#include "app/slot_report.h"

#include <QString>

#include <vector>

namespace crystallite {

// What a policy measures a slot by: the score that its order gives, and the bound that some policies hold it against.

/// Adds the score under the name of what it is; nothing where it says no more than the place does.
void addScore(std::vector<ReportLine>& lines, const SlotReport& report, const DecodeSettings& settings);

/// Adds the threshold, the factor's bound at the slot's rank, or the entropy up to it, where the policy has one.
void addBound(std::vector<ReportLine>& lines, const SlotReport& report, const Trace& trace);

/// Why the bound kept an eligible slot from being committed; empty where the policy has none, or it was not the reason.
[[nodiscard]] QString missedBoundText(const SlotReport& report, const Trace& trace);
/// How the slot that was committed stands to the bound; empty where the policy has none.
[[nodiscard]] QString metBoundText(const SlotReport& report, const Trace& trace);

}  // namespace crystallite
