#pragma once

#include "engine/text/plain_encoder.h"
#include "engine/text/vocabulary_index.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// The character that stands for a space in SentencePiece's vocabularies, U+2581.
inline constexpr std::string_view kWrittenSpace = "\xe2\x96\x81";

/// The byte that `written` stands for: 10 for "<0x0A>"; nothing when it is written otherwise.
std::optional<uint8_t> byteFromWritten(std::string_view written);

/// Byte-pair encoding over characters, a space written U+2581, with one token per byte for what the vocabulary lacks (Kudo and
/// Richardson, SentencePiece, arXiv 1808.06226). Pairs merge by the rank of the file's merges or, where it has scores instead, by the
/// score of what they make. A U+2581 in the text is spelled in bytes, so that it comes back; the libraries take it for a space.
class SentencePieceEncoder final : public PlainEncoder {
public:
    /// Corrupt when one of the 256 bytes has no token, a merge is outside the vocabulary or a score is absent or not a number.
    static Result<std::unique_ptr<const PlainEncoder>> create(const TokenizerData& data);

    void encode(std::string_view text, bool isFirst, std::vector<TokenId>& ids) const override;

private:
    explicit SentencePieceEncoder(VocabularyIndex index);
    Result<void> readBytes(const TokenizerData& data);
    Result<void> readScores(const std::vector<float>& scores, size_t tokens);

    void encodeWellFormed(std::string_view text, std::vector<TokenId>& ids) const;
    void encodeLines(std::string_view text, std::vector<TokenId>& ids) const;
    void encodeCharacters(std::string_view typed, std::vector<TokenId>& ids) const;
    void mergeByScore(const std::string& written, SymbolMerger& merger) const;
    void appendBytes(std::string_view bytes, std::vector<TokenId>& ids) const;

    VocabularyIndex index_;
    std::array<TokenId, 256> idOfByte_ = {};
    std::vector<uint32_t> rankOfToken_;  // the place of its score among the different ones, highest first; empty: by merges
    SpacePrefix spacePrefix_ = SpacePrefix::None;
    bool splitsLines_ = false;
};

}  // namespace crystallite
