#pragma once

#include "engine/base/result.h"
#include "engine/text/expression.h"

#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Splits text into the pieces that byte-pair merges never cross, by the regular expressions that belong to a vocabulary.
/// Immutable; any thread.
class PreTokenizer {
public:
    /// `name` as in `tokenizer.ggml.pre`; Unsupported lists the known names.
    static Result<PreTokenizer> create(std::string_view name);
    /// Expressions from a file: each splits the pieces of the one before. Unsupported when one does not compile.
    static Result<PreTokenizer> createFrom(const std::vector<std::string>& expressions);

    /// The pieces in order; they concatenate to `text`: matches, and what lies between them. Each byte that is not part of well-formed
    /// UTF-8 is a piece of its own.
    [[nodiscard]] std::vector<std::string_view> split(std::string_view text) const;

private:
    explicit PreTokenizer(std::vector<Expression> expressions);
    std::vector<Expression> expressions_;
};

}  // namespace crystallite
