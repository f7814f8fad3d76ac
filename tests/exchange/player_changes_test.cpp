// What happens to slots as such, on the page: how far a belief moved, which came and went, and what a person did.

#include "engine/trace/branch.h"
#include "tests/exchange/hostile_trace.h"
#include "tests/exchange/player_browser.h"
#include "tests/exchange/player_drive.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace crystallite {
namespace {

using nlohmann::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class PlayerChanges : public ::testing::Test {
protected:
    void SetUp() override {
        if (!hasBrowser()) {
            GTEST_SKIP() << "no Chromium is installed";
        }
    }
};

/// Each step of the divergence written out: the outcomes that both list, and all others as one.
double slowShift(const SlotBelief& before, const SlotBelief& now) {
    double sum = 0.0;
    double restNow = 1.0;
    double restBefore = 1.0;
    for (const Candidate& a : now.candidates) {
        for (const Candidate& b : before.candidates) {
            if (a.id == b.id) {
                const auto p = static_cast<double>(a.probability);
                const auto q = static_cast<double>(b.probability);
                sum += p > 0.0 ? p * std::log(p / std::max(q, 1e-6)) : 0.0;
                restNow -= p;
                restBefore -= q;
            }
        }
    }
    sum += restNow > 0.0 ? restNow * std::log(restNow / std::max(restBefore, 1e-6)) : 0.0;
    return std::max(sum, 0.0);
}

/// Three steps that ask about three slots: one stays where it is, one moves, one has other candidates from step to step. Then the first is
/// committed and the last step asks about the others.
Trace movingBeliefs() {
    const auto word = [](uint32_t index) { return testing::kFirstScriptedPiece + index; };
    const auto belief = [&word](uint32_t position, float first, uint32_t second, float p) {
        return testing::handWorkedBelief(position, {{.id = word(position), .probability = first}, {.id = word(second), .probability = p}});
    };
    testing::ScriptedRun run{.length = 3, .pieces = {"a", "b", "c", "d", "e", "f", "g", "h", "i"}};
    const std::vector<SlotBelief> first = {belief(1, 0.5F, 4, 0.25F), belief(2, 0.06F, 5, 0.05F), belief(3, 0.6F, 6, 0.2F)};
    const std::vector<SlotBelief> second = {belief(1, 0.5F, 4, 0.25F), belief(2, 0.9F, 5, 0.05F), belief(3, 0.3F, 7, 0.25F)};
    const std::vector<SlotBelief> third = {belief(2, 0.999F, 5, 0.0005F), belief(3, 0.002F, 8, 0.001F)};
    const SlotEvent commit{.kind = EventKind::Commit, .position = 1, .after = word(1), .probability = 0.5F};
    run.steps = {{.beliefs = first, .events = {}}, {.beliefs = second, .events = {commit}}, {.beliefs = third, .events = {}}};
    return testing::scriptedTrace(run);
}

TEST_F(PlayerChanges, AStripSaysHowFarABeliefMoved) {
    const Trace trace = movingBeliefs();
    const json seen = drive(trace, R"(
const strips = () => cells.map(({ element }) => element.querySelector(".shift")?.style.width ?? null);
const off = []; const on = []; const shifts = [];
for (let frame = 0; frame <= steps; ++frame) { stepTo(frame); off.push(strips()); }
document.getElementById("shifts").click();
for (let frame = 0; frame <= steps; ++frame) { stepTo(frame); on.push(strips()); shifts.push(cells.map((_, at) => beliefShift(frame, at))); }
leave({ off, on, shifts });
)");
    double largest = 0.0;
    for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            SCOPED_TRACE("frame " + std::to_string(frame) + " slot " + std::to_string(position));
            EXPECT_TRUE(seen["off"][frame][position].is_null());
            const SlotBelief* before = frame > 1 ? trace.belief(frame - 1, position, frame) : nullptr;
            const SlotBelief* now = frame > 1 ? trace.belief(frame, position, frame) : nullptr;
            const bool isOpen = trace.canvas(frame).isMasked(position);
            if (before == nullptr || now == nullptr) {
                EXPECT_TRUE(seen["on"][frame][position].is_null()) << "what was not asked twice did not move";
                continue;
            }
            const double shift = slowShift(*before, *now);
            largest = std::max(largest, shift);
            // Sums of a few terms in double on both sides.
            EXPECT_NEAR(seen["shifts"][frame][position].get<double>(), shift, 1e-12);
            if (isOpen) {
                const double width = std::stod(seen["on"][frame][position].get<std::string>());
                EXPECT_NEAR(width, 100.0 * std::min(shift / 2.0, 1.0), 0.051) << "one digit is shown";
            }
        }
    }
    EXPECT_GT(largest, 2.0) << "else the end of the scale is not tested";
}

TEST_F(PlayerChanges, InsertedAndDeletedSlotsAreMarked) {
    // Step 1 inserts a slot at position 2, step 3 deletes it.
    const json seen = drive(changingTrace(), R"(
const all = [];
for (let frame = 0; frame <= steps; ++frame) {
  stepTo(frame);
  all.push(cells.map(({ element }) => ({ inserted: element.classList.contains("inserted"), gap: element.querySelector(".gap")?.textContent ?? "",
    plus: element.querySelector(".plus")?.textContent ?? "", label: element.getAttribute("aria-label") ?? "" })));
}
leave({ all, sentences: [...Array(steps + 1).keys()].map(frameSentence) });
)");
    for (uint32_t frame = 0; frame <= 4; ++frame) {
        for (uint32_t position = 0; position < 7; ++position) {
            SCOPED_TRACE("frame " + std::to_string(frame) + " slot " + std::to_string(position));
            const json& cell = seen["all"][frame][position];
            const bool comes = frame == 1 && position == 2;
            const bool goes = frame == 3 && position == 2;
            EXPECT_EQ(cell["inserted"], comes);
            EXPECT_EQ(cell["plus"], comes ? "+" : "");
            EXPECT_EQ(cell["gap"], goes ? "−1" : "");
            EXPECT_EQ(cell["label"].get<std::string>().ends_with(", inserted in this step"), comes);
            EXPECT_EQ(cell["label"].get<std::string>().ends_with(", slots deleted in front of it: 1"), goes);
        }
    }
    EXPECT_THAT(seen["sentences"][1].get<std::string>(), HasSubstr(", 1 inserted"));
    EXPECT_THAT(seen["sentences"][3].get<std::string>(), HasSubstr(", 1 deleted"));
}

/// A run that a person stopped after four of eight steps, to change one slot of each kind; the model was not asked since.
struct ByHand {
    Trace trace;
    uint32_t remasked = 0;
    uint32_t written = 0;
    std::vector<uint32_t> preferred;
};

ByHand changedByHand() {
    const Trace parent = testing::syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8});
    Result<Trace> branch = branchOf(parent, 4);
    EXPECT_TRUE(branch);
    ByHand made{.trace = *std::move(branch)};
    const Canvas& canvas = made.trace.canvas(4);
    const std::vector<uint32_t> open = canvas.maskedSlots();
    made.remasked = made.trace.record(4).events.front().position;
    made.written = open[0];
    made.preferred = {open[3], open[1]};
    const TokenId mask = made.trace.header().maskId;
    const TokenId word = canvas.token(made.remasked);
    constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
    std::vector<SlotEvent> events = {
        {.kind = EventKind::Remask, .position = made.remasked, .before = word, .after = mask, .probability = kUnknown},
        {.kind = EventKind::Commit, .position = made.written, .before = mask, .after = word, .probability = kUnknown}};
    for (const uint32_t position : made.preferred) {
        events.push_back({.kind = EventKind::Prefer, .position = position, .before = mask, .after = mask, .probability = kUnknown});
    }
    const Result<void> appended = appendByHand(made.trace, std::move(events));
    EXPECT_TRUE(appended) << appended.error().message;
    return made;
}

TEST_F(PlayerChanges, WhatAHandDidIsMarkedAndNeverASampler) {
    const ByHand made = changedByHand();
    const json seen = drive(made.trace, R"(
const marks = () => cells.map(({ element }) => element.querySelector(".hand")?.textContent ?? "");
stepTo(4); const before = marks();
stepTo(5);
const table = () => [...document.querySelectorAll("#inspector tr.now td")].at(-1).textContent;
select()" + std::to_string(made.written) + R"(); const change = table();
leave({ before, after: marks(), change, seen: seen(), inspector: document.getElementById("inspector").textContent });
)");
    for (uint32_t position = 0; position < made.trace.slots(); ++position) {
        SCOPED_TRACE(position);
        EXPECT_EQ(seen["before"][position], "");
        const bool isChanged = position == made.remasked || position == made.written;
        const auto queued = std::find(made.preferred.begin(), made.preferred.end(), position);
        const bool isQueued = queued != made.preferred.end();
        EXPECT_EQ(seen["after"][position], isQueued ? "#" + std::to_string(queued - made.preferred.begin() + 1) : isChanged ? "✎" : "");
    }
    const json& cells = seen["seen"]["cells"];
    EXPECT_THAT(cells[made.written]["label"].get<std::string>(), EndsWith("written by hand at step 5")) << "a hand is not sure by a number";
    EXPECT_THAT(cells[made.preferred[1]]["label"].get<std::string>(), EndsWith("to be committed as number 2"));
    EXPECT_EQ(seen["change"], "commit by hand");
    EXPECT_THAT(seen["seen"]["sentence"].get<std::string>(), EndsWith("Made by hand."));
    EXPECT_THAT(seen["inspector"].get<std::string>(), HasSubstr("made by hand; no pass"));
}

TEST_F(PlayerChanges, AfterAHandTheNewestBeliefStands) {
    const ByHand made = changedByHand();
    const uint32_t position = made.preferred.front();
    const SlotBelief* belief = made.trace.belief(4, position, 5);
    ASSERT_NE(belief, nullptr);
    const json seen =
        drive(made.trace, "stepTo(5); select(" + std::to_string(position) +
                              "); leave({ caption: document.querySelector('#inspector caption').textContent, seen: seen() });");

    EXPECT_EQ(seen["caption"], "Candidates of step 4") << "the step that asked is named";
    EXPECT_EQ(seen["seen"]["candidates"].size(), belief->candidates.size() + 1);
    EXPECT_THAT(seen["seen"]["cells"][position]["classes"].get<std::string>(), Not(HasSubstr("waiting")));
}

}  // namespace
}  // namespace crystallite
