#pragma once

#include "engine/backend/backend.h"

namespace crystallite {

/// Times a large product and a large copy on `backend`, best of several.
Result<DeviceLimits> measureDeviceLimits(Backend& backend);

}  // namespace crystallite
