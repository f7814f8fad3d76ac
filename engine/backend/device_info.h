#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite {

enum class DeviceKind { Cpu, DiscreteGpu, IntegratedGpu, VirtualGpu, SoftwareVulkan };

struct MemoryHeap {
    uint64_t bytes = 0;
    uint64_t budgetBytes = 0;  ///< what the driver says this process may use now; = bytes where it does not say
    bool deviceLocal = false;
};

/// What a person needs to choose a device.
struct DeviceInfo {
    uint32_t index = 0;  ///< position in listDevices(); accepted by openDevice()
    std::string name;    ///< "NVIDIA H100", "llvmpipe (LLVM 15.0.6, 256 bits)", the processor's model name
    DeviceKind kind = DeviceKind::Cpu;
    std::string driver;      ///< driver name and version; what the products come from for the CPU
    std::string apiVersion;  ///< "1.3.230"; empty for the CPU
    std::vector<MemoryHeap> heaps;
    uint32_t threads = 0;  ///< worker threads of the CPU backend; 0 for Vulkan devices

    bool roundsFactors = false;  ///< products of factors that were rounded to BF16: faster, and approximate

    [[nodiscard]] bool isVulkan() const { return kind != DeviceKind::Cpu; }
};

const char* nameOf(DeviceKind kind);

/// Budget of the heaps that weights and activations go to.
uint64_t usableBytes(const DeviceInfo& device);

}  // namespace crystallite
