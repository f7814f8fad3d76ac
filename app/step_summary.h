#pragma once

#include "engine/trace/trace.h"

#include <QString>

#include <cstdint>

namespace crystallite {

/// Which words the step that led to `frame` changed, by kind: "committed: Ben, picnic; remasked: dog". The first few of each kind, and how
/// many more. Empty at frame 0 and where nothing changed.
[[nodiscard]] QString changedWords(const Trace& trace, uint32_t frame);

/// "Step 12 of 32. 8 committed, 24 masked, 2 remasked.", and with `words` what changed as well: all that motion would say.
[[nodiscard]] QString stepSummary(const Trace& trace, uint32_t frame, bool words);

}  // namespace crystallite
