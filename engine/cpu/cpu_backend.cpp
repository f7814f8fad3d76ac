#include "engine/cpu/cpu_backend.h"

#include "engine/base/assert.h"
#include "engine/cpu/blas.h"
#include "engine/cpu/cpu_info.h"
#include "engine/cpu/cpu_limits.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_pass.h"
#include "engine/cpu/instruction_set.h"

#include <new>
#include <utility>

namespace crystallite {
namespace {

Error outOfMemory() {
    return {ErrorKind::OutOfMemory,
            "This machine has no memory left for the CPU backend's scratch areas; close other programs or use a shorter canvas."};
}

/// What the products come from, because their last bits depend on it.
std::string productsName(Factors factors) {
    if (factors == Factors::Bf16) {
        return "own kernels, avx512_bf16, factors rounded to BF16";
    }
    return instructionSet() == InstructionSet::Portable ? blasName() : "own kernels, " + std::string(nameOf(instructionSet()));
}

/// Tensors over the mapped bytes of their sources.
class MappedWeights final : public WeightStore {
public:
    explicit MappedWeights(std::span<const WeightSource> sources) {
        for (const WeightSource& source : sources) {
            ENGINE_ASSERT(source.bytes.size() >= source.rows * rowBytes(source.format, source.columns));
            const CpuMemory& memory = *memory_.emplace_back(CpuMemory::borrow(source.bytes));
            tensors_.push_back(
                {.buffer = &memory, .format = source.format, .rows = source.rows, .columns = source.columns, .rowStride = source.columns});
            bytes_ += source.bytes.size();
        }
    }

    [[nodiscard]] const Tensor& at(size_t index) const override { return tensors_.at(index); }
    [[nodiscard]] uint64_t deviceBytes() const override { return bytes_; }
    [[nodiscard]] bool readsSources() const override { return true; }

private:
    std::vector<std::unique_ptr<CpuMemory>> memory_;  // tensors_ borrow from them
    std::vector<Tensor> tensors_;
    uint64_t bytes_ = 0;
};

class CpuBackend final : public Backend {
public:
    explicit CpuBackend(Factors factors) : device_(describeCpu(factors)), workers_(device_.threads, factors) { keepBlasOnCallingThread(); }

    [[nodiscard]] const DeviceInfo& device() const override { return device_; }

    Result<std::unique_ptr<Buffer>> allocate(uint64_t bytes, MemoryUse use) override {
        Result<std::unique_ptr<CpuMemory>> memory = CpuMemory::allocate(bytes, use);
        if (!memory) {
            return memory.error();
        }
        return std::unique_ptr<Buffer>(std::move(memory).value());
    }

    Result<std::unique_ptr<WeightStore>> loadWeights(std::span<const WeightSource> sources, const Progress& progress,
                                                     std::stop_token stop) override {
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, "Loading the weights was stopped."};
        }
        std::unique_ptr<WeightStore> weights = std::make_unique<MappedWeights>(sources);
        if (progress) {
            progress(1.0);
        }
        return weights;
    }

    Result<void> run(const std::function<void(Pass&)>& record, std::stop_token stop) override {
        workers_.setStop(stop);
        CpuPass pass(workers_, profiling_ ? &timings_ : nullptr);
        try {
            record(pass);
        } catch (const std::bad_alloc&) {
            return outOfMemory();
        }
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, "The pass was stopped before its end."};
        }
        return {};
    }

    void setProfiling(bool on) override { profiling_ = on; }
    std::vector<OperationTiming> takeTimings() override { return std::exchange(timings_, {}); }

    Result<DeviceLimits> measureLimits() override {
        workers_.setStop({});
        try {
            return measureCpuLimits(workers_);
        } catch (const std::bad_alloc&) {
            return outOfMemory();
        }
    }

private:
    DeviceInfo device_;
    CpuWorkers workers_;
    bool profiling_ = false;
    std::vector<OperationTiming> timings_;
};

}  // namespace

DeviceInfo describeCpu(Factors factors) {
    return {.name = processorName() + (factors == Factors::Bf16 ? " (BF16)" : ""),
            .kind = DeviceKind::Cpu,
            .driver = productsName(factors),
            .apiVersion = "",
            .heaps = {{.bytes = totalMemoryBytes(), .budgetBytes = availableMemoryBytes(), .deviceLocal = true}},
            .threads = processorCount(),
            .roundsFactors = factors == Factors::Bf16};
}

Result<std::unique_ptr<Backend>> openCpuBackend(Factors factors) {
    ENGINE_ASSERT(factors == Factors::Exact || multipliesBf16());
    return std::unique_ptr<Backend>(std::make_unique<CpuBackend>(factors));
}

}  // namespace crystallite
