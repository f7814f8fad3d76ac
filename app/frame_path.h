#pragma once

#include "app/run_marks.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <optional>

namespace crystallite {

enum class PlayDirection { Forward, Backward };

/// The frames that playback goes through: the range while it loops, as far as there are frames, else the whole run.
[[nodiscard]] FrameRange playedFrames(const RunMarks& marks, uint32_t lastFrame);

/// Where playback of `frames` begins and ends.
[[nodiscard]] uint32_t firstPlayed(const FrameRange& frames, PlayDirection direction);
[[nodiscard]] uint32_t lastPlayed(const FrameRange& frames, PlayDirection direction);

/// Where playback has got to.
struct PlayProgress {
    uint32_t frame = 0;
    bool ended = false;                ///< nothing follows
    std::optional<uint32_t> breakKey;  ///< of the slot whose breakpoint it stopped at
};

/// `steps` frames on from `frame`, one after the other, so that no breakpoint is passed over. In a loop the first frame follows the last;
/// from outside the range it goes to the first.
[[nodiscard]] PlayProgress playOn(const Trace& trace, const RunMarks& marks, uint32_t frame, PlayDirection direction, uint32_t steps);

}  // namespace crystallite
