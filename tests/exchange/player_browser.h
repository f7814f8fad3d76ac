#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace crystallite {

/// Whether a browser is installed. Under CI its absence fails the running test; elsewhere the test says that it was left out.
bool hasBrowser();

/// Loads `page` with `script` at its end in headless Chromium, without a network, and returns what the script left as the text of an
/// element `<pre id="probe">`. Nothing when there was none. `wishes` are switches of Chromium that stand for what a reader's system asks
/// for.
std::optional<std::string> probed(const std::string& page, const std::string& script, const std::filesystem::path& folder,
                                  const std::string& wishes = "");

}  // namespace crystallite
