#include "engine/exchange/region_name.h"

#include "engine/base/assert.h"

namespace crystallite {

std::string_view nameOf(SlotRegion region) {
    switch (region) {
        case SlotRegion::Prompt: return "prompt";
        case SlotRegion::Answer: return "answer";
        case SlotRegion::Pinned: return "pinned";
        case SlotRegion::Room: return "room";
    }
    ENGINE_ASSERT(false);
}

}  // namespace crystallite
