#pragma once

#include "app/report_line.h"
#include "app/slot_report.h"

#include <QString>

#include <vector>

namespace crystallite {

/// "masked", "committed at step 7 with p 0.93", …
[[nodiscard]] QString stateText(const SlotReport& report, const Trace& trace);
[[nodiscard]] ReportLine stateLine(const SlotReport& report, const Trace& trace);
/// Of which step the shown distribution is and what it is about, or why there is none.
[[nodiscard]] QString basisText(const SlotReport& report, const Trace& trace);
/// "committed", "best guess", …: what happened to a slot, as one word or two.
[[nodiscard]] QString changeName(SlotChange::Kind kind);
/// The same, and who did it where a person did: "pinned by hand".
[[nodiscard]] QString changeName(const SlotChange& change);

/// What stands in the slot and where: token, id, bytes, region, block, age; without what does not apply.
[[nodiscard]] std::vector<ReportLine> nowLines(const SlotReport& report, const Trace& trace);
/// The numbers of the distribution; none where there is none.
[[nodiscard]] std::vector<ReportLine> distributionLines(const SlotReport& report);
/// The whole report as tab separated values: quantity, value and tag, one line per quantity, candidate and change.
[[nodiscard]] QString reportAsTsv(const SlotReport& report, const Trace& trace);

}  // namespace crystallite
