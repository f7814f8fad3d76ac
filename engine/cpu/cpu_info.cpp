#include "engine/cpu/cpu_info.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string_view>
#include <thread>

namespace crystallite {
namespace {

constexpr uint64_t kBytesPerKilobyte = 1024;

/// The text after "key:" (and blanks) in a file of such lines, as Linux has them in /proc.
std::optional<std::string> findValue(const char* file, std::string_view key) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        const size_t colon = line.find(':');
        if (line.starts_with(key) && colon != std::string::npos) {
            const size_t value = line.find_first_not_of(" \t", colon + 1);
            return value == std::string::npos ? std::string() : line.substr(value);
        }
    }
    return std::nullopt;
}

/// Of /proc/meminfo. Where there is none, nothing limits an allocation but the allocation itself.
uint64_t memoryBytes(std::string_view key) {
    uint64_t kilobytes = 0;
    std::istringstream value(findValue("/proc/meminfo", key).value_or(""));
    return value >> kilobytes ? kilobytes * kBytesPerKilobyte : std::numeric_limits<uint64_t>::max() / 2;
}

}  // namespace

std::string processorName() {
    return findValue("/proc/cpuinfo", "model name").value_or("CPU");
}

uint64_t totalMemoryBytes() {
    return memoryBytes("MemTotal");
}

uint64_t availableMemoryBytes() {
    return memoryBytes("MemAvailable");
}

uint32_t processorCount() {
    return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace crystallite
