#pragma once

#include "engine/base/result.h"

#include <functional>
#include <stop_token>
#include <string_view>

namespace crystallite {

/// Takes the next bytes of what is exported; an error ends the export.
using ExportSink = std::function<Result<void>(std::string_view)>;

/// How an export is followed and stopped. Both are looked at after every step of the run.
struct ExportWatch {
    std::stop_token stop = {};
    std::function<void(double share)> progress = {};  ///< 0..1 of the steps; may be empty

    /// Cancelled once a stop was asked for.
    [[nodiscard]] Result<void> reach(uint32_t step, uint32_t steps) const;
};

}  // namespace crystallite
