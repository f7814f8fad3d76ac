#pragma once

#include "engine/backend/backend.h"
#include "engine/cpu/instruction_set.h"

#include <memory>

namespace crystallite {

/// The processor, its memory and what its products come from.
DeviceInfo describeCpu(Factors factors = Factors::Exact);

/// The operations on this processor, on one thread per core. Bf16 needs multipliesBf16().
/// Operations take effect when they are called; run() adds nothing to wait for.
Result<std::unique_ptr<Backend>> openCpuBackend(Factors factors = Factors::Exact);

}  // namespace crystallite
