#include "engine/diffusion/session.h"
#include "tests/diffusion/fake_denoiser.h"
#include "tests/diffusion/reference_decode.h"
#include "tests/support/shared_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace crystallite {
namespace {

using nlohmann::json;

/// What tests/reference/sampler_goldens.py recorded of one run.
struct Golden {
    json object;

    [[nodiscard]] std::string name() const {
        std::string name = object.at("policy").get<std::string>() + "_" + std::to_string(object.at("index").get<int>());
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
};

void PrintTo(const Golden& golden, std::ostream* out) {
    *out << golden.object.dump();
}

std::vector<Golden> goldens() {
    std::ifstream file(sourceFile("tests/diffusion/sampler_goldens.json"));
    std::vector<Golden> all;
    for (json& object : json::parse(file)) {
        object["index"] = all.size();
        all.push_back({object});
    }
    return all;
}

/// Letters are given, dots are open; as a person types it.
std::string promptOf(const json& golden) {
    std::string typed;
    for (const char letter : golden.at("prompt").get<std::string>()) {
        typed += letter == '.' ? std::string("<mask>") : std::string(1, letter);
    }
    return typed;
}

class SamplerGolden : public ::testing::TestWithParam<Golden> {
protected:
    SamplerGolden() : model_(hashedLogits(golden_.at("hash_seed").get<uint32_t>(), golden_.at("calm").get<uint32_t>())) {
        model_.setEot(golden_.at("eot").get<TokenId>());
        if (golden_.at("policy") == "dreamon") {
            model_.allowExpand();
        }
    }

    Trace run() {
        Result<std::unique_ptr<Session>> session = Session::start(model_, promptOf(golden_), requestOf(golden_));
        EXPECT_TRUE(session) << session.error().message;
        while (!(*session)->finished()) {
            EXPECT_TRUE((*session)->step());
        }
        return (*session)->trace();
    }

    const json& golden_ = GetParam().object;
    FakeDenoiser model_;
};

INSTANTIATE_TEST_SUITE_P(Reference, SamplerGolden, ::testing::ValuesIn(goldens()),
                         [](const auto& instance) { return instance.param.name(); });

TEST_P(SamplerGolden, MakesTheSameChangesInTheSameOrder) {
    const Trace trace = run();

    EXPECT_EQ(changesOf(trace), golden_.at("changes"));
    EXPECT_EQ(json(trace.canvas(trace.steps()).text()), golden_.at("final"));
    EXPECT_EQ(trace.steps(), golden_.at("steps_taken").get<uint32_t>());
    EXPECT_EQ(forwardsOf(trace), golden_.at("forwards").get<uint32_t>());
}

TEST_P(SamplerGolden, ContinuesToTheBitFromEveryStep) {
    const Trace original = run();

    for (uint32_t step = 0; step <= original.steps(); ++step) {
        Result<std::unique_ptr<Session>> restored = Session::restore(model_, original, step);
        ASSERT_TRUE(restored) << restored.error().message;
        while (!(*restored)->finished()) {
            ASSERT_TRUE((*restored)->step());
        }
        const Trace& again = (*restored)->trace();
        ASSERT_EQ(again.steps(), original.steps());
        for (uint32_t number = 1; number <= original.steps(); ++number) {
            ASSERT_TRUE(sameDecision(again.record(number), original.record(number))) << "step " << number << " after " << step;
        }
    }
    EXPECT_EQ(verifyTrace(model_, original)->firstDifference, "");
}

}  // namespace
}  // namespace crystallite
