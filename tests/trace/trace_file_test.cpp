#include "engine/trace/trace_file.h"

#include "engine/trace/decode_option.h"
#include "tests/trace/sample_trace.h"
#include "tests/trace/temporary_folder.h"
#include "tests/trace/trace_file_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace crystallite {
namespace {

using ::testing::HasSubstr;

constexpr uint32_t kLength = 12;

TEST(TraceFile, ASavedTraceReadsBackToTheBit) {
    const TemporaryFolder folder;
    Trace trace = sampleTrace(kLength, kLength);
    trace.setStatus(RunStatus::Complete);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, kLength);
    EXPECT_EQ(read->status(), RunStatus::Complete);
    EXPECT_EQ(read->pieces(), trace.pieces());
    EXPECT_TRUE(read->isControl(3));
    EXPECT_FALSE(read->isControl(5));
}

TEST(TraceFile, KeepsABoardAndWhatIsGivenOnIt) {
    const TemporaryFolder folder;
    const Trace trace = sampleBoardTrace(4);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 4);
    EXPECT_EQ(read->header().layout, (GridLayout{.rows = 3, .columns = 4, .boxRows = 3, .boxColumns = 2}));
    EXPECT_EQ(read->canvas(0).pinnedSlots(), trace.canvas(0).pinnedSlots());
    EXPECT_EQ(read->canvas(0).region(5), SlotRegion::Pinned);
    EXPECT_EQ(read->promptLength(), 0U);
}

/// Format 1 had the same tables but for `canvas`.
TEST(TraceFile, ReadsFormatOne) {
    const TemporaryFolder folder;
    const Trace trace = sampleTrace(kLength, 5);
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    tamper(folder / "run.ctrace", "DROP TABLE bookmark; DROP TABLE setting; DROP TABLE canvas; PRAGMA user_version = 1");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 5, false);
    EXPECT_FALSE(read->header().layout.has_value());
}

/// Format 2 had no table `setting`.
TEST(TraceFile, ReadsFormatTwo) {
    const TemporaryFolder folder;
    const Trace trace = sampleBoardTrace(4);
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    tamper(folder / "run.ctrace", "DROP TABLE setting; PRAGMA user_version = 2");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 4, false);
    EXPECT_EQ(read->header().settings.policy, DecodePolicy::Llada);
}

/// Format 3 had no table `pass`, no cache and no end at which a run stops.
TEST(TraceFile, ReadsFormatThree) {
    const TemporaryFolder folder;
    const Trace trace = sampleTrace(kLength, 5);
    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    tamper(folder / "run.ctrace", "DROP TABLE pass; DELETE FROM setting WHERE name IN ('cache', 'stops_at_end'); PRAGMA user_version = 3");

    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 5, false);
    EXPECT_TRUE(read->record(1).lacksPasses());
    EXPECT_EQ(read->header().settings.cache, CacheKind::None);
}

TEST(TraceFile, KeepsTheBlocksTheCacheAndEveryKindOfPass) {
    const TemporaryFolder folder;
    TraceHeader header = sampleTrace(kLength, 0).header();
    header.settings = usualSettings(DecodePolicy::Llada21);
    header.settings.length = kLength;
    header.settings.steps = kLength;
    header.settings.blockLength = 4;
    header.settings.blockAnchor = BlockAnchor::Text;
    header.settings.blockOffset = 3;
    header.settings.cache = CacheKind::Exact;
    header.settings.stopsAtEnd = true;
    Trace trace(header, Canvas(std::vector<TokenId>{3, 4}, kLength, 0), {{0, "<mask>"}}, {0});
    StepRecord record = nextSampleStep(trace);
    record.eligibleEnd = 5;
    record.beliefs.resize(3);
    record.forwardPasses = 2;
    record.passes = {{.kind = PassKind::Prefill, .first = 0, .rows = 1},
                     {.kind = PassKind::Commit, .first = 1, .rows = 2},
                     {.kind = PassKind::Refresh, .first = 0, .rows = 7},
                     {.kind = PassKind::Denoise, .first = 3, .rows = 4}};
    trace.append(record);
    // A step that can exchange tokens has beliefs about them, too.
    StepRecord exchange = nextSampleStep(trace);
    exchange.eligibleEnd = 5;
    exchange.beliefs.resize(2);
    exchange.beliefs.insert(exchange.beliefs.begin(), record.beliefs.front());
    exchange.events = {{.kind = EventKind::Edit, .position = 2, .before = record.events[0].after, .after = 12, .probability = 0.5F}};
    exchange.maskedAfter = exchange.maskedBefore;
    trace.append(exchange);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 2);
    EXPECT_EQ(read->record(1).passes, record.passes);
}

TEST(TraceFile, KeepsEverySettingOfEveryPolicy) {
    const TemporaryFolder folder;
    for (const PolicyTraits& traits : policies()) {
        for (const RemaskRule remask : {RemaskRule::Cap, RemaskRule::Loop}) {
            TraceHeader header = sampleTrace(kLength, 0).header();
            header.settings = usualSettings(traits.policy, traits.policy == DecodePolicy::Remdm ? remask : RemaskRule::Cap);
            header.settings.length = kLength;
            header.settings.steps = kLength;
            if (traits.models == PolicyModels::BlockCausal) {
                header.settings.blockLength = kLength;
                header.settings.blockAnchor = BlockAnchor::Text;
            }
            // Values that have no short decimal form.
            for (const DecodeOption& option : decodeOptions()) {
                if (option.appliesTo(header.settings) && option.name != "t_off") {
                    const double value = std::min(option.highest, option.valueIn(header.settings) + 1.0 / 3.0);
                    ASSERT_TRUE(option.setIn(header.settings, option.isWhole() ? std::ceil(value) : value)) << option.name;
                }
            }
            const Trace trace(header, Canvas(std::vector<TokenId>{3}, kLength, 0, {}, header.settings.room()), {{0, "<mask>"}}, {0});

            ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace)) << traits.name;
            const Result<Trace> read = readTrace(folder / "run.ctrace");

            ASSERT_TRUE(read) << read.error().message;
            EXPECT_EQ(read->header(), header) << traits.name;
            EXPECT_EQ(read->canvas(0), trace.canvas(0)) << traits.name;
        }
    }
}

TEST(TraceFile, KeepsATextThatGrowsAndShrinks) {
    const TemporaryFolder folder;
    TraceHeader header = sampleTrace(kLength, 0).header();
    header.settings = usualSettings(DecodePolicy::DreamOn);
    header.settings.length = 2;
    header.settings.steps = 4;
    header.settings.maxLength = 3;
    Trace trace(header, Canvas(std::vector<TokenId>{3}, 2, 0, {}, 1), {{0, "<mask>"}}, {0});
    StepRecord grow = nextSampleStep(trace);
    grow.eligibleEnd = 3;
    grow.events.push_back({.kind = EventKind::Insert, .position = 1, .before = 0, .after = 0, .probability = 0.5F});
    ++grow.maskedAfter;
    trace.append(grow);
    StepRecord shrink = nextSampleStep(trace);
    shrink.events = {{.kind = EventKind::Delete, .position = 2, .before = 10, .after = 0, .probability = 0.5F}};
    shrink.maskedAfter = shrink.maskedBefore;
    trace.append(shrink);

    ASSERT_TRUE(saveTrace(folder / "run.ctrace", trace));
    const Result<Trace> read = readTrace(folder / "run.ctrace");

    ASSERT_TRUE(read) << read.error().message;
    expectSameRun(*read, trace, 2);
    tamper(folder / "run.ctrace", "UPDATE setting SET value = 2.0 WHERE name = 'max_length'");
    EXPECT_THAT(readTrace(folder / "run.ctrace").error().message, HasSubstr("does not fit"));
}

}  // namespace
}  // namespace crystallite
