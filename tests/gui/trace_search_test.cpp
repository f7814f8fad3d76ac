#include "app/trace_search.h"

#include "app/reading_text.h"
#include "app/search_text.h"
#include "app/token_text.h"
#include "tests/gui/told_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

enum Where { kCommits = 1, kGuesses = 2, kReading = 4, kEverywhere = 7 };

std::vector<SearchHit> searchAll(const Trace& trace, const char* typed, int where = kEverywhere) {
    SearchQuery query = parseSearch(QString::fromUtf8(typed));
    query.inCommits = (where & kCommits) != 0;
    query.inGuesses = (where & kGuesses) != 0;
    query.inReading = (where & kReading) != 0;
    TraceSearch search(query);
    while (!search.isDone(trace)) {
        search.advance(trace);
    }
    return search.hits();
}

std::vector<std::string> said(const Trace& trace, const std::vector<SearchHit>& hits) {
    std::vector<std::string> lines;
    for (const SearchHit& hit : hits) {
        lines.push_back((hitPlace(hit, trace) + QStringLiteral(": ") + hitText(hit, trace)).toStdString());
    }
    return lines;
}

/// " fox" is guessed third, then second, is committed in step 4, and stands beside " quick" from step 5 on.
ToldTrace foxTrace() {
    ToldTrace told({"The"}, {.length = 2, .steps = 5});
    told.step(
        {told.belief(1, {{" big", 0.3F}, {" quick", 0.2F}}, 0.3F), told.belief(2, {{" dog", 0.4F}, {" cat", 0.2F}, {" fox", 0.11F}}, 0.4F)},
        {});
    told.step({told.belief(1, {{" big", 0.3F}}, 0.3F), told.belief(2, {{" dog", 0.4F}, {" cat", 0.2F}, {" fox", 0.18F}}, 0.4F)}, {});
    told.step({told.belief(1, {{" big", 0.3F}}, 0.3F), told.belief(2, {{" dog", 0.4F}, {" fox", 0.3F}}, 0.4F)}, {});
    told.step({told.belief(1, {{" big", 0.3F}}, 0.3F), told.belief(2, {{" fox", 0.83F}}, 0.83F)}, {told.commit(2, " fox", 0.83F)});
    told.step({told.belief(1, {{" quick", 0.9F}}, 0.9F)}, {told.commit(1, " quick", 0.9F)});
    return told;
}

TEST(TraceSearch, TellsWhereATokenWasGuessedAndCommittedAndJoinsEqualMatches) {
    const ToldTrace told = foxTrace();

    EXPECT_THAT(said(told.trace(), searchAll(told.trace(), "FOX", kCommits | kGuesses)),
                ElementsAre("steps 1–2 · Position 3: guess no. 3: “fox”, p 0.11–0.18", "step 3 · Position 3: guess no. 2: “fox”, p 0.30",
                            "step 4 · Position 3: committed “fox”, p 0.83", "step 4 · Position 3: best guess “fox”, p 0.83"));
}

TEST(TraceSearch, AGuessThatTwoDigitsWouldHideIsNotCalledNone) {
    ToldTrace told({"The"}, {.length = 2, .steps = 2}, 2);
    told.step({told.belief(1, {{" x", 0.9F}, {" fox", 0.004F}}, 0.9F)}, {});
    told.step({told.belief(1, {{" x", 0.9F}, {" fox", 0.02F}}, 0.9F)}, {});

    EXPECT_THAT(said(told.trace(), searchAll(told.trace(), "fox", kGuesses)),
                ElementsAre("steps 1–2 · Position 2: guess no. 2: “fox”, p 0.00–0.02"));

    ToldTrace never({"The"}, {.length = 2, .steps = 2}, 2);
    never.step({never.belief(1, {{" x", 0.9F}, {" fox", 0.004F}}, 0.9F)}, {});
    EXPECT_THAT(said(never.trace(), searchAll(never.trace(), "fox", kGuesses)),
                ElementsAre("step 1 · Position 2: guess no. 2: “fox”, p below 0.01"));
}

TEST(TraceSearch, FindsATextOverSeveralTokensOnceItStands) {
    const ToldTrace told = foxTrace();

    EXPECT_THAT(said(told.trace(), searchAll(told.trace(), "ick f", kEverywhere)),
                ElementsAre("step 5 · Positions 2–3: reads “quick fox”"));
    EXPECT_THAT(said(told.trace(), searchAll(told.trace(), "the", kReading)), ElementsAre("steps 0–5 · Position 1: reads “The”"));
    EXPECT_THAT(searchAll(told.trace(), "the f", kReading), IsEmpty()) << "a masked slot stands between";
    EXPECT_THAT(searchAll(told.trace(), "the ", kReading), ElementsAre(::testing::Field(&SearchHit::firstStep, 5U)))
        << "the blank before a mask is nobody's text";
}

TEST(TraceSearch, FindsATokenByItsIdAlone) {
    ToldTrace told = foxTrace();
    const std::string id = "#" + std::to_string(told.id(" fox"));

    const std::vector<SearchHit> hits = searchAll(told.trace(), id.c_str());

    EXPECT_EQ(hits, searchAll(told.trace(), "fox", kCommits | kGuesses));
    EXPECT_EQ(parseSearch(QStringLiteral("#fox")).text, QStringLiteral("#fox"));
    EXPECT_FALSE(parseSearch(QStringLiteral("#fox")).id);
    EXPECT_FALSE(parseSearch(QStringLiteral("#4294967296")).id) << "no id is that large";
    EXPECT_THAT(searchAll(told.trace(), "#999999"), IsEmpty());
}

TEST(TraceSearch, FollowsASlotThatOthersPush) {
    ToldTrace told({"A"}, {.length = 2, .steps = 4, .policy = DecodePolicy::DreamOn, .maxLength = 4}, 2);
    told.step({told.belief(1, {{" x", 0.2F}}, 0.2F), told.belief(2, {{" fox", 0.3F}}, 0.3F)},
              {ToldTrace::event(EventKind::Insert, 1, ToldTrace::kMask, 0.5F)});
    told.step({told.belief(1, {{" x", 0.2F}}, 0.2F), told.belief(2, {{" x", 0.2F}}, 0.2F), told.belief(3, {{" fox", 0.4F}}, 0.4F)},
              {ToldTrace::event(EventKind::Insert, 1, ToldTrace::kMask, 0.5F), told.commit(4, " fox", 0.4F)});

    const std::vector<SearchHit> hits = searchAll(told.trace(), "fox", kCommits | kGuesses);

    EXPECT_THAT(said(told.trace(), hits),
                ElementsAre("steps 1–2 · Position 4: best guess “fox”, p 0.30–0.40", "step 2 · Position 5: committed “fox”, p 0.40"));
    ASSERT_EQ(hits.size(), 2U);
    EXPECT_EQ(hitPosition(hits[0], told.trace()), 3U) << "where it stands after step 1";
    EXPECT_EQ(hits[0].key, hits[1].key);
}

TEST(TraceSearch, ASlotThatLeavesInItsStepIsNamedWhereItStood) {
    ToldTrace told({"A"}, {.length = 2, .steps = 4, .policy = DecodePolicy::DreamOn, .maxLength = 4}, 2);
    told.step({told.belief(1, {{" x", 0.2F}}, 0.2F), told.belief(2, {{" fox", 0.3F}}, 0.3F)},
              {told.commit(2, " fox", 0.3F), ToldTrace::event(EventKind::Delete, 2, ToldTrace::kMask, 0.3F)});

    const std::vector<SearchHit> hits = searchAll(told.trace(), "fox", kCommits);

    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hitPosition(hits[0], told.trace()), std::nullopt);
    EXPECT_EQ(hitPlace(hits[0], told.trace()).toStdString(), "step 1 · Position 3");
}

TEST(TraceSearch, FindsATokenByWhatItIsCalled) {
    ToldTrace told({"A"}, {.length = 1, .steps = 1});
    told.step({told.belief(1, {{"\n", 0.3F}}, 0.3F)}, {told.commit(1, "\n", 0.3F)});

    EXPECT_EQ(searchAll(told.trace(), "line break", kCommits).size(), 1U);
}

TEST(TraceSearch, IsTheSameFrameByFrameWhileARunGrows) {
    const Trace whole = syntheticTrace({.length = 64, .steps = 32, .finishedSteps = 32, .remasks = true});
    Trace growing(whole.header(), whole.canvas(0), whole.pieces(), {});
    TraceSearch search(parseSearch(QStringLiteral("the")));

    for (uint32_t step = 0; step <= whole.steps(); ++step) {
        if (step > 0) {
            growing.append(whole.record(step));
        }
        search.advance(growing);
        EXPECT_TRUE(search.isDone(growing));
    }

    EXPECT_EQ(search.hits(), searchAll(whole, "the"));
    EXPECT_FALSE(search.hits().empty());
}

/// Every match by looking at everything, without joining.
size_t countByHand(const Trace& trace, const QString& text) {
    size_t count = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const SlotBelief& belief : trace.record(step).beliefs) {
            for (const Candidate& candidate : belief.candidates) {
                count += QString::fromStdString(trace.piece(candidate.id)).toLower().contains(text) ? 1U : 0U;
            }
        }
    }
    return count;
}

TEST(TraceSearch, JoinedMatchesCoverEveryGuessOnce) {
    const Trace trace = syntheticTrace({.length = 64, .steps = 32, .finishedSteps = 32, .remasks = true});
    size_t covered = 0;
    std::set<std::pair<uint32_t, uint32_t>> runs;

    for (const SearchHit& hit : searchAll(trace, "o", kGuesses)) {
        covered += hit.lastStep - hit.firstStep + 1;
        EXPECT_LE(hit.lowest, hit.highest);
        runs.insert({hit.key, hit.rank});
    }

    EXPECT_EQ(covered, countByHand(trace, QStringLiteral("o")));
    EXPECT_GT(runs.size(), 20U);
}

TEST(TraceSearch, StopsWhenThereIsTooMuchToShow) {
    // Every slot's best guess changes in every step, so that nothing joins.
    ToldTrace told({"A"}, {.length = 400, .steps = 300});
    for (uint32_t step = 0; step < 300; ++step) {
        std::vector<SlotBelief> beliefs;
        for (uint32_t slot = 1; slot <= 400; ++slot) {
            beliefs.push_back(told.belief(slot, {{step % 2 == 0 ? " even" : " ever", 0.5F}}, 0.5F));
        }
        told.step(beliefs, {});
    }
    TraceSearch search(parseSearch(QStringLiteral("eve")));

    while (!search.isDone(told.trace())) {
        search.advance(told.trace());
    }

    EXPECT_TRUE(search.isFull());
    EXPECT_EQ(search.hits().size(), TraceSearch::kMostHits);
}

TEST(TraceSearch, FindsNothingWhereThereIsNothing) {
    const ToldTrace told = foxTrace();

    EXPECT_THAT(searchAll(told.trace(), ""), IsEmpty());
    EXPECT_THAT(searchAll({}, "fox"), IsEmpty());
}

TEST(ReadingText, KnowsTheSlotOfEveryCharacter) {
    const ToldTrace told = foxTrace();

    const ReadingText reading = readFrame(told.trace(), 4);

    EXPECT_EQ(reading.text, QStringLiteral("The \u25A1 fox"));
    const uint32_t expected[] = {0, 0, 0, 1, 1, 2, 2, 2, 2};
    for (qsizetype index = 0; index < reading.text.size(); ++index) {
        EXPECT_EQ(reading.positionAt(index), expected[index]) << index;
    }
    EXPECT_EQ(reading.beginOf(2), 5);
}

TEST(ReadingText, JoinsACharacterThatTokensCut) {
    ToldTrace told({"\xE2\x98"}, {.length = 1, .steps = 1});
    told.step({told.belief(1, {{"\x83!", 0.3F}}, 0.3F)}, {told.commit(1, "\x83!", 0.3F)});

    const ReadingText reading = readFrame(told.trace(), 1);

    EXPECT_EQ(reading.text, QStringLiteral("\u2603!"));
    EXPECT_EQ(reading.positionAt(0), 1U);
    EXPECT_EQ(searchAll(told.trace(), "\xE2\x98\x83!", kReading).size(), 1U);
}

TEST(ReadingText, IsPromptAndAnswerUpToItsEnd) {
    const Trace trace = syntheticTrace({.length = 72, .steps = 36, .finishedSteps = 36});
    for (const uint32_t frame : {0U, 9U, 36U}) {
        std::string bytes;
        for (uint32_t position = 0; position < trace.promptLength(); ++position) {
            bytes += trace.piece(trace.canvas(0).token(position));
        }
        bytes += trace.answerText(frame, std::string(" ") + kMaskText, true);
        EXPECT_EQ(readFrame(trace, frame).text, QString::fromStdString(bytes)) << frame;
    }
}

TEST(ReadingText, OfABoardHasALinePerRow) {
    TraceHeader header{.maskId = 0, .layout = GridLayout{.rows = 2, .columns = 3, .boxRows = 2, .boxColumns = 3}};
    header.settings.length = 6;
    const std::vector<PinnedSlot> given = {{.position = 1, .id = 5}};
    const Trace trace(header, Canvas({}, 6, 0, given), {{5, "7"}}, {0});

    const ReadingText reading = readFrame(trace, 0);

    EXPECT_EQ(reading.text, QStringLiteral("\u25A1 7 \u25A1\n\u25A1 \u25A1 \u25A1"));
    EXPECT_EQ(reading.positionAt(2), 1U);
}

}  // namespace
}  // namespace crystallite::testing
