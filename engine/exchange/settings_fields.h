#pragma once

#include "engine/trace/decode_settings.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace crystallite {

/// One resolved setting of a run.
struct SettingsField {
    std::string name;
    std::variant<bool, uint64_t, float, double, std::string> value;
};

/// Settings as used, by the names that the command line has for them, with underscores: length, steps, block_length, policy, cache, order,
/// temperature and seed, then what the policy looks at besides.
std::vector<SettingsField> settingsFields(const DecodeSettings& settings);

}  // namespace crystallite
