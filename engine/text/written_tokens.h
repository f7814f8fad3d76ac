#pragma once

#include "engine/text/tokenizer_data.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Finds control and user-defined tokens ("<|user|>") that are written out in a text. Immutable; any thread.
class WrittenTokens {
public:
    explicit WrittenTokens(const TokenizerData& data);

    struct Hit {
        size_t position = 0;  ///< the text's size when there is none
        size_t length = 0;
        TokenId id = 0;
    };
    /// The first place where one stands; of several that begin there, the longest.
    [[nodiscard]] Hit findFirst(std::string_view text) const;

private:
    struct Entry {
        std::string text;
        TokenId id = 0;
    };
    std::array<std::vector<Entry>, 256> startingWith_;  // by first byte, falling length
};

}  // namespace crystallite
