#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace crystallite::cli {

/// What a person wants to change, as written on a command line. Slots are counted as in the trace, from 0, prompt included.
struct HandChanges {
    std::vector<uint32_t> unpin;
    std::vector<uint32_t> remask;
    std::vector<std::string> choose;  ///< "5=#2"
    std::vector<std::string> write;   ///< "3=the sea"
    std::vector<std::string> pin;     ///< "17" or "17=cat"
    std::vector<uint32_t> prefer;
    std::vector<uint32_t> remove;
    std::vector<std::string> insert;  ///< "12x2"
};

/// Slots that the changes insert; what cannot be read counts for none and is refused by applyChanges().
uint32_t insertedSlots(const HandChanges& changes);

/// Appends the changes as one step by hand: in the order of the members, and those that move slots last, from the right, so that every
/// number means the slot that has it now. InvalidArgument when one cannot be read or made; the trace is then as it was.
Result<void> applyChanges(const Tokenizer& tokenizer, const HandChanges& changes, Trace& trace);

}  // namespace crystallite::cli
