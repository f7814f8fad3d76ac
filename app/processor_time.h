#pragma once

#include <cstdint>

namespace crystallite {

/// Processor time that showing things has taken, in nanoseconds: of the calling thread, which is the window's, and of the threads of a
/// software rasteriser (Mesa's llvmpipe, on Linux). Without a clock of that kind on this system 0, which withholds nothing.
[[nodiscard]] int64_t timeSpentShowing();

}  // namespace crystallite
