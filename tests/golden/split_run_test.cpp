#include "engine/diffusion/session.h"
#include "engine/model/model.h"
#include "tests/golden/finished_run.h"
#include "tests/golden/golden_run.h"
#include "tests/support/backends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

/// The processor computes what is not on the device; on the "Cpu" backend both are the same.
Backend& host() {
    return backendNamed("Cpu");
}

class SplitStories : public ::testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        const auto source = openEmbeddedModel(kDefaultModel);
        ASSERT_TRUE(source) << source.error().message;
        source_ = *source;
    }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    [[nodiscard]] std::unique_ptr<Model> mustLoad(uint32_t gpuLayers) const {
        auto model = Model::load({backendNamed(GetParam()), &host()}, source_, {.gpuLayers = gpuLayers});
        EXPECT_TRUE(model) << model.error().message;
        return std::move(*model);
    }

    std::shared_ptr<const ModelSource> source_;
};

INSTANTIATE_TEST_SUITE_P(Backends, SplitStories, ::testing::ValuesIn(plainBackends()), [](const auto& instance) { return instance.param; });

Trace greedyRun(Model& model) {
    return finishedRun(model, "Once upon a time, there was a little rabbit", {.length = 32, .steps = 16, .seed = 1});
}

/// The prompt is that of a golden run, whose closest decision no order of sums turns around.
TEST_P(SplitStories, DecodeAsTheWholeModelAndReproduceTheirTraces) {
    const Trace whole = greedyRun(*mustLoad(kAllLayers));
    for (const uint32_t gpuLayers : {0U, 1U, 4U}) {
        SCOPED_TRACE(std::to_string(gpuLayers) + " layers on the device");
        const std::unique_ptr<Model> model = mustLoad(gpuLayers);
        const Trace trace = greedyRun(*model);

        EXPECT_EQ(commitsOf(trace), commitsOf(whole));
        const Result<Verification> again = verifyTrace(*model, trace);
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(again->reproduced, 16U) << again->firstDifference;
    }
}

TEST_P(SplitStories, NameBothDevicesAndTheBorderInTheTrace) {
    const std::string device = backendNamed(GetParam()).device().name;

    EXPECT_EQ(mustLoad(2)->identity().device, host().device().name + " (layers 1-4) + " + device + " (layers 5-6)");
    EXPECT_EQ(mustLoad(2)->identity().driver, host().device().driver + " + " + backendNamed(GetParam()).device().driver);
    EXPECT_EQ(mustLoad(0)->identity().device, host().device().name);
    EXPECT_EQ(mustLoad(kAllLayers)->identity().device, device);
    EXPECT_NE(mustLoad(2)->identity().device, mustLoad(3)->identity().device);
}

/// What a policy may ask beyond the beliefs: guidance, a comparison with the last pass, a shadow, a filter.
TEST_P(SplitStories, AnswerEveryKindOfRequestAsTheWholeModel) {
    const std::vector<TokenId> tokens = {937, 738, 263, 448, 0, 0, 0, 404, 0, 295, 0};
    const std::vector<TokenId> unconditional(tokens.size(), 0);
    const std::vector<uint32_t> open = {4, 6, 8, 10};
    const ForwardRequest guided{.tokens = tokens, .openSlots = open, .unconditional = unconditional, .cfgScale = 1.5F};
    const ForwardRequest shadowed{.tokens = tokens, .openSlots = open, .shadow = {.rows = 4, .begin = 1}};
    const ForwardRequest filtered{
        .tokens = tokens, .openSlots = open, .noise = {.temperature = 0.7F, .seed = 5}, .filter = TokenFilter{.topP = 0.9}};
    const std::unique_ptr<Model> whole = mustLoad(kAllLayers);
    const std::unique_ptr<Model> split = mustLoad(3);
    // A probability moves by less than this when sums are in another order, see the golden runs.
    constexpr float kProbabilityError = 1e-4F;

    for (const ForwardRequest& request : {guided, shadowed, filtered}) {
        const Result<ForwardResult> expected = whole->forward(request, {});
        const Result<ForwardResult> actual = split->forward(request, {});

        ASSERT_TRUE(expected && actual);
        ASSERT_EQ(actual->beliefs.size(), expected->beliefs.size());
        for (size_t i = 0; i < open.size(); ++i) {
            EXPECT_EQ(actual->beliefs[i].sampledId, expected->beliefs[i].sampledId);
            EXPECT_NEAR(actual->beliefs[i].sampledProbability, expected->beliefs[i].sampledProbability, kProbabilityError);
            EXPECT_NEAR(actual->beliefs[i].entropy, expected->beliefs[i].entropy, 10.0F * kProbabilityError);
        }
        ASSERT_EQ(actual->confirmed.size(), expected->confirmed.size());
        for (size_t i = 0; i < expected->confirmed.size(); ++i) {
            EXPECT_NEAR(actual->confirmed[i], expected->confirmed[i], kProbabilityError);
        }
    }
}

}  // namespace
}  // namespace crystallite
