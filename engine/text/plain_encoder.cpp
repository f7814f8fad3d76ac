#include "engine/text/plain_encoder.h"

#include "engine/base/in_quotes.h"
#include "engine/text/byte_pair_encoder.h"
#include "engine/text/pre_tokenizer.h"
#include "engine/text/sentence_piece_encoder.h"
#include "engine/text/split_rule.h"

#include <array>
#include <utility>

namespace crystallite {
namespace {

/// One token per byte that the vocabulary knows; the others are left out.
class SymbolEncoder final : public PlainEncoder {
public:
    explicit SymbolEncoder(const TokenizerData& data) {
        idOfByte_.fill(SymbolMerger::kNoToken);
        for (size_t id = data.tokens.size(); id-- > 0;) {
            if (kindOf(data, id) == TokenKind::Normal && data.tokens[id].size() == 1) {
                idOfByte_[static_cast<uint8_t>(data.tokens[id].front())] = static_cast<TokenId>(id);
            }
        }
    }

    void encode(std::string_view text, bool /*isFirst*/, std::vector<TokenId>& ids) const override {
        for (const char byte : text) {
            if (const TokenId id = idOfByte_[static_cast<uint8_t>(byte)]; id != SymbolMerger::kNoToken) {
                ids.push_back(id);
            }
        }
    }

private:
    std::array<TokenId, 256> idOfByte_ = {};
};

class ByteLevelEncoder final : public PlainEncoder {
public:
    ByteLevelEncoder(PreTokenizer preTokenizer, BytePairEncoder encoder, bool takesWholeWords)
        : preTokenizer_(std::move(preTokenizer)), encoder_(std::move(encoder)), takesWholeWords_(takesWholeWords) {}

    void encode(std::string_view text, bool /*isFirst*/, std::vector<TokenId>& ids) const override {
        for (const std::string_view word : preTokenizer_.split(text)) {
            const TokenId whole = takesWholeWords_ ? encoder_.findWhole(word) : SymbolMerger::kNoToken;
            if (whole != SymbolMerger::kNoToken) {
                ids.push_back(whole);
            } else {
                encoder_.encode(word, ids);
            }
        }
    }

private:
    PreTokenizer preTokenizer_;
    BytePairEncoder encoder_;
    bool takesWholeWords_;
};

Result<std::unique_ptr<const PlainEncoder>> makeByteLevelEncoder(const TokenizerData& data) {
    Result<PreTokenizer> preTokenizer =
        data.splitExpressions.empty() ? PreTokenizer::create(data.preTokenizer) : PreTokenizer::createFrom(data.splitExpressions);
    if (!preTokenizer) {
        return preTokenizer.error();
    }
    Result<BytePairEncoder> encoder = BytePairEncoder::create(data);
    if (!encoder) {
        return encoder.error();
    }
    const SplitRule* const rule = findSplitRule(data.preTokenizer);
    const bool takesWholeWords = data.takesWholeWords.value_or(rule != nullptr && rule->takesWholeWords);
    return std::unique_ptr<const PlainEncoder>(
        std::make_unique<const ByteLevelEncoder>(std::move(preTokenizer).value(), std::move(encoder).value(), takesWholeWords));
}

}  // namespace

Result<std::unique_ptr<const PlainEncoder>> makePlainEncoder(const TokenizerData& data) {
    if (data.model == "gpt2") {
        return makeByteLevelEncoder(data);
    }
    if (data.model == "llama" || data.model == "gemma4") {
        return SentencePieceEncoder::create(data);
    }
    if (data.model == "symbols") {
        return std::unique_ptr<const PlainEncoder>(std::make_unique<const SymbolEncoder>(data));
    }
    return Error{ErrorKind::Unsupported,
                 "the tokenizer is of kind " + inQuotes(data.model) +
                     "; this build knows 'gpt2' (byte-level byte-pair encoding), 'llama' and 'gemma4' (SentencePiece's byte-pair "
                     "encoding with bytes for what is not in the vocabulary) and 'symbols'"};
}

}  // namespace crystallite
