#include "engine/model/model.h"
#include "tests/support/backends.h"
#include "tests/support/budgeted_backend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr uint64_t kEverything = UINT64_MAX;
constexpr uint32_t kFittingSlots = 16;

std::shared_ptr<const ModelSource> embeddedSource() {
    const Result<std::shared_ptr<const ModelSource>> source = openEmbeddedModel(kDefaultModel);
    EXPECT_TRUE(source) << source.error().message;
    return *source;
}

std::string megabytes(uint64_t bytes) {
    return std::to_string(bytes / 1'000'000) + " MB";
}

/// What the device must be able to say when `need` is more than its `budget`: who needs how much, what there is, and what to do now.
auto namesNeedAndOffer(const MemoryEstimate& need, const DeviceInfo& device) {
    return AllOf(HasSubstr(embeddedSource()->displayName()), HasSubstr("needs " + megabytes(need.withMargin())),
                 HasSubstr(megabytes(need.weightBytes) + " of weights"), HasSubstr(megabytes(need.withMargin() - need.total()) + " margin"),
                 HasSubstr(device.name + " offers " + megabytes(usableBytes(device))),
                 HasSubstr("another device, quantised weights, a smaller model or a shorter canvas, or load it anyway"));
}

class ModelMemoryOn : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    [[nodiscard]] static Backend& backend() { return backendNamed(GetParam()); }

    [[nodiscard]] static MemoryEstimate needFor(uint32_t slots) {
        const Result<std::unique_ptr<Model>> model = Model::load(backend(), embeddedSource());
        EXPECT_TRUE(model) << model.error().message;
        return (*model)->planFor(slots).shares.front().need;
    }

    /// Beliefs about the last slot of a canvas of masks.
    static Result<std::vector<SlotBelief>> forward(Model& model, uint32_t slots) {
        const std::vector<TokenId> tokens(slots, model.config().maskId);
        const std::vector<uint32_t> open = {slots - 1};
        Result<ForwardResult> result = model.forward({.tokens = tokens, .openSlots = open}, {});
        return result ? Result<std::vector<SlotBelief>>(std::move(result->beliefs)) : Result<std::vector<SlotBelief>>(result.error());
    }
};

INSTANTIATE_TEST_SUITE_P(Backends, ModelMemoryOn, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

TEST_P(ModelMemoryOn, IsNotLoadedWithoutRoomForItsWeightsAndOneSlot) {
    const MemoryEstimate need = needFor(1);
    BudgetedBackend tooSmall(backend(), need.withMargin() - 1);
    BudgetedBackend justEnough(backend(), need.withMargin());

    const Result<std::unique_ptr<Model>> refused = Model::load(tooSmall, embeddedSource());

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, namesNeedAndOffer(need, tooSmall.device()));
    EXPECT_TRUE(Model::load(justEnough, embeddedSource()));
}

TEST_P(ModelMemoryOn, RefusesACanvasBeyondTheBudgetAndRunsAShorterOne) {
    constexpr uint32_t kTooMany = kFittingSlots + 1;
    BudgetedBackend small(backend(), needFor(kFittingSlots).withMargin());
    const Result<std::unique_ptr<Model>> model = Model::load(small, embeddedSource());
    ASSERT_TRUE(model) << model.error().message;
    const Result<std::vector<SlotBelief>> before = forward(**model, kFittingSlots);
    ASSERT_TRUE(before) << before.error().message;

    const Result<std::vector<SlotBelief>> refused = forward(**model, kTooMany);
    const Result<std::vector<SlotBelief>> after = forward(**model, kFittingSlots);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, namesNeedAndOffer((*model)->planFor(kTooMany).shares.front().need, small.device()));
    EXPECT_THAT(refused.error().message, HasSubstr("to work on " + std::to_string(kTooMany) + " slots"));
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->front().logSumExp, before->front().logSumExp);
}

TEST_P(ModelMemoryOn, LoadsAndRunsBeyondTheBudgetOnRequest) {
    BudgetedBackend tooSmall(backend(), 1'000'000);
    const Result<std::unique_ptr<Model>> model = Model::load(tooSmall, embeddedSource(), {.gpuLayers = kAllLayers, .loadAnyway = true});
    ASSERT_TRUE(model) << model.error().message;

    const Result<std::vector<SlotBelief>> anyway = forward(**model, kFittingSlots);

    ASSERT_TRUE(anyway) << anyway.error().message;
    tooSmall.refuseAllocationsAbove(uint64_t{kFittingSlots} * (*model)->config().vocabulary * sizeof(float));
    const Result<std::vector<SlotBelief>> refused = forward(**model, 4 * kFittingSlots);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, HasSubstr("the device refused"));
    EXPECT_TRUE(forward(**model, kFittingSlots));
}

TEST_P(ModelMemoryOn, ReportsWeightsThatTheDeviceRefusesAlthoughItWasToLoadAnyway) {
    BudgetedBackend tooSmall(backend(), 1'000'000);
    tooSmall.refuseAllocationsAbove(1'000'000);

    const Result<std::unique_ptr<Model>> model = Model::load(tooSmall, embeddedSource(), {.gpuLayers = kAllLayers, .loadAnyway = true});

    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(model.error().message, HasSubstr("the device refused"));
}

// The budget is what the driver said at the start; the allocation itself can still fail.
TEST_P(ModelMemoryOn, ReportsARefusedAllocationAndRunsAShorterCanvas) {
    BudgetedBackend crowded(backend(), kEverything);
    const Result<std::unique_ptr<Model>> model = Model::load(crowded, embeddedSource());
    ASSERT_TRUE(model) << model.error().message;
    // The logits are the largest buffer.
    crowded.refuseAllocationsAbove(uint64_t{kFittingSlots} * (*model)->config().vocabulary * sizeof(float));

    const Result<std::vector<SlotBelief>> refused = forward(**model, 4 * kFittingSlots);
    const Result<std::vector<SlotBelief>> after = forward(**model, kFittingSlots);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, HasSubstr("the device refused"));
    EXPECT_TRUE(after) << after.error().message;
}

}  // namespace
}  // namespace crystallite
