#include "tests/support/backends.h"

#include "engine/base/assert.h"
#include "engine/cpu/cpu_backend.h"
#include "tests/support/vulkan_backends.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>

namespace crystallite {
namespace {

constexpr const char* kCpuName = "Cpu";
constexpr const char* kRoundingCpuName = "CpuBf16";

bool isWanted(const std::string& kind) {
    const char* list = std::getenv("CRYSTALLITE_TEST_BACKENDS");
    return list == nullptr || ("," + std::string(list) + ",").find("," + kind + ",") != std::string::npos;
}

/// Validation layers may report from a thread of the driver.
struct ValidationLog {
    std::mutex mutex;
    std::vector<std::string> messages;
};

ValidationLog& validationLog() {
    static ValidationLog log;
    return log;
}

void recordValidationMessage(std::string_view message) {
    ValidationLog& log = validationLog();
    const std::lock_guard lock(log.mutex);
    log.messages.emplace_back(message);
}

/// Closes the backends before static destructors run, which drivers do not survive, and reports what closing them complained about.
class OpenBackends : public testing::Environment {
public:
    Backend& at(const std::string& name) {
        std::unique_ptr<Backend>& backend = backends_[name];
        if (backend == nullptr) {
            Result<std::unique_ptr<Backend>> opened = name == kCpuName           ? openCpuBackend()
                                                      : name == kRoundingCpuName ? openCpuBackend(Factors::Bf16)
                                                                                 : openVulkanForTest(name, recordValidationMessage);
            if (!opened) {
                std::cerr << "cannot open " << name << ": " << opened.error().message << '\n';
                std::abort();
            }
            backend = std::move(opened).value();
        }
        return *backend;
    }

    void TearDown() override {
        backends_.clear();
        for (const std::string& message : takeValidationMessages()) {
            ADD_FAILURE() << "Vulkan validation while closing: " << message;
        }
    }

private:
    std::map<std::string, std::unique_ptr<Backend>> backends_;
};

}  // namespace

std::vector<std::string> availableBackends() {
    std::vector<std::string> names;
    if (isWanted("cpu")) {
        names.emplace_back(kCpuName);
    }
    if (isWanted("vulkan")) {
        for (const std::string& name : vulkanTestDevices()) {
            names.push_back(name);
        }
    }
    return names;
}

std::vector<std::string> plainBackends() {
    std::vector<std::string> names = availableBackends();
    std::erase_if(names,
                  [](const std::string& name) { return name != kCpuName && std::isdigit(static_cast<unsigned char>(name.back())) == 0; });
    return names;
}

std::vector<std::string> roundingBackends() {
    return isWanted("cpu") && multipliesBf16() ? std::vector<std::string>{kRoundingCpuName} : std::vector<std::string>();
}

std::string missingBackends() {
    if (kVulkanIsBuilt && isWanted("vulkan") && std::getenv("CI") != nullptr && vulkanTestDevices().empty()) {
        return "this build has the Vulkan backend and runs under CI, but no Vulkan device was found; install a driver (llvmpipe will do)";
    }
    return {};
}

Backend& backendNamed(const std::string& name) {
    static auto* open = dynamic_cast<OpenBackends*>(testing::AddGlobalTestEnvironment(new OpenBackends));
    ENGINE_ASSERT(open != nullptr);
    return open->at(name);
}

std::vector<std::string> takeValidationMessages() {
    ValidationLog& log = validationLog();
    const std::lock_guard lock(log.mutex);
    return std::exchange(log.messages, {});
}

}  // namespace crystallite
