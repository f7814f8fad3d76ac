#pragma once

#include "engine/base/result.h"
#include "engine/trace/decode_settings.h"

#include <map>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace crystallite::cli {

/// How a run is to be denoised, as it is typed; everything but the seed.
struct DecodeChoice {
    std::optional<std::string> order;
    std::optional<std::string> policy;
    std::optional<std::string> remask;
    std::optional<std::string> cache;
    bool beyondEnd = false;
    std::map<std::string, std::optional<double>> options;  ///< by name
    std::map<std::string, bool> flags;
    DecodeRequest request;
};

/// --length, --steps, --policy, … and one for each option that a policy may look at.
void addDecodeOptions(CLI::App& command, DecodeChoice& choice);

/// InvalidArgument for a name that is not in its table.
Result<DecodeRequest> requestOf(const DecodeChoice& choice);

}  // namespace crystallite::cli
