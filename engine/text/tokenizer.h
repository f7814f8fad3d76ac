#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Byte-level byte-pair encoding (Sennrich et al., arXiv 1508.07909; the byte map of GPT-2's `encoder.py`), SentencePiece's over characters
/// (arXiv 1808.06226), or a small set of symbols. Immutable; any thread.
class Tokenizer {
public:
    /// Unsupported when the model or pre-tokenizer is unknown, Corrupt when merges, scores or ids contradict the vocabulary.
    static Result<std::shared_ptr<const Tokenizer>> create(TokenizerData data);
    ~Tokenizer();
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;

    /// Lossless: `decode` gives `text` back, whatever its bytes; all but the bytes that no symbol is, and the white space that an added
    /// token strips. Control and user-defined tokens written out in `text` ("<|user|>") become their id. No BOS or EOS is added.
    [[nodiscard]] std::vector<TokenId> encode(std::string_view text) const;
    /// What goes before an answer: `encode(text)` behind the BOS, where the vocabulary asks for one and `text` does not begin with it. The
    /// EOS that some vocabularies ask for closes a document, and a prompt goes on.
    [[nodiscard]] std::vector<TokenId> encodePrompt(std::string_view text) const;

    /// The bytes of one token. Control tokens give their written name. Embedding tables are often padded beyond the tokenizer: such an
    /// id has no bytes and counts as control.
    [[nodiscard]] const std::string& piece(TokenId id) const;
    /// The text of the tokens: their pieces, without the spaces that `encode` puts before a text.
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
