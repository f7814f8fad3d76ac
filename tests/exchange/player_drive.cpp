#include "tests/exchange/player_drive.h"

#include "engine/exchange/player_page.h"
#include "tests/exchange/player_browser.h"
#include "tests/trace/temporary_folder.h"

#include <gtest/gtest.h>

namespace crystallite {
namespace {

/// Drives the page by keys and collects, after each, every slot and the inspector as they are shown.
constexpr const char* kDrive = R"(
const key = (name, more = {}) => document.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
const seen = () => ({
  frame: view.frame, sentence: document.getElementById("sentence").textContent, live: document.getElementById("live").textContent,
  canvas: canvasElement.getAttribute("aria-label"),
  cells: [...canvasElement.querySelectorAll(".cell")].map((cell) => ({ label: cell.getAttribute("aria-label"), classes: cell.className,
    word: cell.querySelector(".word")?.textContent ?? "", opacity: cell.querySelector(".word")?.style.opacity ?? "" })),
  inspector: [...document.querySelectorAll("#inspector > dl > dd")].map((cell) => cell.textContent),
  candidates: [...document.querySelectorAll("#inspector td.p")].map((cell) => cell.textContent) });
const leave = (value) => { const pre = document.createElement("pre"); pre.id = "probe"; pre.textContent = JSON.stringify(value);
  document.body.append(pre); };
)";

}  // namespace

std::string pageOf(const Trace& trace, const std::string& name) {
    std::string text;
    const ExportSink sink = [&text](std::string_view more) {
        text += more;
        return Result<void>();
    };
    EXPECT_TRUE(writePlayerPage(trace, {.name = name}, sink, {}));
    return text;
}

nlohmann::json drive(const Trace& trace, const std::string& script, const std::string& wishes) {
    const TemporaryFolder folder;
    const auto text = probed(pageOf(trace), kDrive + script, folder.path(), wishes);
    EXPECT_TRUE(text.has_value()) << "the page left nothing: its script failed";
    return text ? nlohmann::json::parse(*text) : nlohmann::json();
}

}  // namespace crystallite
