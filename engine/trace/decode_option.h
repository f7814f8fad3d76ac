#pragma once

#include "engine/trace/decode_settings.h"

#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace crystallite {

/// A number or a flag that some policies look at. This description is all that the command line, the window and the trace file know of it.
struct DecodeOption {
    std::string_view name;     ///< the field's: "top_p"; "--top-p" on a command line
    std::string_view meaning;  ///< a phrase
    std::variant<double DecodeSettings::*, uint32_t DecodeSettings::*, bool DecodeSettings::*> field;
    double lowest = 0.0;  ///< of the values that are accepted
    double highest = 0.0;
    std::vector<DecodePolicy> policies;  ///< that look at it

    [[nodiscard]] bool isFlag() const { return std::holds_alternative<bool DecodeSettings::*>(field); }
    [[nodiscard]] bool isWhole() const { return !std::holds_alternative<double DecodeSettings::*>(field); }
    [[nodiscard]] bool appliesTo(const DecodeSettings& settings) const;
    [[nodiscard]] double valueIn(const DecodeSettings& settings) const;
    /// A value that the option's type or range does not hold is refused.
    Result<void> setIn(DecodeSettings& settings, double value) const;
    /// InvalidArgument when `value` is outside the range.
    [[nodiscard]] Result<void> check(double value) const;
};

std::span<const DecodeOption> decodeOptions();
/// nullptr: there is none of this name.
const DecodeOption* findDecodeOption(std::string_view name);

/// The settings of a policy as its authors publish them; length, steps, block length and seed are left at their defaults.
DecodeSettings usualSettings(DecodePolicy policy, RemaskRule remask = RemaskRule::Cap);

}  // namespace crystallite
