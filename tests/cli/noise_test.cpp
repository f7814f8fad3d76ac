// A text of one's own with noise, from the command line: what is masked is the seed's choice, the rest is given and stays.

#include "engine/trace/trace_file.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>

#include <cmath>
#include <optional>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

const std::string kText = "One day, Mia and Tom went to the park. They saw a big dog and the dog was happy.";

std::vector<std::string> noisyRun(std::vector<std::string> more) {
    const std::vector<std::string> run = {"generate", "--device", "cpu", "--show", "final", "--noise-text", kText};
    more.insert(more.begin(), run.begin(), run.end());
    return more;
}

class CliNoise : public ::testing::Test {
protected:
    std::optional<Trace> noisy(const std::string& level, const std::string& seed) {
        const std::string file = folder_.file("noisy.crystal");
        const Outcome made = runCli(noisyRun({"--noise", level, "--seed", seed, "--trace", file}));
        EXPECT_EQ(made.exitCode, 0) << made.err;
        auto trace = readTrace(file);
        EXPECT_TRUE(trace) << trace.error().message;
        return trace ? std::optional(*std::move(trace)) : std::nullopt;
    }

private:
    ScratchFolder folder_;
};

std::vector<uint32_t> opened(const Trace& trace) {
    return trace.canvas(0).maskedSlots();
}

TEST_F(CliNoise, MasksAShareOfTheTextAndKeepsTheRest) {
    const std::optional<Trace> run = noisy("0.5", "3");
    const std::optional<Trace> whole = noisy("1", "3");
    ASSERT_TRUE(run && whole);

    const size_t words = opened(*whole).size();
    EXPECT_GT(words, 15U) << "every token of the text vanishes at level 1";
    // A binomial count: four standard deviations.
    EXPECT_NEAR(static_cast<double>(opened(*run).size()), 0.5 * static_cast<double>(words), 2.0 * std::sqrt(static_cast<double>(words)));
    EXPECT_EQ(run->slots(), whole->slots()) << "no slots behind the text";
    const Canvas& last = run->canvas(run->steps());
    EXPECT_EQ(last.maskedCount(), 0U);
    std::string kept;
    for (uint32_t slot = 0; slot < last.textLength(); ++slot) {
        if (!run->canvas(0).isMasked(slot)) {
            EXPECT_EQ(last.token(slot), run->canvas(0).token(slot)) << slot;
            EXPECT_THAT(kText, HasSubstr(run->piece(last.token(slot)))) << slot;
        }
    }
}

TEST_F(CliNoise, TheSeedChoosesAndMoreNoiseTakesNoOthers) {
    const std::optional<Trace> some = noisy("0.4", "5");
    const std::optional<Trace> again = noisy("0.4", "5");
    const std::optional<Trace> more = noisy("0.7", "5");
    const std::optional<Trace> other = noisy("0.4", "6");
    ASSERT_TRUE(some && again && more && other);

    EXPECT_EQ(opened(*some), opened(*again));
    EXPECT_NE(opened(*some), opened(*other));
    EXPECT_THAT(opened(*more), ::testing::IsSupersetOf(opened(*some)));
    EXPECT_GT(opened(*more).size(), opened(*some).size());
}

TEST(Cli, RefusesNoiseThatIsNone) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {noisyRun({}), "add --noise 0.5"},
        {noisyRun({"--noise", "0"}), "must be above 0 and at most 1"},
        {noisyRun({"--noise", "1.5"}), "must be above 0 and at most 1"},
        {noisyRun({"--noise", "nan"}), "must be above 0 and at most 1"},
        {noisyRun({"--noise", "1e-9", "--seed", "0"}), "none was masked"},
        {noisyRun({"--noise", "0.5", "-p", "Once"}), "--prompt excludes --noise-text"},
        {{"generate", "--device", "cpu", "--noise", "0.5"}, "--noise has no text"},
        {{"compare", "--device", "cpu", "--policies", "threshold", "--noise-text", kText, "--noise", "0.5"}, "--noise-text"}};
    for (const auto& [arguments, sentence] : cases) {
        SCOPED_TRACE(sentence);
        const Outcome outcome = runCli(arguments);

        EXPECT_EQ(outcome.exitCode, 2);
        expectSentence(outcome.err);
        EXPECT_THAT(outcome.err, HasSubstr(sentence));
        EXPECT_EQ(outcome.out, "");
    }
}

}  // namespace
}  // namespace crystallite
