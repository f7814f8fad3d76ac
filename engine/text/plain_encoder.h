#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <memory>
#include <string_view>
#include <vector>

namespace crystallite {

/// Turns text without written-out control and user-defined tokens into ids. Immutable; any thread.
class PlainEncoder {
public:
    PlainEncoder() = default;
    PlainEncoder(const PlainEncoder&) = delete;
    PlainEncoder& operator=(const PlainEncoder&) = delete;
    virtual ~PlainEncoder() = default;

    /// Appends the ids of `text`, which is not empty; `isFirst`: nothing stands before it.
    virtual void encode(std::string_view text, bool isFirst, std::vector<TokenId>& ids) const = 0;
};

/// Unsupported when the model or the pre-tokenizer is unknown, Corrupt when the vocabulary lacks what it needs.
Result<std::unique_ptr<const PlainEncoder>> makePlainEncoder(const TokenizerData& data);

}  // namespace crystallite
