#pragma once

#include "engine/backend/backend.h"

#include <memory>

namespace crystallite {

/// The processor, its memory and the BLAS this program runs on.
DeviceInfo describeCpu();

/// The operations on this processor: products by the BLAS, everything else by vector code, on one thread per core.
/// Operations take effect when they are called; run() adds nothing to wait for.
Result<std::unique_ptr<Backend>> openCpuBackend();

}  // namespace crystallite
