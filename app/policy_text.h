#pragma once

#include "engine/trace/decode_policy.h"

#include <QString>

#include <string_view>

namespace crystallite {

/// What the policy does, for a person.
[[nodiscard]] QString policyText(DecodePolicy policy);
/// What stands beside the option in a form; the option's own name for one that nobody knows.
[[nodiscard]] QString optionLabel(std::string_view option);
/// What the option of this name does; empty for a name that nobody knows.
[[nodiscard]] QString optionText(std::string_view option);

}  // namespace crystallite
