#pragma once

#include "app/report_line.h"
#include "app/slot_report.h"

#include <QString>

#include <vector>

namespace crystallite {

/// Whether the policy may remask or exchange a token that stands; the others never change what was committed.
[[nodiscard]] bool revisesTokens(const DecodeSettings& settings);

/// The order that the settings name does not look at how sure the model is.
[[nodiscard]] bool ignoresConfidence(const DecodeSettings& settings);

/// Why the slot was, or was not, changed in the step of the report: what the trace says, and nothing that it does not.
[[nodiscard]] QString decisionText(const SlotReport& report, const Trace& trace);

/// What the decision was made of: the drawn token, the score by which the order ranked the slot, its rank, the bound of the policy and the
/// settings; without what does not apply.
[[nodiscard]] std::vector<ReportLine> decisionLines(const SlotReport& report, const Trace& trace);

}  // namespace crystallite
