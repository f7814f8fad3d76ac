#pragma once

#include "engine/base/result.h"

#include <vulkan/vulkan.h>

#include <type_traits>
#include <utility>

namespace crystallite {

/// Flies inside engine/vulkan only; guarded() turns it into its Error at the door.
class GpuError {
public:
    explicit GpuError(Error error) : error_(std::move(error)) {}
    [[nodiscard]] const Error& error() const { return error_; }

private:
    Error error_;
};

/// Throws GpuError unless `result` is VK_SUCCESS. `what` names the call, or the call and what it was for.
void check(VkResult result, const char* what);

/// `work` must return a Result; a GpuError on its way out becomes that Result's error.
template <typename Work>
std::invoke_result_t<Work> guarded(Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (const GpuError& failure) {
        return failure.error();
    }
}

}  // namespace crystallite
