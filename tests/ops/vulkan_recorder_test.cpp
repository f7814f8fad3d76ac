#include "engine/vulkan/recorder.h"

#include "engine/vulkan/check.h"
#include "engine/vulkan/instance.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/submitter.h"
#include "tests/support/backends.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace crystallite {
namespace {

constexpr uint32_t kRows = 3;
constexpr uint32_t kColumns = 10;
constexpr uint32_t kProducts = 5;

/// silu(1) * 1, applied again and again to the result.
float siluOfSilu(uint32_t times) {
    double value = 1.0;
    for (uint32_t i = 0; i < times; ++i) {
        value = value / (1.0 + std::exp(-value));
    }
    return static_cast<float>(value);
}

class VulkanRecorder : public testing::Test {
protected:
    void SetUp() override {
        const std::vector<std::string> names = availableBackends();
        if (std::find(names.begin(), names.end(), "Vulkan0") == names.end()) {
            GTEST_SKIP() << "needs a Vulkan device";
        }
    }

    /// Records a chain of dependent dispatches, runs it, and says how many submissions it became.
    size_t submissionsOfChain(double workPerSubmission) {
        const Instance instance(true, [](std::string_view message) { ADD_FAILURE() << "Vulkan validation: " << message; });
        VkPhysicalDevice physical = instance.usableDevices().front();
        const Device device(physical, traitsOf(physical));
        Recorder recorder(device, workPerSubmission);
        Submitter submitter(device);
        VulkanBuffer buffer(device, 2 * kRows * kColumns * sizeof(float), MemoryPlace::Upload);
        std::fill_n(reinterpret_cast<float*>(buffer.hostBytes().data()), 2 * kRows * kColumns, 1.0F);
        const Tensor x = denseTensor(buffer, kRows, kColumns);
        const Tensor ones = denseTensor(buffer, kRows, kColumns, kRows * kColumns * sizeof(float));

        recorder.begin();
        for (uint32_t i = 0; i < kProducts; ++i) {
            recordSiluGate(recorder, {.gate = x, .up = ones, .out = x});
        }
        const auto commands = recorder.finish();
        EXPECT_TRUE(submitter.run(commands, {}));

        std::memcpy(&result_, buffer.hostBytes().data(), sizeof(result_));
        return commands.size();
    }

    float result_ = 0.0F;
};

TEST_F(VulkanRecorder, KeepsASmallPassInOneSubmission) {
    EXPECT_EQ(submissionsOfChain(1e9), 1U);
    EXPECT_NEAR(result_, siluOfSilu(kProducts), 1e-6);
}

TEST_F(VulkanRecorder, CutsAPassThatExceedsTheWorkOfASubmission) {
    // Less than two dispatches' worth, so that each stands alone; the order across submissions must hold all the same.
    EXPECT_EQ(submissionsOfChain(12.0 * kRows * kColumns), kProducts);
    EXPECT_NEAR(result_, siluOfSilu(kProducts), 1e-6);
}

TEST(VulkanCheck, TurnsDriverErrorsIntoErrorsOfTheirKind) {
    const auto kindOf = [](VkResult result) {
        return guarded([&]() -> Result<void> {
            check(result, "vkTest");
            return {};
        });
    };

    EXPECT_TRUE(kindOf(VK_SUCCESS).has_value());
    EXPECT_EQ(kindOf(VK_ERROR_OUT_OF_DEVICE_MEMORY).error().kind, ErrorKind::OutOfMemory);
    EXPECT_EQ(kindOf(VK_ERROR_OUT_OF_HOST_MEMORY).error().kind, ErrorKind::OutOfMemory);
    EXPECT_EQ(kindOf(VK_ERROR_DEVICE_LOST).error().kind, ErrorKind::DeviceLost);
    EXPECT_EQ(kindOf(VK_ERROR_INCOMPATIBLE_DRIVER).error().kind, ErrorKind::Unsupported);
    EXPECT_NE(kindOf(VK_ERROR_DEVICE_LOST).error().message.find("vkTest"), std::string::npos);
}

}  // namespace
}  // namespace crystallite
