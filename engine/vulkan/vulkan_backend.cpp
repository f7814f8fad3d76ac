#include "engine/vulkan/vulkan_backend.h"

#include "engine/base/assert.h"
#include "engine/vulkan/binding.h"
#include "engine/vulkan/check.h"
#include "engine/vulkan/instance.h"
#include "engine/vulkan/limits.h"
#include "engine/vulkan/operations.h"
#include "engine/vulkan/submitter.h"
#include "engine/vulkan/weight_store.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace crystallite {
namespace {

/// Hands every operation to its recording function. The calls cannot fail, so the first error is kept for the end of the recording.
class VulkanPass final : public Pass {
public:
    VulkanPass(Recorder& recorder, const Tuning& tuning) : recorder_(recorder), tuning_(tuning) {}

    void embed(const EmbedArgs& args) override {
        record(costOf(args), [&] { recordEmbed(recorder_, args); });
    }
    void gatherRows(const GatherRowsArgs& args) override {
        record(costOf(args), [&] { recordGatherRows(recorder_, args); });
    }
    void rmsNorm(const RmsNormArgs& args) override {
        record(costOf(args), [&] { recordRmsNorm(recorder_, tuning_, args); });
    }
    void layerNorm(const LayerNormArgs& args) override {
        record(costOf(args), [&] { recordLayerNorm(recorder_, tuning_, args); });
    }
    void matmul(const MatmulArgs& args) override {
        record(costOf(args), [&] { recordMatmul(recorder_, tuning_, args); });
    }
    void rope(const RopeArgs& args) override {
        record(costOf(args), [&] { recordRope(recorder_, args); });
    }
    void attention(const AttentionArgs& args) override {
        record(costOf(args), [&] { recordAttention(recorder_, tuning_, args); });
    }
    void attentionWeights(const AttentionWeightsArgs& args) override {
        record(costOf(args), [&] { recordAttentionWeights(recorder_, tuning_, args); });
    }
    void siluGate(const SiluGateArgs& args) override {
        record(costOf(args), [&] { recordSiluGate(recorder_, args); });
    }
    void gelu(const GeluArgs& args) override {
        record(costOf(args), [&] { recordGelu(recorder_, args); });
    }
    void route(const RouteArgs& args) override {
        record(costOf(args), [&] { recordRoute(recorder_, tuning_, args); });
    }
    void groupByExpert(const GroupByExpertArgs& args) override {
        record(costOf(args), [&] { recordGroupByExpert(recorder_, args); });
    }
    void expertMatmul(const ExpertMatmulArgs& args) override {
        record(costOf(args), [&] { recordExpertMatmul(recorder_, tuning_, args); });
    }
    void combineExperts(const CombineExpertsArgs& args) override {
        record(costOf(args), [&] { recordCombineExperts(recorder_, args); });
    }
    void candidates(const CandidatesArgs& args) override {
        record(costOf(args), [&] { recordCandidates(recorder_, tuning_, args); });
    }
    void truncate(const TruncateArgs& args) override {
        record(costOf(args), [&] { recordTruncate(recorder_, tuning_, args); });
    }
    void guide(const GuideArgs& args) override {
        record(costOf(args), [&] { recordGuide(recorder_, args); });
    }
    void drift(const DriftArgs& args) override {
        record(costOf(args), [&] { recordDrift(recorder_, tuning_, args); });
    }
    void pick(const PickArgs& args) override {
        record(costOf(args), [&] { recordPick(recorder_, args); });
    }
    void readTensor(const Tensor& x, const Buffer& out, uint64_t outOffsetBytes) override {
        ENGINE_ASSERT(x.format == WeightFormat::F32 && (x.rowStride == x.columns || x.rows <= 1));
        const uint64_t bytes = uint64_t{x.rows} * x.columns * sizeof(float);
        record(costOfReadTensor(x), [&] {
            recorder_.copy({.buffer = &vulkanBuffer(x.buffer), .offsetBytes = x.offsetBytes, .bytes = bytes},
                           {.buffer = &vulkanBuffer(&out), .offsetBytes = outOffsetBytes, .bytes = bytes});
        });
    }

    [[nodiscard]] Result<void> outcome() const { return failure_ ? Result<void>(*failure_) : Result<void>(); }

private:
    template <typename Work>
    void record(const OperationCost& cost, Work&& work) {
        if (failure_) {
            return;
        }
        const Result<void> result = guarded([&]() -> Result<void> {
            recorder_.beginOperation(cost);
            work();
            recorder_.endOperation();
            return {};
        });
        if (!result) {
            failure_ = result.error();
        }
    }

    Recorder& recorder_;
    const Tuning& tuning_;
    std::optional<Error> failure_;
};

Error cancelled(const char* what) {
    return {ErrorKind::Cancelled, std::string(what) + " was stopped."};
}

class VulkanBackend final : public Backend {
public:
    VulkanBackend(Instance instance, DeviceInfo info, VkPhysicalDevice physical, const DeviceTraits& traits)
        : instance_(std::move(instance)),
          info_(std::move(info)),
          device_(physical, traits),
          tuning_(tuningFor(traits)),
          recorder_(device_, tuning_.workPerSubmission),
          submitter_(device_) {}

    [[nodiscard]] const DeviceInfo& device() const override { return info_; }

    Result<std::unique_ptr<Buffer>> allocate(uint64_t bytes, MemoryUse use) override {
        return guarded([&]() -> Result<std::unique_ptr<Buffer>> {
            auto buffer = std::make_unique<VulkanBuffer>(device_, bytes, placeOf(use));
            if (buffer->hostBytes().empty()) {
                recorder_.begin();
                recorder_.fillWithZeros(*buffer);
                submitter_.run(recorder_.finish(), {});
            } else {
                std::memset(buffer->hostBytes().data(), 0, buffer->hostBytes().size());
            }
            return std::unique_ptr<Buffer>(std::move(buffer));
        });
    }

    Result<std::unique_ptr<WeightStore>> loadWeights(std::span<const WeightSource> sources, const Progress& progress,
                                                     std::stop_token stop) override {
        return guarded([&]() -> Result<std::unique_ptr<WeightStore>> {
            auto store = std::make_unique<VulkanWeightStore>(device_, sources);
            if (!store->fill(sources, recorder_, submitter_, progress, stop)) {
                return cancelled("loading the weights");
            }
            return std::unique_ptr<WeightStore>(std::move(store));
        });
    }

    Result<void> run(const std::function<void(Pass&)>& record, std::stop_token stop) override {
        return guarded([&]() -> Result<void> {
            recorder_.begin();
            VulkanPass pass(recorder_, tuning_);
            record(pass);
            const auto commands = recorder_.finish();
            if (Result<void> recorded = pass.outcome(); !recorded) {
                return recorded;
            }
            if (!submitter_.run(commands, stop)) {
                return cancelled("the pass");
            }
            recorder_.profiler().collect();
            return {};
        });
    }

    void setProfiling(bool on) override { recorder_.profiler().setEnabled(on); }
    std::vector<OperationTiming> takeTimings() override { return recorder_.profiler().takeTimings(); }
    Result<DeviceLimits> measureLimits() override { return measureDeviceLimits(*this); }

private:
    // Each member may borrow from those above it.
    Instance instance_;
    DeviceInfo info_;
    Device device_;
    Tuning tuning_;
    Recorder recorder_;
    Submitter submitter_;
};

DeviceTraits applyOptions(DeviceTraits traits, const VulkanOptions& options) {
    traits.storageRangeBytes = std::min(traits.storageRangeBytes, options.bindingLimitBytes);
    traits.allocationBytes = std::min(traits.allocationBytes, options.allocationLimitBytes);
    traits.bindsBeyondViews = options.bindBeyondViews;
    if (!options.allowSubgroups) {
        traits.subgroupLanes = 0;
    }
    if (!options.allowTexels || options.treatAs.value_or(DeviceKind::SoftwareVulkan) != DeviceKind::SoftwareVulkan) {
        traits.texels = 0;
    }
    if (options.treatAs) {
        traits.kind = *options.treatAs;
        traits.unifiedMemory = *options.treatAs == DeviceKind::IntegratedGpu || *options.treatAs == DeviceKind::SoftwareVulkan;
    }
    return traits;
}

}  // namespace

std::vector<DeviceInfo> describeVulkanDevices() {
    using Infos = std::vector<DeviceInfo>;
    Result<Infos> devices = guarded([]() -> Result<Infos> {
        const Instance instance(false, {});
        Infos infos;
        for (VkPhysicalDevice physical : instance.usableDevices()) {
            infos.push_back(describe(physical));
            infos.back().index = static_cast<uint32_t>(infos.size() - 1);
        }
        return infos;
    });
    return devices ? std::move(devices).value() : Infos{};
}

Result<std::unique_ptr<Backend>> openVulkanBackend(uint32_t vulkanIndex, const VulkanOptions& options) {
    return guarded([&]() -> Result<std::unique_ptr<Backend>> {
        Instance instance(options.validation, options.onValidationMessage);
        const std::vector<VkPhysicalDevice> devices = instance.usableDevices();
        if (vulkanIndex >= devices.size()) {
            return Error{ErrorKind::NotFound, "there is no Vulkan device " + std::to_string(vulkanIndex) + "; this machine has " +
                                                  std::to_string(devices.size()) + " that this program can use."};
        }
        VkPhysicalDevice physical = devices[vulkanIndex];
        DeviceInfo info = describe(physical);
        info.index = vulkanIndex;
        const DeviceTraits traits = applyOptions(traitsOf(physical), options);
        return std::unique_ptr<Backend>(std::make_unique<VulkanBackend>(std::move(instance), std::move(info), physical, traits));
    });
}

}  // namespace crystallite
