#include "engine/formats/gguf_model.h"
#include "engine/model/model.h"
#include "tests/model/ragged_model.h"
#include "tests/model/reference_forward.h"
#include "tests/support/backends.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

/// One feature at a time, then all that go together.
const std::vector<LladaSizes> kModels = {
    ragged({.feedForward = 90}),
    ragged({.feedForward = 90, .architecture = "crystallite"}),
    ragged({.architecture = "crystallite", .rope = false}),
    ragged({.architecture = "crystallite", .learnedPositions = true}),
    ragged({.architecture = "crystallite", .learnedPositions = true, .rope = false}),
    ragged({.shiftLogits = true}),
    ragged({.architecture = "llama", .causal = true, .shiftLogits = true}),
    ragged({.architecture = "crystallite", .learnedPositions = true, .rope = false, .causal = true, .shiftLogits = true}),
};

std::string nameOfModel(const LladaSizes& sizes) {
    return sizes.architecture + (sizes.learnedPositions ? "_learned" : "") + (sizes.rope ? "_rope" : "") + (sizes.causal ? "_causal" : "") +
           (sizes.shiftLogits ? "_shifted" : "");
}

class ModelFeatures : public ::testing::TestWithParam<std::tuple<std::string, LladaSizes>> {
protected:
    [[nodiscard]] static const LladaSizes& sizes() { return std::get<1>(GetParam()); }
    [[nodiscard]] static Backend& backend() { return backendNamed(std::get<0>(GetParam())); }
    void SetUp() override {
        source_ = *openGgufBytes(bytes_, "random.gguf");
        auto model = Model::load(backend(), source_);
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
        tokens_ = scatteredTokens(sizes().contextLength);
    }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    std::vector<std::byte> bytes_ = randomLlada(sizes(), 11, WeightFormat::F32);
    std::shared_ptr<const ModelSource> source_;
    std::unique_ptr<Model> model_;
    std::vector<TokenId> tokens_;
};

INSTANTIATE_TEST_SUITE_P(, ModelFeatures, ::testing::Combine(::testing::ValuesIn(availableBackends()), ::testing::ValuesIn(kModels)),
                         [](const auto& test) { return std::get<0>(test.param) + "_" + nameOfModel(std::get<1>(test.param)); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ModelFeatures);

double deviationOf(const std::vector<std::vector<double>>& rows) {
    double sum = 0.0;
    double squares = 0.0;
    double count = 0.0;
    for (const std::vector<double>& row : rows) {
        for (const double value : row) {
            sum += value;
            squares += value * value;
            count += 1.0;
        }
    }
    return std::sqrt(squares / count - sum * sum / (count * count));
}

/// F32 weights: the largest error over the logits' standard deviation stays below 1e-4, the bar of every family.
TEST_P(ModelFeatures, GiveTheLogitsOfTheReference) {
    std::vector<uint32_t> slots(tokens_.size() - 1);
    std::iota(slots.begin(), slots.end(), 1U);
    const auto expected = referenceLogits(*source_, tokens_);
    const double bound = 1e-4 * deviationOf(expected);

    const Result<std::vector<float>> logits = model_->logits(tokens_, slots, {});

    ASSERT_TRUE(logits) << logits.error().message;
    const size_t vocabulary = expected.front().size();
    for (size_t index = 0; index < slots.size(); ++index) {
        const std::vector<double>& row = expected[sizes().shiftLogits ? slots[index] - 1 : slots[index]];
        for (size_t id = 0; id < vocabulary; ++id) {
            ASSERT_NEAR(static_cast<double>((*logits)[index * vocabulary + id]), row[id], bound)
                << "slot " << slots[index] << ", id " << id;
        }
    }
}

/// The rows of a causal model that nobody asked for are not computed, and what stands there has no influence.
TEST_P(ModelFeatures, LookAheadExactlyWhereTheyAttendInBothDirections) {
    const std::vector<uint32_t> slot = {9};
    const Result<std::vector<float>> before = model_->logits(tokens_, slot, {});
    tokens_[15] = 3;
    const Result<std::vector<float>> after = model_->logits(tokens_, slot, {});

    ASSERT_TRUE(before && after);
    EXPECT_EQ(*before == *after, sizes().causal);
    EXPECT_EQ(rowsComputed(model_->config(), sizes().contextLength, slot), sizes().causal ? 9U : sizes().contextLength);
}

TEST_P(ModelFeatures, RefuseACanvasThatIsLongerThanTheirPositions) {
    tokens_.push_back(5);
    const std::vector<uint32_t> slot = {1};

    const Result<std::vector<float>> logits = model_->logits(tokens_, slot, {});

    EXPECT_EQ(logits.has_value(), !sizes().learnedPositions);
}

}  // namespace
}  // namespace crystallite
