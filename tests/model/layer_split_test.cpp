#include "engine/engine.h"
#include "engine/formats/gguf_model.h"
#include "engine/model/model.h"
#include "tests/model/logit_distance.h"
#include "tests/model/reference_forward.h"
#include "tests/support/backends.h"
#include "tests/support/budgeted_backend.h"
#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr uint32_t kLayers = 3;
constexpr uint64_t kPlenty = UINT64_MAX / 4;

/// Everything that differs at the border: what embeds, what predicts, rows that are computed, rows of a shadow, a head that is the
/// embedding or is not.
const std::vector<LladaSizes> kModels = {
    {.layers = kLayers, .width = 56, .heads = 4, .kvHeads = 2, .feedForward = 90, .contextLength = 23},
    {.layers = kLayers, .width = 56, .heads = 4, .kvHeads = 2, .feedForward = 90, .contextLength = 23, .tiedHead = false},
    {.layers = kLayers, .width = 56, .heads = 4, .kvHeads = 2, .contextLength = 23, .architecture = "crystallite", .shiftLogits = true},
    {.layers = kLayers,
     .width = 56,
     .heads = 4,
     .kvHeads = 2,
     .contextLength = 23,
     .architecture = "crystallite",
     .learnedPositions = true,
     .rope = false,
     .causal = true,
     .shiftLogits = true},
};

std::string nameOfModel(const LladaSizes& sizes) {
    return sizes.causal ? "learned_causal_shifted" : sizes.shiftLogits ? "shifted" : sizes.tiedHead ? "tied" : "untied";
}

/// The processor computes what is not on the device; on the "Cpu" backend both are the same.
Backend& host() {
    return backendNamed("Cpu");
}

Result<std::unique_ptr<Model>> loadSplit(Backend& device, const std::shared_ptr<const ModelSource>& source, uint32_t gpuLayers) {
    return Model::load({device, &host()}, source, {.gpuLayers = gpuLayers});
}

class LayerSplit : public ::testing::TestWithParam<std::tuple<std::string, LladaSizes>> {
protected:
    void SetUp() override {
        source_ = *openGgufBytes(bytes_, "random.gguf");
        for (uint32_t i = 0; i < sizes().contextLength; ++i) {
            tokens_.push_back(3 + i * 37 % 260);
        }
        slots_.resize(tokens_.size() - 1);
        std::iota(slots_.begin(), slots_.end(), 1U);
    }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    [[nodiscard]] static const LladaSizes& sizes() { return std::get<1>(GetParam()); }
    [[nodiscard]] static Backend& backend() { return backendNamed(std::get<0>(GetParam())); }
    [[nodiscard]] std::unique_ptr<Model> mustLoad(uint32_t gpuLayers) const {
        auto model = loadSplit(backend(), source_, gpuLayers);
        EXPECT_TRUE(model) << model.error().message;
        return std::move(*model);
    }

    std::vector<std::byte> bytes_ = randomLlada(sizes(), 11, WeightFormat::F32);
    std::shared_ptr<const ModelSource> source_;
    std::vector<TokenId> tokens_;
    std::vector<uint32_t> slots_;
};

INSTANTIATE_TEST_SUITE_P(, LayerSplit, ::testing::Combine(::testing::ValuesIn(availableBackends()), ::testing::ValuesIn(kModels)),
                         [](const auto& test) { return std::get<0>(test.param) + "_" + nameOfModel(std::get<1>(test.param)); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LayerSplit);

/// Every backend is within 1e-4 of the logits' standard deviation of the exact ones, whatever residual stream it starts from, which the
/// double-precision reference proves for each split; so two splits are at most twice that apart.
TEST_P(LayerSplit, GivesTheLogitsOfTheReferenceAndOfTheWholeModelAtEveryBorder) {
    const auto expected = referenceLogits(*source_, tokens_);
    const Result<std::vector<float>> whole = mustLoad(kAllLayers)->logits(tokens_, slots_, {});
    ASSERT_TRUE(whole) << whole.error().message;
    const double spread = deviationOf(*whole);

    for (uint32_t gpuLayers = 0; gpuLayers <= kLayers; ++gpuLayers) {
        SCOPED_TRACE(std::to_string(gpuLayers) + " layers on the device");
        const Result<std::vector<float>> logits = mustLoad(gpuLayers)->logits(tokens_, slots_, {});

        ASSERT_TRUE(logits) << logits.error().message;
        EXPECT_LE(largestDifference(*logits, *whole), 2e-4 * spread);
        std::vector<float> exact;
        for (const uint32_t slot : slots_) {
            const std::vector<double>& row = expected[sizes().shiftLogits ? slot - 1 : slot];
            exact.insert(exact.end(), row.begin(), row.end());
        }
        EXPECT_LE(largestDifference(*logits, exact), 1e-4 * spread);
        if (std::get<0>(GetParam()) == "Cpu") {
            EXPECT_EQ(*logits, *whole) << "the same device on both sides of the border";
        }
    }
}

TEST_P(LayerSplit, ComputesShorterCanvasesAfterLongerOnesAndPartsOfThem) {
    const std::unique_ptr<Model> model = mustLoad(1);
    const std::vector<TokenId> shorter(tokens_.begin(), tokens_.begin() + 7);
    const std::vector<uint32_t> slots = {2, 5};
    const Result<std::vector<float>> fresh = model->logits(shorter, slots, {});
    ASSERT_TRUE(model->logits(tokens_, slots_, {}));

    const Result<std::vector<float>> again = model->logits(shorter, slots, {});

    ASSERT_TRUE(fresh && again);
    EXPECT_EQ(*again, *fresh);
}

/// Logits of two splits are at most d, 2e-4 of their standard deviation, apart. That moves the log-odds of a probability by 2d at most and
/// the probability by a quarter of this; the other half of d is for what is computed from the logits in single precision.
TEST_P(LayerSplit, ConfirmsABlockLikeTheWholeModel) {
    if (sizes().causal) {
        GTEST_SKIP() << "no row of a causal model sees the rest of the text";
    }
    const std::vector<uint32_t> open = {3, 4};
    const std::unique_ptr<Model> whole = mustLoad(kAllLayers);
    const auto logits = whole->logits(tokens_, slots_, {});
    ASSERT_TRUE(logits) << logits.error().message;
    for (const ShadowRows shadow : {ShadowRows{.rows = 9, .begin = 0}, ShadowRows{.rows = 7, .begin = 11}}) {
        const auto expected = whole->forward({.tokens = tokens_, .openSlots = open, .shadow = shadow}, {});
        ASSERT_TRUE(expected) << expected.error().message;
        for (const uint32_t gpuLayers : {1U, 2U}) {
            SCOPED_TRACE(std::to_string(gpuLayers) + " layers on the device");

            const auto result = mustLoad(gpuLayers)->forward({.tokens = tokens_, .openSlots = open, .shadow = shadow}, {});

            ASSERT_TRUE(result) << result.error().message;
            EXPECT_EQ(result->confirmed.size(), shadow.rows);
            EXPECT_LE(largestDifference(result->confirmed, expected->confirmed), 2e-4 * deviationOf(*logits));
        }
    }
}

TEST_P(LayerSplit, ComputesNoLayerOfATextThatItHolds) {
    BudgetedBackend processor(host(), kPlenty);
    const auto model = Model::load({backend(), &processor}, source_, {.gpuLayers = 1});
    ASSERT_TRUE(model) << model.error().message;
    std::vector<TokenId> changed = tokens_;
    changed[2] += 1;
    const std::vector<uint32_t> open = {5, static_cast<uint32_t>(tokens_.size()) - 1};
    const auto forward = [&](const std::vector<TokenId>& tokens, bool repeats, std::stop_token stop = {}) {
        return (*model)->forward({.tokens = tokens, .openSlots = open, .repeatsText = repeats}, std::move(stop));
    };
    std::stop_source stopped;
    stopped.request_stop();
    // Of a causal model with a shift only a prefix is computed, which is not held.
    const uint32_t perRepetition = sizes().causal ? 1 : 0;

    const auto first = forward(tokens_, false);
    const auto again = forward(tokens_, true);
    EXPECT_EQ(processor.passes(), 1 + perRepetition);
    const auto other = forward(changed, true);
    EXPECT_EQ(processor.passes(), 2 + perRepetition);
    const auto interrupted = forward(tokens_, false, stopped.get_token());
    const auto afterwards = forward(changed, true);
    const auto fresh = forward(tokens_, false);

    ASSERT_TRUE(first && again && other && afterwards && fresh);
    ASSERT_FALSE(interrupted);
    EXPECT_EQ(again->beliefs, first->beliefs);
    EXPECT_NE(other->beliefs, first->beliefs);
    EXPECT_EQ(afterwards->beliefs, other->beliefs);
    EXPECT_EQ(fresh->beliefs, first->beliefs);
}

/// The two sums of a split are the whole's, but for a second copy of a head that is the embedding, and for the border itself.
TEST_P(LayerSplit, NeedsWhatItSaysOnEachDevice) {
    constexpr uint32_t kSlots = 16;
    const uint64_t whole = estimateMemory(*source_, mustLoad(kLayers)->config(), {0, kLayers, kLayers}, kSlots).weightBytes;
    for (uint32_t gpuLayers = 1; gpuLayers < kLayers; ++gpuLayers) {
        SCOPED_TRACE(std::to_string(gpuLayers) + " layers on the device");
        BudgetedBackend device(backend(), kPlenty);
        BudgetedBackend processor(host(), kPlenty);
        const auto model = Model::load({device, &processor}, source_, {.gpuLayers = gpuLayers});
        ASSERT_TRUE(model) << model.error().message;
        const std::vector<TokenId> tokens(kSlots, 5);
        const std::vector<uint32_t> open = {kSlots - 1};

        ASSERT_TRUE((*model)->forward({.tokens = tokens, .openSlots = open}, {}));

        const LoadPlan plan = (*model)->planFor(kSlots);
        ASSERT_EQ(plan.shares.size(), 2U);
        const DeviceShare& front = plan.shares.front();
        const DeviceShare& back = plan.shares.back();
        EXPECT_EQ(front.layers, (LayerRange{0, kLayers - gpuLayers, kLayers}));
        EXPECT_EQ(back.layers, (LayerRange{kLayers - gpuLayers, kLayers, kLayers}));
        const uint64_t copies = sizes().tiedHead ? storedBytes(*source_->findTensor("token_embd.weight")) : 0;
        EXPECT_EQ(front.need.weightBytes + back.need.weightBytes, whole + copies);
        EXPECT_EQ(processor.weightBytes(), front.need.weightBytes);
        EXPECT_EQ(device.weightBytes(), back.need.weightBytes);
        EXPECT_EQ(processor.allocatedBytes(), front.need.activationBytes);
        // Which ids are forbidden depends on the request: a list of its own.
        const uint64_t forbidden = std::max<uint64_t>((*model)->config().forbiddenIds.size(), 1) * sizeof(uint32_t);
        EXPECT_EQ(device.allocatedBytes(), back.need.activationBytes + forbidden);
    }
}

TEST_P(LayerSplit, TakesAsManyLayersAsFitAndSaysSo) {
    const ModelConfig config = mustLoad(kLayers)->config();
    const uint32_t slots = usualCanvas(config);
    for (uint32_t fitting = 0; fitting <= kLayers; ++fitting) {
        SCOPED_TRACE(std::to_string(fitting) + " layers fit");
        const LayerRange range{fitting == 0 ? kLayers - 1 : kLayers - fitting, kLayers, kLayers};
        const uint64_t enough = estimateMemory(*source_, config, range, slots).withMargin();
        BudgetedBackend device(backend(), fitting == 0 ? enough - 1 : enough);
        BudgetedBackend processor(host(), kPlenty);

        const auto model = Model::load({device, &processor}, source_);

        ASSERT_TRUE(model) << model.error().message;
        const LoadPlan plan = (*model)->planFor(slots);
        EXPECT_EQ(plan.isSplit(), fitting > 0 && fitting < kLayers);
        EXPECT_EQ((*model)->backends().back(), fitting == 0 ? &processor : &device);
        EXPECT_EQ(plan.shares.back().layers.count(), fitting == 0 ? kLayers : fitting);
        EXPECT_TRUE((*model)->logits(tokens_, slots_, {}));
    }
}

TEST_P(LayerSplit, RefusesABorderThatDoesNotFitUnlessItIsToLoadAnyway) {
    const ModelConfig config = mustLoad(kLayers)->config();
    const MemoryEstimate need = estimateMemory(*source_, config, {1, kLayers, kLayers}, 1);
    BudgetedBackend device(backend(), need.withMargin() - 1);
    BudgetedBackend small(host(), 1000);
    BudgetedBackend large(host(), kPlenty);

    const auto refused = Model::load({device, &large}, source_, {.gpuLayers = 2});
    const auto refusedByHost = Model::load({backend(), &small}, source_, {.gpuLayers = 2});
    const auto anyway = Model::load({device, &large}, source_, {.gpuLayers = 2, .loadAnyway = true});

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::OutOfMemory);
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("for layers 2-3"), HasSubstr(device.device().name), HasSubstr("load it anyway")));
    ASSERT_FALSE(refusedByHost);
    EXPECT_THAT(refusedByHost.error().message, AllOf(HasSubstr("for layer 1 ("), HasSubstr("more GPU layers")));
    ASSERT_TRUE(anyway) << anyway.error().message;
    EXPECT_TRUE((*anyway)->logits(tokens_, slots_, {}));
}

TEST_P(LayerSplit, StopsWhileItIsLoadedAndWhileItRuns) {
    std::stop_source loading;
    const auto stopAtOnce = [&loading](double /*share*/) { loading.request_stop(); };
    std::stop_source stopped;
    stopped.request_stop();

    const auto interrupted = Model::load({backend(), &host()}, source_, {.gpuLayers = 2}, stopAtOnce, loading.get_token());
    const auto before = Model::load({backend(), &host()}, source_, {.gpuLayers = 2}, {}, stopped.get_token());
    const std::unique_ptr<Model> model = mustLoad(2);
    const auto pass = model->logits(tokens_, slots_, stopped.get_token());

    if (backend().device().isVulkan()) {
        ASSERT_FALSE(interrupted);
        EXPECT_EQ(interrupted.error().kind, ErrorKind::Cancelled);
    } else {
        EXPECT_TRUE(interrupted) << "nothing is copied, so that it was over when it reported";
    }
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().kind, ErrorKind::Cancelled);
    ASSERT_FALSE(pass);
    EXPECT_EQ(pass.error().kind, ErrorKind::Cancelled);
    EXPECT_TRUE(model->logits(tokens_, slots_, {}));
}

class HeldWeights : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Backends, HeldWeights, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

/// A folder whose fused matrices must be taken apart, and a file that is quantised while it is opened. Two layers each.
std::shared_ptr<const ModelSource> openHeld(const TemporaryFolder& folder, bool quantized) {
    writeFile(folder / "model.gguf", randomLlada({}, 1, WeightFormat::F16));
    if (!quantized) {
        writeCheckpoint(folder / "smdm", randomCheckpoint("smdm", 4, WeightFormat::BF16));
    }
    const auto source = quantized ? openModel(folder / "model.gguf", {.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0})
                                  : openModel(folder / "smdm", {.family = "smdm", .tokenizer = folder / "model.gguf"});
    EXPECT_TRUE(source) << source.error().message;
    return *source;
}

TEST_P(HeldWeights, AreGivenBackWhenADeviceHasCopiedThemAndStayWhereTheProcessorReadsThem) {
    const std::vector<TokenId> tokens = {5, 9, 17, 2, 80, 41};
    const std::vector<uint32_t> slots = {1, 3, 4};
    const bool copies = backendNamed(GetParam()).device().isVulkan();
    for (const bool quantized : {false, true}) {
        for (const uint32_t gpuLayers : {0U, 1U, 2U}) {
            SCOPED_TRACE(std::to_string(gpuLayers) + " layers on the device" + (quantized ? ", quantised" : ""));
            const TemporaryFolder folder;
            std::shared_ptr<const ModelSource> source = openHeld(folder, quantized);
            const uint64_t held = source->ownedBytes();
            ASSERT_GT(held, 0U);
            const auto lasting = loadSplit(backendNamed("Cpu"), source, 0);
            ASSERT_TRUE(lasting) << lasting.error().message;

            const auto model = loadSplit(backendNamed(GetParam()), source, gpuLayers);

            ASSERT_TRUE(model) << model.error().message;
            EXPECT_EQ(source->ownedBytes(), held) << "others may read it still";
            EXPECT_EQ((*model)->source().fingerprint(), source->fingerprint());
            EXPECT_EQ((*model)->identity().modelFormat, (*lasting)->identity().modelFormat);
            if (!copies || gpuLayers == 0) {
                EXPECT_EQ((*model)->source().ownedBytes(), held);
            } else if (gpuLayers == 2) {
                EXPECT_EQ((*model)->source().ownedBytes(), 0U);
            } else {
                EXPECT_GT((*model)->source().ownedBytes(), 0U);
                EXPECT_LT((*model)->source().ownedBytes(), held);
            }
            source = nullptr;
            const Result<std::vector<float>> expected = (*lasting)->logits(tokens, slots, {});
            const Result<std::vector<float>> logits = (*model)->logits(tokens, slots, {});
            ASSERT_TRUE(expected && logits);
            EXPECT_LE(largestDifference(*logits, *expected), 2e-4 * deviationOf(*expected));
        }
    }
}

TEST(LoadedModelDevices, AreOnlyThoseThatComputeIt) {
    const auto source = openEmbeddedModel(kDefaultModel);
    ASSERT_TRUE(source) << source.error().message;
    const auto onProcessor = loadModel(*source, "cpu", {.gpuLayers = 2});
    ASSERT_TRUE(onProcessor) << onProcessor.error().message;
    EXPECT_NE(onProcessor->device, nullptr);
    EXPECT_EQ(onProcessor->host, nullptr);
    EXPECT_FALSE(onProcessor->model->planFor(8).isSplit());
    if (listDevices().size() < 2) {
        GTEST_SKIP() << "there is no Vulkan device";
    }
    for (const auto& [layers, device, host] : {std::tuple(0U, false, true), {2U, true, true}, {kAllLayers, true, false}}) {
        const auto loaded = loadModel(*source, "1", {.gpuLayers = layers});

        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(loaded->device != nullptr, device) << layers;
        EXPECT_EQ(loaded->host != nullptr, host) << layers;
    }
}

}  // namespace
}  // namespace crystallite
