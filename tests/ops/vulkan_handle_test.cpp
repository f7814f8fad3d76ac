#include "engine/vulkan/handle.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>
#include <vector>

namespace crystallite {
namespace {

std::vector<VkBuffer> destroyed;

VKAPI_ATTR void VKAPI_CALL recordDestruction(VkDevice, VkBuffer buffer, const VkAllocationCallbacks*) {
    destroyed.push_back(buffer);
}

using Handle = DeviceHandle<VkBuffer, recordDestruction>;
static_assert(!std::is_copy_constructible_v<Handle> && !std::is_copy_assignable_v<Handle>);

class VulkanHandle : public testing::Test {
protected:
    void SetUp() override { destroyed.clear(); }

    /// Values to tell apart; nothing reads through them.
    int things_[2] = {};
    VkBuffer first_ = reinterpret_cast<VkBuffer>(&things_[0]);
    VkBuffer second_ = reinterpret_cast<VkBuffer>(&things_[1]);
};

TEST_F(VulkanHandle, DestroysItsObjectOnce) {
    { const Handle handle(VK_NULL_HANDLE, first_); }

    EXPECT_EQ(destroyed, std::vector{first_});
}

TEST_F(VulkanHandle, IsEmptyAfterAMove) {
    {
        Handle source(VK_NULL_HANDLE, first_);
        const Handle target(std::move(source));
        EXPECT_EQ(source.get(), VK_NULL_HANDLE);
        EXPECT_EQ(target.get(), first_);
    }

    EXPECT_EQ(destroyed, std::vector{first_});
}

TEST_F(VulkanHandle, DestroysWhatAnAssignmentReplaces) {
    Handle target(VK_NULL_HANDLE, first_);
    Handle source(VK_NULL_HANDLE, second_);

    target = std::move(source);

    EXPECT_EQ(destroyed, std::vector{first_});
    EXPECT_EQ(target.get(), second_);
    EXPECT_EQ(source.get(), VK_NULL_HANDLE);
}

TEST_F(VulkanHandle, SurvivesAMoveToItself) {
    Handle handle(VK_NULL_HANDLE, first_);
    Handle& same = handle;

    handle = std::move(same);

    EXPECT_EQ(handle.get(), first_);
    EXPECT_TRUE(destroyed.empty());
}

}  // namespace
}  // namespace crystallite
