#pragma once

#include "engine/base/result.h"

#include <memory>
#include <string_view>
#include <vector>

namespace crystallite {

/// Splits text into the pieces that byte-pair merges never cross, by the regular expression that belongs to a vocabulary.
/// Immutable; any thread.
class PreTokenizer {
public:
    /// `name` as in `tokenizer.ggml.pre`; Unsupported lists the known names.
    static Result<std::unique_ptr<PreTokenizer>> create(std::string_view name);
    ~PreTokenizer();
    PreTokenizer(const PreTokenizer&) = delete;
    PreTokenizer& operator=(const PreTokenizer&) = delete;

    /// The pieces in order; they concatenate to `text`. Each byte that is not part of well-formed UTF-8 is a piece of its own.
    [[nodiscard]] std::vector<std::string_view> split(std::string_view text) const;
    /// A piece that is a vocabulary entry as a whole becomes that entry, whatever the merges say.
    [[nodiscard]] bool takesWholeWords() const;

private:
    struct State;
    explicit PreTokenizer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace crystallite
