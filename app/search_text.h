#pragma once

#include "app/trace_search.h"

#include <QString>

#include <optional>

namespace crystallite {

/// "step 12 · position 40" or "steps 3–9 · positions 40–42"
[[nodiscard]] QString hitPlace(const SearchHit& hit, const Trace& trace);
/// "committed “fox”, p 0.83", "guess no. 3: “fox”, p 0.11–0.18", "reads “quick fox”"
[[nodiscard]] QString hitText(const SearchHit& hit, const Trace& trace);

/// Where the slot of a match stands in its first frame; nothing when it left the canvas in that step.
[[nodiscard]] std::optional<uint32_t> hitPosition(const SearchHit& hit, const Trace& trace);

}  // namespace crystallite
