#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// A small `tokenizer.json` at byte level, split as llama-bpe: the 256 bytes as ids 0 to 255, one token per merge of `merges` ("a b")
/// behind them, then the control token `<|mask|>` and the user-defined `<tool>`.
nlohmann::json byteLevelTokenizerJson(const std::vector<std::string>& merges);

/// A small `tokenizer.json` over characters in Llama 2's way: `<unk>`, `<s>`, `</s>`, the 256 bytes as ids 3 to 258, then the space mark,
/// a, b and one token per merge.
nlohmann::json characterTokenizerJson(const std::vector<std::string>& merges);

/// Writes SentencePiece's ModelProto field by field, nothing checked.
class SentencePieceBuilder {
public:
    /// `type` as in TokenKind.
    SentencePieceBuilder& piece(std::string_view text, float score, uint32_t type = 1);
    /// Settings of the trainer (message 2) and the normalizer (message 3) by field number.
    SentencePieceBuilder& trainer(uint32_t field, uint64_t value);
    SentencePieceBuilder& normalizer(uint32_t field, uint64_t value);
    [[nodiscard]] std::string build() const;

private:
    std::string pieces_;
    std::string trainer_;
    std::string normalizer_;
};

/// Llama 2's settings and special pieces, the 256 bytes, then the space mark, a, b and "ab".
SentencePieceBuilder smallSentencePieceModel();

}  // namespace crystallite
