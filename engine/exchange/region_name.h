#pragma once

#include "engine/trace/canvas.h"

#include <string_view>

namespace crystallite {

std::string_view nameOf(SlotRegion region);  ///< "prompt", "answer", "pinned", "room"

}  // namespace crystallite
