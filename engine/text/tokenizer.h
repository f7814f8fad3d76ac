#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Byte-level byte-pair encoding (Sennrich et al., arXiv 1508.07909; the byte map of GPT-2's `encoder.py`), or a small set of symbols.
/// Immutable; any thread.
class Tokenizer {
public:
    /// Unsupported when the model or pre-tokenizer is unknown, Corrupt when merges or ids contradict the vocabulary.
    static Result<std::shared_ptr<const Tokenizer>> create(TokenizerData data);
    ~Tokenizer();
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;

    /// Lossless: the pieces of the ids concatenate to `text`, whatever its bytes; symbols leave out the bytes that none of them is. Control
    /// and user-defined tokens written out in `text`
    /// ("<|user|>") become their id; no BOS is added.
    [[nodiscard]] std::vector<TokenId> encode(std::string_view text) const;
    /// The bytes of one token. Control tokens give their written name. Embedding tables are often padded beyond the tokenizer: such an
    /// id has no bytes and counts as control.
    [[nodiscard]] const std::string& piece(TokenId id) const;
    [[nodiscard]] std::string decode(std::span<const TokenId> ids) const;
    [[nodiscard]] bool isControl(TokenId id) const;
    [[nodiscard]] uint32_t size() const;
    [[nodiscard]] const TokenizerData& data() const;

private:
    struct State;
    explicit Tokenizer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace crystallite
