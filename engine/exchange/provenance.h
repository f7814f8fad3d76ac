#pragma once

#include <span>
#include <string_view>

namespace crystallite {

/// Where a field of an exported run comes from.
struct FieldProvenance {
    std::string_view path;  ///< of the JSON document: "steps.beliefs.entropy"
    char tag = 'm';         ///< 'm' measured by the run or read from its files, 'd' derived from measured fields
    std::string_view unit;  ///< "nats", "milliseconds", "probability"; empty: none
};

/// One entry for every field of the document that is not itself an object or a list.
std::span<const FieldProvenance> fieldProvenance();

}  // namespace crystallite
