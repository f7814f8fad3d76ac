#include "tests/exchange/player_browser.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace crystallite {
namespace {

std::string unescaped(std::string text) {
    const std::pair<std::string_view, std::string_view> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", "\xC2\xA0"}, {"&amp;", "&"}};
    for (const auto& [entity, character] : entities) {
        for (size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + character.size())) {
            text.replace(at, entity.size(), character);
        }
    }
    return text;
}

std::string outputOf(const std::string& command) {
    std::string text;
    FILE* pipe = ::popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    std::array<char, 65536> buffer{};
    for (size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        text.append(buffer.data(), count);
    }
    ::pclose(pipe);
    return text;
}

}  // namespace

bool hasBrowser() {
#ifdef CRYSTALLITE_CHROMIUM
    return true;
#else
    if (std::getenv("CI") != nullptr) {
        ADD_FAILURE() << "no Chromium: install the package chromium";
    }
    return false;
#endif
}

std::optional<std::string> probed(const std::string& page, const std::string& script, const std::filesystem::path& folder,
                                  const std::string& wishes) {
#ifdef CRYSTALLITE_CHROMIUM
    const std::filesystem::path file = folder / "probed.html";
    std::string changed = page;
    changed.insert(changed.rfind("</body>"), "<script>" + script + "</script>\n");
    std::ofstream(file, std::ios::binary) << changed;
    // Its own profile, no sandbox (test machines run as root), no GPU; virtual time makes playback quick and repeatable.
    const std::string dom =
        outputOf("timeout 120 " CRYSTALLITE_CHROMIUM " --headless --no-sandbox --disable-gpu " + wishes + " --user-data-dir='" +
                 (folder / "profile").string() + "' --virtual-time-budget=20000 --dump-dom 'file://" + file.string() + "' 2>/dev/null");
    const std::string_view begin = "<pre id=\"probe\">";
    const size_t at = dom.find(begin);
    if (at == std::string::npos) {
        return std::nullopt;
    }
    const size_t from = at + begin.size();
    return unescaped(dom.substr(from, dom.find("</pre>", from) - from));
#else
    static_cast<void>(page), static_cast<void>(script), static_cast<void>(folder), static_cast<void>(wishes);
    return std::nullopt;
#endif
}

}  // namespace crystallite
