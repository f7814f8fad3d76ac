#pragma once

#include "engine/backend/backend.h"
#include "engine/cpu/cpu_workers.h"

namespace crystallite {

/// A large product and a large copy on all threads, each the best of several. Throws std::bad_alloc.
DeviceLimits measureCpuLimits(CpuWorkers& workers);

}  // namespace crystallite
