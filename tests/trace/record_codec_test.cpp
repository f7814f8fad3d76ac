#include "engine/trace/record_codec.h"

#include "tests/trace/sample_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using ::testing::ElementsAreArray;

std::vector<std::byte> bytesOf(std::initializer_list<unsigned> values) {
    std::vector<std::byte> bytes;
    for (const unsigned value : values) {
        bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
}

TEST(RecordCodec, WordsAreLittleEndianAndFloatsTheirBits) {
    const std::vector<TokenId> ids = {0x01020304};
    const std::vector<SlotEvent> events = {{.kind = EventKind::Remask, .position = 1, .before = 2, .after = 3, .probability = 1.0F}};

    EXPECT_THAT(packIds(ids), ElementsAreArray(bytesOf({4, 3, 2, 1})));
    EXPECT_THAT(packEvents(events), ElementsAreArray(bytesOf({2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0x80, 0x3F})));
}

TEST(RecordCodec, BeliefsAndEventsRoundTripToTheBit) {
    const StepRecord record = sampleTrace(6, 2).record(2);

    const auto beliefs = unpackBeliefs(packBeliefs(record.beliefs));
    const auto events = unpackEvents(packEvents(record.events));

    ASSERT_TRUE(beliefs && events);
    EXPECT_TRUE(*beliefs == record.beliefs);
    EXPECT_TRUE(*events == record.events);
}

TEST(RecordCodec, NothingRoundTripsToNothing) {
    EXPECT_TRUE(unpackBeliefs(packBeliefs({}))->empty());
    EXPECT_TRUE(unpackEvents(packEvents({}))->empty());
}

TEST(RecordCodec, EveryLengthThatDoesNotFitIsRefused) {
    const StepRecord record = sampleTrace(6, 1).record(1);
    const std::vector<std::byte> beliefs = packBeliefs(record.beliefs);
    const std::vector<std::byte> events = packEvents(record.events);
    const size_t beliefBytes = 4 * (7 + 2 * kRecordedCandidates);

    for (size_t length = 0; length < beliefs.size(); ++length) {
        const bool fits = length >= 4 && (length - 4) % beliefBytes == 0;
        EXPECT_EQ(unpackBeliefs(std::span(beliefs).first(length)).has_value(), fits) << length << " bytes";
    }
    for (size_t length = 1; length < events.size(); ++length) {
        EXPECT_FALSE(unpackEvents(std::span(events).first(length)).has_value()) << length << " bytes";
    }
    EXPECT_FALSE(unpackIds(bytesOf({1, 2, 3})).has_value());
}

TEST(RecordCodec, ImpossibleCountsAndKindsAreRefused) {
    EXPECT_FALSE(unpackBeliefs(bytesOf({0xFF, 0xFF, 0xFF, 0xFF})).has_value());
    std::vector<std::byte> event(20, std::byte{0});
    EXPECT_FALSE(unpackEvents(event).has_value());
    event[0] = std::byte{9};
    EXPECT_FALSE(unpackEvents(event).has_value());
}

}  // namespace
}  // namespace crystallite
