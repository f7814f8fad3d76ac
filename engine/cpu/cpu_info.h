#pragma once

#include <cstdint>
#include <string>

namespace crystallite {

/// "AMD EPYC 9B14"; "CPU" where the operating system does not tell.
std::string processorName();
uint64_t totalMemoryBytes();
/// What could be allocated now without pushing other programs out of memory.
uint64_t availableMemoryBytes();
/// One for each processor this program may use.
uint32_t processorCount();

}  // namespace crystallite
