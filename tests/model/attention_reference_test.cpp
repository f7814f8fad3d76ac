#include "engine/model/families/family.h"
#include "engine/model/model.h"
#include "tests/model/npy.h"
#include "tests/model/reference_checkpoints.h"
#include "tests/support/backends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace crystallite {
namespace {

/// One file of every family that this build runs.
std::vector<nlohmann::json> familiesWithAttention() {
    std::vector<nlohmann::json> all;
    std::set<std::string> seen;
    for (const nlohmann::json& entry : referenceList("cases.json")) {
        const bool isRun = !entry.at("attention").is_null() && findFamily(entry.at("engine_family").get<std::string>()) != nullptr;
        if (isRun && seen.insert(entry.at("family").get<std::string>()).second) {
            all.push_back(entry);
        }
    }
    return all;
}

/// A score that is off by d moves a weight by the share 2 d at most. Scores have a deviation of about 1, and are held to the bar of all
/// numbers that a model computes, 1e-4 of that.
double largestMiss(const std::vector<float>& actual, const double* expected) {
    constexpr double kShare = 2e-4;
    constexpr double kSmall = 1e-9;  // weights that no sum notices
    double worst = 0.0;
    for (size_t i = 0; i < actual.size(); ++i) {
        const double miss = std::abs(static_cast<double>(actual[i]) - expected[i]) / (kShare * expected[i] + kSmall);
        worst = miss <= worst ? worst : miss;
        if (std::isnan(miss) || (expected[i] == 0.0 && actual[i] != 0.0F)) {
            return HUGE_VAL;
        }
    }
    return worst;
}

class AttentionReference : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }
};

INSTANTIATE_TEST_SUITE_P(Backends, AttentionReference, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

TEST_P(AttentionReference, IsThatOfEveryFamily) {
    const std::vector<nlohmann::json> entries = familiesWithAttention();
    EXPECT_GE(entries.size(), 15U);
    for (const nlohmann::json& entry : entries) {
        SCOPED_TRACE(entry.at("file").get<std::string>());
        const auto source = openModel(referenceFolder() / entry.at("file").get<std::string>());
        ASSERT_TRUE(source) << source.error().message;
        const auto model = Model::load(backendNamed(GetParam()), *source);
        ASSERT_TRUE(model) << model.error().message;
        const ModelConfig& config = (*model)->config();
        const auto tokens = entry.at("tokens").get<std::vector<TokenId>>();
        const auto slots = entry.at("attention").at("slots").get<std::vector<uint32_t>>();
        const NpyMatrix expected = readNpy(referenceFolder() / entry.at("attention").at("weights").get<std::string>());
        const size_t perSlot = size_t{config.layers} * config.heads * tokens.size();
        ASSERT_EQ(expected.values.size(), perSlot * slots.size());

        for (size_t index = 0; index < slots.size(); ++index) {
            const std::vector<uint32_t> open = {slots[index]};
            const Result<ForwardResult> result = (*model)->forward({.tokens = tokens, .openSlots = open, .attentionOf = slots[index]}, {});

            ASSERT_TRUE(result) << result.error().message;
            ASSERT_EQ(result->attention.size(), perSlot);
            EXPECT_LE(largestMiss(result->attention, expected.values.data() + index * perSlot), 1.0) << "slot " << slots[index];
        }
    }
}

}  // namespace
}  // namespace crystallite
