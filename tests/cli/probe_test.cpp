#include "tests/cli/command_line.h"

#include "engine/trace/trace_file.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <numeric>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

/// A short run of the embedded model, and its trace.
class CliProbe : public ::testing::Test {
protected:
    void SetUp() override {
        trace_ = folder_.file("run.crystal");
        const Outcome made = runCli({"generate", "--device", "cpu", "-p", "Once upon a time", "--length", "6", "--seed", "3", "--show",
                                     "final", "--trace", trace_});
        ASSERT_EQ(made.exitCode, 0) << made.err;
        Result<Trace> read = readTrace(trace_);
        ASSERT_TRUE(read) << read.error().message;
        run_ = std::move(*read);
    }
    [[nodiscard]] Outcome probe(uint32_t step, uint32_t slot, std::vector<std::string> more) const {
        more.insert(more.begin(), {"probe", trace_, "--device", "cpu", "--step", std::to_string(step), "--slot", std::to_string(slot)});
        return runCli(more);
    }

    ScratchFolder folder_;
    std::string trace_;
    Trace run_;
};

TEST_F(CliProbe, ListsTheCandidatesThatTheNextStepRecorded) {
    const SlotBelief& recorded = run_.record(2).beliefs.front();
    const Outcome outcome = probe(1, recorded.position, {"--candidates", "20", "--json"});

    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const nlohmann::json found = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(found.at("probe"), "candidates");
    EXPECT_EQ(found.at("passes"), 1);
    ASSERT_EQ(found.at("candidates").size(), 20U);
    for (size_t rank = 0; rank < recorded.candidates.size(); ++rank) {
        EXPECT_NEAR(found.at("candidates")[rank].at("p").get<float>(), recorded.candidates[rank].probability, 1e-5);
    }
}

TEST_F(CliProbe, LeavesATokenOutAndSaysWhatTheOthersMakeOfIt) {
    const uint32_t slot = run_.promptLength();
    const Outcome json = probe(run_.steps(), slot, {"--leave-one-out", "--json"});
    const Outcome text = probe(run_.steps(), slot, {"--leave-one-out", "--candidates", "3"});

    ASSERT_EQ(json.exitCode, 0) << json.err;
    ASSERT_EQ(text.exitCode, 0) << text.err;
    const nlohmann::json found = nlohmann::json::parse(json.out);
    EXPECT_EQ(found.at("token"), run_.canvas(run_.steps()).token(slot));
    EXPECT_GE(found.at("rank"), 1);
    EXPECT_EQ(found.at("candidates").size(), 8U);
    EXPECT_THAT(text.out, HasSubstr("slot " + std::to_string(slot) + " after step " + std::to_string(run_.steps()) + " without its token"));
    EXPECT_THAT(text.out, HasSubstr("rank " + std::to_string(found.at("rank").get<int>()) + " of "));
    EXPECT_THAT(text.out, HasSubstr("1 extra pass, "));
}

TEST_F(CliProbe, SaysWhereASlotLooks) {
    const uint32_t slot = run_.promptLength() + 1;
    const Outcome json = probe(0, slot, {"--attention", "--json"});
    const Outcome layer = probe(0, slot, {"--attention", "--layer", "2", "--head", "1", "--json"});
    const Outcome text = probe(0, slot, {"--attention", "--layer", "2"});

    ASSERT_EQ(json.exitCode, 0) << json.err;
    ASSERT_EQ(layer.exitCode, 0) << layer.err;
    const nlohmann::json found = nlohmann::json::parse(json.out);
    const auto mean = found.at("weights").get<std::vector<double>>();
    EXPECT_EQ(mean.size(), run_.slots());
    EXPECT_NEAR(std::accumulate(mean.begin(), mean.end(), 0.0), 1.0, 1e-4);
    EXPECT_EQ(nlohmann::json::parse(layer.out).at("weights"), found.at("all")[1][0]);
    EXPECT_THAT(text.out, HasSubstr("attention of slot " + std::to_string(slot) + " after step 0, by row " + std::to_string(slot) +
                                    ", layer 2, mean over "));
}

TEST_F(CliProbe, SaysWhatIsWrong) {
    const struct {
        Outcome outcome;
        int exitCode;
        const char* sentence;
    } cases[] = {
        {probe(99, 0, {"--attention"}), 2, "there is no canvas after step 99"},
        {probe(0, 999, {"--attention"}), 2, "there is no slot 999"},
        {probe(0, run_.promptLength(), {"--leave-one-out"}), 2, "is masked"},
        {probe(0, 0, {"--candidates", "8"}), 2, "holds a token"},
        {probe(0, run_.promptLength(), {"--candidates", "65"}), 2, "must be in 1..64"},
        {probe(0, 0, {"--attention", "--layer", "99"}), 2, "there is no layer 99"},
        {probe(0, 0, {"--attention", "--head", "0"}), 2, "there is no head 0"},
        {probe(0, 0, {}), 2, "At least 1 option from [--attention,--leave-one-out,--candidates]"},
        {probe(0, 0, {"--leave-one-out", "--layer", "1"}), 2, "--layer requires --attention"},
        {probe(0, 0, {"--leave-one-out", "-m", "stories-ar"}), 2, "load the model that made it"},
        {runCli({"probe", folder_.file("none"), "--step", "0", "--slot", "0", "--attention"}), 3, "none"},
    };
    for (const auto& [outcome, exitCode, sentence] : cases) {
        EXPECT_EQ(outcome.exitCode, exitCode) << outcome.err;
        EXPECT_THAT(outcome.err, HasSubstr(sentence));
        EXPECT_EQ(outcome.out, "");
    }
}

}  // namespace
}  // namespace crystallite
