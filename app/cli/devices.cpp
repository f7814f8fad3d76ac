#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/engine.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace crystallite::cli {
namespace {

void print(const DeviceInfo& device) {
    std::printf("%u  %s\n", device.index, device.name.c_str());
    std::printf("   %s, %s%s%s\n", nameOf(device.kind), device.driver.c_str(), device.apiVersion.empty() ? "" : ", Vulkan ",
                device.apiVersion.c_str());
    if (device.threads > 0) {
        std::printf("   %u threads\n", device.threads);
    }
    for (const MemoryHeap& heap : device.heaps) {
        std::printf("   %s%s, %s free for this program\n", formatBytes(heap.bytes).c_str(), heap.deviceLocal ? " device memory" : " memory",
                    formatBytes(heap.budgetBytes).c_str());
    }
}

}  // namespace

Command addDevicesCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("devices", "List the devices that can run a model");
    return {command, [](const InterruptWatcher&) {
                for (const DeviceInfo& device : listDevices()) {
                    print(device);
                }
                return int{kSuccess};
            }};
}

}  // namespace crystallite::cli
