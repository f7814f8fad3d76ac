#pragma once

#include "engine/backend/backend.h"

#include <string>
#include <vector>

namespace crystallite {

/// The backends that tests run on, as they stand in test names: "Cpu", and "Vulkan0", "Vulkan1", … for each Vulkan device.
/// The environment variable CRYSTALLITE_TEST_BACKENDS (a comma separated list of cpu and vulkan) restricts the list.
std::vector<std::string> availableBackends();

/// Of these the devices as they are: the test variants of a Vulkan device differ in tiles and paths of the operations, and not in what a
/// run makes of them, nor in where weights come from.
std::vector<std::string> plainBackends();

/// The CPU with factors rounded to BF16, "CpuBf16", where the processor can and the list above has cpu: not to be held to what is exact.
std::vector<std::string> roundingBackends();

/// What should be in availableBackends() but is not: under CI a build with Vulkan must find a device. Empty when all is well.
std::string missingBackends();

/// The backend of that name; opened at first use and closed after the last test of the program. Never returns after a failure to open:
/// no test could mean anything without it.
Backend& backendNamed(const std::string& name);

/// Messages of the Vulkan validation layers since the last call.
std::vector<std::string> takeValidationMessages();

}  // namespace crystallite
