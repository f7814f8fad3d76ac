#pragma once

#include "engine/backend/operation_cost.h"
#include "engine/vulkan/kernel.h"
#include "engine/vulkan/memory.h"
#include "engine/vulkan/profiler.h"

#include <array>
#include <initializer_list>
#include <vector>

namespace crystallite {

enum class Access { Read, Write, ReadWrite };

/// How a shader reads what is bound: as storage, or all of the buffer as texels.
enum class Reading { Storage, Floats, Words };

/// A stretch of a buffer as a shader or a copy sees it.
struct BoundRange {
    const VulkanBuffer* buffer = nullptr;
    uint64_t offsetBytes = 0;
    uint64_t bytes = 0;
    Access access = Access::Read;
    Reading reading = Reading::Storage;
};

struct Groups {
    uint32_t x = 1;
    uint32_t y = 1;
};

/// One dispatch. `params` is the push-constant struct of shaders/params that belongs to the shader.
struct Dispatch {
    const ShaderCode& shader;
    Specialisation constants;
    std::initializer_list<BoundRange> buffers;
    std::span<const std::byte> params;
    Groups groups;
    double work = 0.0;  ///< rough number of arithmetic operations; decides where the recording is cut
};

/// Records a pass into command buffers. Knows what every dispatch reads and writes, inserts a barrier where one depends on an earlier one,
/// and starts a new command buffer when the current one holds enough work for one submission.
class Recorder {
public:
    /// `workPerSubmission`: in units of Dispatch::work.
    Recorder(const Device& device, double workPerSubmission);

    void begin();
    void dispatch(const Dispatch& dispatch);
    void copy(BoundRange from, BoundRange to);
    void fillWithZeros(const VulkanBuffer& buffer);
    /// Ends the recording; the command buffers are to be submitted in order and are valid until the next begin().
    std::span<const VkCommandBuffer> finish();

    /// Brackets everything that belongs to one operation, for timing.
    void beginOperation(const OperationCost& cost);
    void endOperation();

    [[nodiscard]] Profiler& profiler() { return profiler_; }
    [[nodiscard]] const Device& device() const { return device_; }
    [[nodiscard]] double workPerSubmission() const { return workPerSubmission_; }

private:
    void openCommands();
    void closeCommands();
    void cutWhenFull(double work);
    [[nodiscard]] bool conflicts(const BoundRange& range) const;
    void orderAfterEarlier(std::span<const BoundRange> ranges);

    const Device& device_;  // outlives the recorder: both are members of the backend
    double workPerSubmission_;
    KernelCache kernels_;
    Profiler profiler_;
    CommandPoolHandle pool_;
    std::vector<VkCommandBuffer> commands_;  // freed with the pool
    size_t used_ = 0;                        // command buffers of this recording
    double workInCommands_ = 0.0;
    std::vector<BoundRange> sinceBarrier_;  // what was accessed since the last barrier
};

/// The bytes of a push-constant struct.
template <typename Params>
std::span<const std::byte> paramBytes(const Params& params) {
    return std::as_bytes(std::span(&params, 1));
}

}  // namespace crystallite
