#pragma once

#include "engine/trace/decode_policy.h"
#include "engine/trace/decode_settings.h"

#include <QString>

#include <string_view>

namespace crystallite {

/// What the policy does, for a person.
[[nodiscard]] QString policyText(DecodePolicy policy);
/// Which slots commit when is decided by chance, whatever the model is sure of.
[[nodiscard]] bool ignoresConfidence(const DecodeSettings& settings);
/// What stands beside the option in a form; the option's own name for one that nobody knows.
[[nodiscard]] QString optionLabel(std::string_view option);
/// What the option of this name does; empty for a name that nobody knows.
[[nodiscard]] QString optionText(std::string_view option);

}  // namespace crystallite
