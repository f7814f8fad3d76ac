#include "engine/diffusion/session.h"
#include "engine/model/model.h"
#include "tests/golden/finished_run.h"
#include "tests/golden/golden_run.h"
#include "tests/support/backends.h"
#include "tests/support/shared_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace crystallite {
namespace {

// F32 arithmetic in another order moves a probability by some 1e-5 here; a decision closer than this could fall either way elsewhere.
constexpr double kClosestDecision = 1e-4;

std::filesystem::path goldenPath() {
    return sourceFile("tests/golden/stories.json");
}

/// The runs as they shall be recorded; see README.md beside this file.
std::vector<GoldenRun> runsToRecord() {
    const std::string rabbit = "Once upon a time, there was a little rabbit";
    return {
        {.name = "greedy", .prompt = rabbit, .settings = {.length = 32, .steps = 16, .seed = 1}},
        {.name = "blocks_margin",
         .prompt = "One night, an owl",
         .settings = {.length = 32, .steps = 16, .blockLength = 16, .order = UnmaskOrder::Margin, .seed = 1}},
        {.name = "entropy", .prompt = "One day, a small frog", .settings = {.length = 24, .steps = 12, .order = UnmaskOrder::Entropy}},
        {.name = "random_order", .prompt = "", .settings = {.length = 24, .steps = 12, .order = UnmaskOrder::Random, .seed = 7}},
        {.name = "hot", .prompt = rabbit, .settings = {.length = 32, .steps = 32, .temperature = 0.6F, .seed = 3}},
    };
}

std::unique_ptr<Model> loadStories(Backend& backend) {
    const auto source = openEmbeddedModel(kDefaultModel);
    EXPECT_TRUE(source) << source.error().message;
    Result<std::unique_ptr<Model>> model = Model::load(backend, *source);
    EXPECT_TRUE(model) << model.error().message;
    return std::move(*model);
}

Trace runOn(Model& model, const GoldenRun& run) {
    return finishedRun(model, run.prompt, run.settings);
}

/// Records the runs anew on the CPU when CRYSTALLITE_RECORD_GOLDEN is set; a decision too close to call is refused.
TEST(GoldenRuns, AreRecordedOnRequest) {
    if (std::getenv("CRYSTALLITE_RECORD_GOLDEN") == nullptr) {
        GTEST_SKIP() << "set CRYSTALLITE_RECORD_GOLDEN=1 to record tests/golden/stories.json anew";
    }
    const std::unique_ptr<Model> model = loadStories(backendNamed("Cpu"));
    GoldenFile golden{.modelFingerprint = model->source().fingerprint(), .runs = runsToRecord()};
    for (GoldenRun& run : golden.runs) {
        const Trace trace = runOn(*model, run);
        run.commits = commitsOf(trace);
        const double closest = closestDecision(trace);
        std::cout << run.name << ": closest decision " << closest << "\n" << trace.answerText(trace.steps(), "_", true) << "\n";
        EXPECT_GT(closest, kClosestDecision) << run.name << " would be a fragile golden; choose another prompt or seed";
    }
    if (!HasFailure()) {
        writeGolden(goldenPath(), golden);
    }
}

class Golden : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }
};

INSTANTIATE_TEST_SUITE_P(Backends, Golden, ::testing::ValuesIn(plainBackends()), [](const auto& instance) { return instance.param; });

TEST_P(Golden, EveryRunMakesTheRecordedCommits) {
    const std::unique_ptr<Model> model = loadStories(backendNamed(GetParam()));
    const GoldenFile golden = readGolden(goldenPath());
    ASSERT_EQ(golden.modelFingerprint, model->source().fingerprint()) << "the embedded model changed: record the runs anew (README.md)";
    ASSERT_EQ(golden.runs.size(), runsToRecord().size());

    for (const GoldenRun& run : golden.runs) {
        ASSERT_EQ(run.commits.size(), run.settings.length) << run.name;
        EXPECT_EQ(commitsOf(runOn(*model, run)), run.commits) << run.name;
    }
}

TEST_P(Golden, ARepeatedRunIsTheSameToTheBit) {
    const std::unique_ptr<Model> model = loadStories(backendNamed(GetParam()));
    const GoldenRun run{.prompt = "A cat", .settings = {.length = 12, .steps = 6, .temperature = 0.8F, .seed = 9}};
    const Trace first = runOn(*model, run);

    const Result<Verification> again = verifyTrace(*model, first);

    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->reproduced, 6U) << again->firstDifference;
}

TEST_P(Golden, ARunRestoredInTheMiddleContinuesToTheBit) {
    const std::unique_ptr<Model> model = loadStories(backendNamed(GetParam()));
    const GoldenRun run{.prompt = "A cat", .settings = {.length = 12, .steps = 6, .blockLength = 4, .temperature = 0.8F, .seed = 9}};
    const Trace original = runOn(*model, run);
    Result<std::unique_ptr<Session>> restored = Session::restore(*model, original, 3);
    ASSERT_TRUE(restored) << restored.error().message;

    while (!(*restored)->finished()) {
        ASSERT_TRUE((*restored)->step());
    }

    for (uint32_t step = 1; step <= original.steps(); ++step) {
        EXPECT_TRUE(sameDecision((*restored)->trace().record(step), original.record(step))) << "step " << step;
    }
}

}  // namespace
}  // namespace crystallite
