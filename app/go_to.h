#pragma once

#include "engine/trace/trace.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace crystallite {

/// Where "Go to" leads: a frame, a slot, or nowhere and then a sentence that says why.
struct GoTo {
    std::optional<uint32_t> frame;
    std::optional<uint32_t> position;  ///< counts from 0, as everywhere but on screen
    QString problem;
};

/// Reads "s12" and "12" as step 12 and "p40" as position 40 of the text at `frame`; positions count from 1, as they are shown.
[[nodiscard]] GoTo readGoTo(const QString& typed, const Trace& trace, uint32_t frame);

}  // namespace crystallite
