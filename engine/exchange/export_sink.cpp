#include "engine/exchange/export_sink.h"

#include <algorithm>

namespace crystallite {

Result<void> ExportWatch::reach(uint32_t step, uint32_t steps) const {
    if (stop.stop_requested()) {
        return Error{.kind = ErrorKind::Cancelled, .message = "The export was stopped; no file was written."};
    }
    if (progress) {
        progress(static_cast<double>(step) / static_cast<double>(std::max(steps, 1U)));
    }
    return {};
}

}  // namespace crystallite
