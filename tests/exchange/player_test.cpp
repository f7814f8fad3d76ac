#include "engine/exchange/player_page.h"
#include "tests/exchange/hostile_trace.h"
#include "tests/exchange/player_browser.h"
#include "tests/exchange/player_drive.h"
#include "tests/support/synthetic_trace.h"
#include "tests/trace/sample_trace.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>

namespace crystallite {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string percentText(float probability, const char* format) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), format, 100.0 * static_cast<double>(probability));
    return text.data();
}

void expectOpenSlot(const json& cell, const Trace& trace, uint32_t frame, uint32_t position) {
    const SlotBelief* belief = frame == 0 ? nullptr : trace.belief(frame, position, frame);
    const bool isGuessed = belief != nullptr && belief->candidates.front().probability >= 0.10F;
    EXPECT_THAT(std::string(cell["classes"]), HasSubstr("open"));
    if (!isGuessed) {
        EXPECT_EQ(cell["word"], "⬡");
        return;
    }
    const float best = belief->candidates.front().probability;
    EXPECT_NEAR(std::stod(std::string(cell["opacity"])), 0.15 + 0.70 * static_cast<double>(best), 1e-5);
    const long percent = std::lround(100.0 * static_cast<double>(best));
    EXPECT_THAT(std::string(cell["label"]), HasSubstr(std::to_string(percent) + " percent"));
}

void expectFrame(const json& seen, const Trace& trace, uint32_t frame) {
    SCOPED_TRACE(trace.header().modelName + " frame " + std::to_string(frame));
    const Canvas& canvas = trace.canvas(frame);
    ASSERT_EQ(seen["frame"], frame);
    EXPECT_EQ(seen["canvas"], "Canvas, step " + std::to_string(frame) + " of " + std::to_string(trace.steps()) + ", " +
                                  std::to_string(canvas.maskedCount()) + " masked");
    ASSERT_EQ(seen["cells"].size(), trace.slots());
    for (uint32_t position = 0; position < trace.slots(); ++position) {
        SCOPED_TRACE("slot " + std::to_string(position));
        const json& cell = seen["cells"][position];
        if (canvas.region(position) == SlotRegion::Room) {
            EXPECT_THAT(std::string(cell["classes"]), HasSubstr("absent"));
        } else if (canvas.isMasked(position)) {
            expectOpenSlot(cell, trace, frame, position);
        } else {
            EXPECT_THAT(std::string(cell["classes"]), HasSubstr("held"));
            const auto change = trace.lastChange(position, frame);
            const bool isNew = change && change->step == frame && change->event.kind == EventKind::Commit;
            EXPECT_EQ(std::string(cell["classes"]).find("committed") != std::string::npos, isNew);
            if (change) {
                const long percent = std::lround(100.0 * static_cast<double>(change->event.probability));
                EXPECT_THAT(std::string(cell["label"]),
                            HasSubstr("step " + std::to_string(change->step) + " at " + std::to_string(percent) + " percent"));
            }
        }
    }
}

/// Every frame, forward and backward, by the arrow keys.
void expectEveryFrame(const Trace& trace) {
    const json seen = drive(trace, R"(
const all = [seen()];
for (let step = 0; step < steps; ++step) { key("ArrowRight"); all.push(seen()); }
const back = [];
for (let step = 0; step < steps; ++step) { key("ArrowLeft"); back.push(seen()); }
leave({ all, back });
)");
    ASSERT_EQ(seen["all"].size(), trace.steps() + 1U);
    for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
        expectFrame(seen["all"][frame], trace, frame);
    }
    for (uint32_t frame = 0; frame < trace.steps(); ++frame) {
        EXPECT_EQ(seen["back"][trace.steps() - 1 - frame]["cells"], seen["all"][frame]["cells"]) << "stepping back reverses stepping on";
    }
}

TEST(Player, ShowsWhatTheTraceHoldsAtEveryFrame) {
    if (!hasBrowser()) {
        GTEST_SKIP() << "no Chromium is installed";
    }
    expectEveryFrame(testing::syntheticTrace({.length = 24, .steps = 12, .blockLength = 12, .finishedSteps = 12, .remasks = true}));
    expectEveryFrame(changingTrace());
    expectEveryFrame(sampleBoardTrace(4));
}

TEST(Player, KeepsEveryBitOfEveryBelief) {
    if (!hasBrowser()) {
        GTEST_SKIP() << "no Chromium is installed";
    }
    const Trace trace = sampleTrace(6, 4);
    const json seen = drive(trace, R"(
const words = (column) => [...new Uint32Array(column.buffer)];
leave({ position: words(packed.position), entropy: words(packed.entropy), score: words(packed.score), ids: words(packed.ids),
  probabilities: words(packed.probabilities) });
)");
    size_t row = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const SlotBelief& belief : trace.record(step).beliefs) {
            EXPECT_EQ(seen["position"][row], belief.position);
            EXPECT_EQ(seen["entropy"][row], std::bit_cast<uint32_t>(belief.entropy));
            EXPECT_TRUE(std::isnan(belief.score) || seen["score"][row] == std::bit_cast<uint32_t>(belief.score));
            for (size_t rank = 0; rank < belief.candidates.size(); ++rank) {
                const size_t at = row * belief.candidates.size() + rank;
                EXPECT_EQ(seen["ids"][at], belief.candidates[rank].id);
                EXPECT_EQ(seen["probabilities"][at], std::bit_cast<uint32_t>(belief.candidates[rank].probability));
            }
            ++row;
        }
    }
    EXPECT_EQ(seen["position"].size(), row);
}

TEST(Player, InspectsASlotWithItsNumbers) {
    if (!hasBrowser()) {
        GTEST_SKIP() << "no Chromium is installed";
    }
    const Trace trace = testing::syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12});
    const uint32_t frame = 5;
    const SlotBelief& belief = trace.record(frame).beliefs.back();
    const json seen =
        drive(trace, "for (let i = 0; i < 5; ++i) key('ArrowRight'); select(" + std::to_string(belief.position) + "); leave(seen());");
    ASSERT_EQ(seen["candidates"].size(), belief.candidates.size() + 1);
    for (size_t rank = 0; rank < belief.candidates.size(); ++rank) {
        EXPECT_EQ(seen["candidates"][rank], percentText(belief.candidates[rank].probability, "%.2f %%m"));
    }
    EXPECT_THAT(std::string(seen["candidates"].back()), ::testing::EndsWith("d")) << "what is left over is derived";
    std::array<char, 32> entropy{};
    std::snprintf(entropy.data(), entropy.size(), "%.4f natsm", static_cast<double>(belief.entropy));
    EXPECT_THAT(seen["inspector"].dump(), HasSubstr(entropy.data()));
}

TEST(Player, PlaysSilentlyAndSpeaksAtTheEnd) {
    if (!hasBrowser()) {
        GTEST_SKIP() << "no Chromium is installed";
    }
    const Trace trace = testing::syntheticTrace({.length = 16, .steps = 4, .finishedSteps = 4});
    const json seen = drive(trace, R"(
const moments = [];
key(" ");
const playing = isPlaying();
const watcher = setInterval(() => moments.push({ frame: view.frame, live: document.getElementById("live").textContent, playing: isPlaying() }), 100);
setTimeout(() => { clearInterval(watcher); leave({ playing, moments, last: seen(), fastest: Math.max(...SPEEDS) }); }, 4000);
)");
    EXPECT_EQ(seen["playing"], true);
    for (const json& moment : seen["moments"]) {
        EXPECT_TRUE(moment["playing"] == false || moment["live"] == "") << moment;
    }
    EXPECT_EQ(seen["last"]["frame"], trace.steps());
    EXPECT_EQ(seen["last"]["live"], seen["last"]["sentence"]);
    EXPECT_LE(seen["fastest"], 6.0) << "a faster one could flash more than three times a second";
}

TEST(Player, HostileTokensStayText) {
    const Trace trace = hostileTrace();
    const std::string page = pageOf(trace, "</title><script>x</script>.crystal");
    const size_t data = page.find("id=\"run\">");
    ASSERT_NE(data, std::string::npos);
    EXPECT_EQ(page.find("taken'</script>"), std::string::npos);
    EXPECT_EQ(page.find("<img"), std::string::npos);
    EXPECT_EQ(page.find("<script>x"), std::string::npos);
    if (!hasBrowser()) {
        GTEST_SKIP() << "no Chromium is installed";
    }
    const json seen = drive(trace, R"(
key("End"); select(1);
leave({ title: document.title, scripts: document.scripts.length, images: document.images.length, state: seen() });
)");
    EXPECT_EQ(seen["title"], "run.crystal – Crystallite");
    EXPECT_EQ(seen["images"], 0);
    EXPECT_EQ(seen["scripts"], 9) << "the run, seven parts of the player, and this test";
    EXPECT_EQ(seen["state"]["cells"][1]["word"], trace.piece(testing::kFirstScriptedPiece));
    EXPECT_EQ(seen["state"]["cells"][5]["word"], "E282") << "bytes that are no text are shown as bytes";
}

TEST(Player, FetchesNothing) {
    const std::string page = pageOf(testing::syntheticTrace({.length = 16, .steps = 4, .finishedSteps = 4}));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    for (const char* fetched : {"src=", "href=", "@import", "url(h", "fetch(", "XMLHttpRequest", "import("}) {
        EXPECT_EQ(page.find(fetched), std::string::npos) << fetched;
    }
}

/// A page is something to send to somebody.
TEST(Player, ALargeRunIsASmallFile) {
    const Trace trace = testing::syntheticTrace({.length = 128, .steps = 128, .finishedSteps = 128});
    const size_t bytes = pageOf(trace).size();
    RecordProperty("bytes_128_slots_128_steps", static_cast<int>(bytes));
    EXPECT_LE(bytes, 1'500'000U);
    std::printf("128 slots, 128 steps: %zu bytes\n", bytes);
}

}  // namespace
}  // namespace crystallite
