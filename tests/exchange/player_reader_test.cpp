// The page and what a reader's system asks for: a language, rest, contrast. None of them takes anything away.

#include "engine/trace/branch.h"
#include "tests/exchange/hostile_trace.h"
#include "tests/exchange/player_browser.h"
#include "tests/exchange/player_drive.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <cmath>

namespace crystallite {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

/// Walks through every frame and every slot, so that every sentence that this run needs has been said.
constexpr const char* kSayEverything = R"(
let widest = 0; // how far the page reaches beyond its window
const everything = () => {
  for (let frame = 0; frame <= steps; ++frame) {
    stepTo(frame);
    for (let at = 0; at < slotCount; ++at) {
      select(at);
      widest = Math.max(widest, document.documentElement.scrollWidth - document.documentElement.clientWidth);
    }
  }
  select(null);
  key(" "); key(" ");
};
)";

/// Its slots were written, and some by hand, so that the inspector's tables are as wide as they get.
Trace handRun() {
    Trace trace = *branchOf(testing::syntheticTrace({.length = 6, .steps = 6, .finishedSteps = 6}), 4);
    const SlotEvent commit = trace.record(4).events.front();
    const TokenId other = trace.record(3).events.front().after;
    EXPECT_TRUE(appendByHand(
        trace,
        {{.kind = EventKind::Edit, .position = commit.position, .before = commit.after, .after = other, .probability = std::nanf("")},
         {.kind = EventKind::Pin, .position = commit.position, .before = other, .after = other, .probability = std::nanf("")}}));
    return trace;
}

Trace smallRun() {
    return testing::syntheticTrace({.length = 6, .steps = 6, .finishedSteps = 6, .remasks = true});
}

class PlayerReader : public ::testing::Test {
protected:
    void SetUp() override {
        if (!hasBrowser()) {
            GTEST_SKIP() << "no Chromium is installed";
        }
    }
};

TEST_F(PlayerReader, EverySentenceIsThereInEveryLanguage) {
    struct Language {
        const char* asked;
        const char* page;
        const char* play;
        const char* sentence;
    };
    for (const Language& language :
         {Language{"de-AT,en", "de", "Abspielen", "Schritt 6 von 6."}, Language{"zh-CN", "zh-Hans", "播放", "第 6 步，共 6 步。"}}) {
        for (const Trace& trace : {smallRun(), changingTrace(), handRun()}) {
            SCOPED_TRACE(language.asked + trace.header().modelName);
            const json seen = drive(trace, std::string(kSayEverything) + R"(
everything(); stepTo(steps);
leave({ widest, lang: document.documentElement.lang, untranslated: [...untranslated], play: document.getElementById("play").getAttribute("aria-label"),
  sentence: document.getElementById("sentence").textContent, name: document.getElementById("file").textContent,
  keys: Object.values(WORDS).map((words) => Object.keys(words).sort().join("\n")),
  places: Object.values(WORDS).flatMap((words) => Object.entries(words).filter(([english, other]) =>
    String(english.match(/\{\d\}/g)?.sort()) !== String(other.match(/\{\d\}/g)?.sort())).map(([english]) => english)),
  empty: Object.values(WORDS).flatMap((words) => Object.entries(words).filter(([, other]) => other === "").map(([english]) => english)) });
)",
                                    std::string("--accept-lang=") + language.asked);
            EXPECT_EQ(seen["lang"], language.page);
            EXPECT_EQ(seen["widest"], 0) << "a longer word made the page wider than its window";
            EXPECT_EQ(seen["untranslated"], json::array());
            EXPECT_EQ(seen["play"], language.play);
            EXPECT_EQ(seen["name"], "run.crystal") << "the name of a file is no word of the page";
            EXPECT_EQ(seen["keys"][0], seen["keys"][1]) << "both languages have the same sentences";
            EXPECT_EQ(seen["places"], json::array()) << "a sentence lost one of its numbers";
            EXPECT_EQ(seen["empty"], json::array());
            if (trace.steps() == 6) {
                EXPECT_THAT(std::string(seen["sentence"]), HasSubstr(language.sentence));
            }
        }
    }
}

TEST_F(PlayerReader, OtherLanguagesReadEnglish) {
    const json seen =
        drive(smallRun(), "leave({ lang: document.documentElement.lang, title: document.getElementById('inspector-title').textContent });",
              "--accept-lang=fr");
    EXPECT_EQ(seen["lang"], "en");
    EXPECT_EQ(seen["title"], "Inspector");
    const json first = drive(smallRun(), "leave(document.documentElement.lang);", "--accept-lang=fr,de,en");
    EXPECT_EQ(first, "de") << "the first that the page knows";
}

TEST_F(PlayerReader, NumbersHaveTheDecimalPointOfTheLanguage) {
    const Trace trace = smallRun();
    const std::string script = "stepTo(2); select(" + std::to_string(trace.record(2).beliefs.front().position) + "); leave(seen());";
    const std::string german = drive(trace, script, "--accept-lang=de")["candidates"][0];
    const std::string english = drive(trace, script)["candidates"][0];
    EXPECT_THAT(german, HasSubstr(","));
    EXPECT_THAT(english, HasSubstr("."));
}

constexpr const char* kMotion = R"(
key("ArrowRight");
const cell = canvasElement.querySelector(".cell.committed");
leave({ animation: getComputedStyle(cell).animationName, outline: getComputedStyle(cell, "::after").borderTopWidth, label: cell.getAttribute("aria-label") });
)";

TEST_F(PlayerReader, NothingMovesForWhoAsksForRest) {
    const json lively = drive(smallRun(), kMotion);
    const json still = drive(smallRun(), kMotion, "--accept-lang=en --force-prefers-reduced-motion");

    EXPECT_EQ(lively["animation"], "snap");
    EXPECT_EQ(still["animation"], "none");
    EXPECT_EQ(still["outline"], lively["outline"]) << "the outline says that the slot was committed";
    EXPECT_EQ(still["label"], lively["label"]);
}

constexpr const char* kContrast = R"(
document.documentElement.dataset.theme = "light";
stepTo(3);
const open = [...canvasElement.querySelectorAll(".cell.open")];
const style = (element, part) => getComputedStyle(element, part);
const guesses = open.filter((cell) => !cell.classList.contains("mark")).map((cell) => cell.querySelector(".word"));
leave({ fills: [...new Set(open.map((cell) => style(cell).backgroundColor))].length, outline: style(open[0], "::after").borderTopStyle,
  faint: open.filter((cell) => style(cell).opacity !== "1").length, guesses: guesses.length,
  veiled: guesses.filter((word) => style(word).opacity !== "1" || style(word).filter !== "none").length,
  committed: style(canvasElement.querySelector(".cell.committed"), "::after").borderTopWidth,
  muted: style(document.documentElement).getPropertyValue("--muted"), text: style(document.documentElement).getPropertyValue("--text"),
  labels: [...canvasElement.querySelectorAll(".cell")].map((cell) => cell.getAttribute("aria-label")) });
)";

TEST_F(PlayerReader, InHighContrastNoStateIsAFillOrAShade) {
    const Trace trace = testing::syntheticTrace({.length = 24, .steps = 12, .blockLength = 12, .finishedSteps = 12});
    const json usual = drive(trace, kContrast);
    const json strong = drive(trace, kContrast, "--accept-lang=en --force-high-contrast");

    EXPECT_GT(usual["fills"], 1) << "else nothing is tested";
    EXPECT_GT(usual["faint"], 0);
    EXPECT_GT(usual["veiled"], 0);
    EXPECT_EQ(strong["fills"], 1);
    EXPECT_EQ(strong["faint"], 0);
    EXPECT_EQ(strong["veiled"], 0);
    EXPECT_EQ(strong["guesses"], usual["guesses"]);
    EXPECT_NE(strong["outline"], usual["outline"]) << "an open slot is told by its outline";
    EXPECT_EQ(strong["committed"], "3px");
    EXPECT_EQ(strong["muted"], strong["text"]);
    EXPECT_EQ(strong["labels"], usual["labels"]) << "the same information";
}

}  // namespace
}  // namespace crystallite
