#pragma once

#include "engine/trace/trace.h"

#include <nlohmann/json.hpp>

#include <string>

namespace crystallite {

/// The page that plays `trace`.
std::string pageOf(const Trace& trace, const std::string& name = "run.crystal");

/// Runs `script` in that page and returns what it left with leave(). It has key(name), which presses a key, and seen(), which collects
/// every slot and the inspector as they are shown. `wishes` as those of probed(); a reader of English unless they say otherwise.
nlohmann::json drive(const Trace& trace, const std::string& script, const std::string& wishes = "--accept-lang=en");

}  // namespace crystallite
