#include "engine/text/sentence_piece_encoder.h"

#include "engine/text/utf8.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace crystallite {
namespace {

std::optional<uint8_t> hexDigit(char digit) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const size_t value = kDigits.find(digit);
    return value == std::string_view::npos ? std::nullopt : std::optional(static_cast<uint8_t>(value));
}

/// Appends one symbol per character and the text as the vocabulary writes it.
void appendCharacters(const VocabularyIndex& index, std::string_view text, std::string& written, SymbolMerger& merger) {
    while (!text.empty()) {
        const std::string_view all = text;
        takeCodePoint(text);
        std::string_view character = all.substr(0, all.size() - text.size());
        character = character == " " ? kWrittenSpace : character;
        written.append(character);
        merger.append(index.find(character), static_cast<uint32_t>(character.size()));
    }
}

}  // namespace

std::optional<uint8_t> byteFromWritten(std::string_view written) {
    if (written.size() != 6 || !written.starts_with("<0x") || written.back() != '>') {
        return std::nullopt;
    }
    const std::optional<uint8_t> high = hexDigit(written[3]);
    const std::optional<uint8_t> low = hexDigit(written[4]);
    return high && low ? std::optional(static_cast<uint8_t>(*high << 4U | *low)) : std::nullopt;
}

SentencePieceEncoder::SentencePieceEncoder(VocabularyIndex index) : index_(std::move(index)) {}

Result<std::unique_ptr<const PlainEncoder>> SentencePieceEncoder::create(const TokenizerData& data) {
    Result<VocabularyIndex> index = VocabularyIndex::create(data);
    if (!index) {
        return index.error();
    }
    std::unique_ptr<SentencePieceEncoder> encoder(new SentencePieceEncoder(std::move(index).value()));
    encoder->spacePrefix_ = data.spacePrefix;
    encoder->splitsLines_ = data.model == "gemma4";
    Result<void> read = encoder->readBytes(data);
    if (read && data.merges.empty()) {
        read = encoder->readScores(data.scores, data.tokens.size());
    }
    if (!read) {
        return read.error();
    }
    return std::unique_ptr<const PlainEncoder>(std::move(encoder));
}

Result<void> SentencePieceEncoder::readBytes(const TokenizerData& data) {
    idOfByte_.fill(SymbolMerger::kNoToken);
    for (size_t id = 0; id < data.tokens.size(); ++id) {
        const bool mayBeByte = data.kinds.empty() || data.kinds[id] == TokenKind::Byte;
        const std::optional<uint8_t> byte = mayBeByte ? byteFromWritten(data.tokens[id]) : std::nullopt;
        if (byte && idOfByte_[*byte] == SymbolMerger::kNoToken) {
            idOfByte_[*byte] = static_cast<TokenId>(id);
        }
    }
    const auto* const absent = std::find(idOfByte_.begin(), idOfByte_.end(), SymbolMerger::kNoToken);
    if (absent != idOfByte_.end()) {
        return Error{ErrorKind::Corrupt, "the vocabulary has no token for the byte " + std::to_string(absent - idOfByte_.begin()) +
                                             " (written like <0x0A>); one for each of the 256 is needed so that no text is lost"};
    }
    return {};
}

Result<void> SentencePieceEncoder::readScores(const std::vector<float>& scores, size_t tokens) {
    if (scores.size() != tokens) {
        return Error{ErrorKind::Corrupt, "the tokenizer has no merges and " + std::to_string(scores.size()) + " scores for " +
                                             std::to_string(tokens) + " tokens; one or the other is needed to merge characters"};
    }
    if (const auto bad = std::find_if_not(scores.begin(), scores.end(), [](float score) { return std::isfinite(score); });
        bad != scores.end()) {
        return Error{ErrorKind::Corrupt, "the score of token " + std::to_string(bad - scores.begin()) + " is not a finite number"};
    }
    std::vector<float> order = scores;
    std::sort(order.begin(), order.end(), std::greater<>());
    order.erase(std::unique(order.begin(), order.end()), order.end());
    rankOfToken_.reserve(scores.size());
    for (const float score : scores) {
        const auto place = std::lower_bound(order.begin(), order.end(), score, std::greater<>());
        rankOfToken_.push_back(static_cast<uint32_t>(place - order.begin()));
    }
    return {};
}

void SentencePieceEncoder::encode(std::string_view text, bool isFirst, std::vector<TokenId>& ids) const {
    const bool needsSpace = spacePrefix_ == SpacePrefix::Each || (spacePrefix_ == SpacePrefix::First && isFirst);
    std::string prefixed;
    if (needsSpace) {
        text = prefixed.append(" ").append(text);
    }
    while (!text.empty()) {
        const size_t wellFormed = wellFormedUtf8Prefix(text);
        encodeWellFormed(text.substr(0, wellFormed), ids);
        text.remove_prefix(wellFormed);
        appendBytes(text.substr(0, 1), ids);
        text.remove_prefix(std::min<size_t>(text.size(), 1));
    }
}

void SentencePieceEncoder::encodeWellFormed(std::string_view text, std::vector<TokenId>& ids) const {
    while (!text.empty()) {
        const size_t plain = std::min(text.find(kWrittenSpace), text.size());
        encodeLines(text.substr(0, plain), ids);
        text.remove_prefix(plain);
        const size_t marks = text.empty() ? 0 : kWrittenSpace.size();
        appendBytes(text.substr(0, marks), ids);
        text.remove_prefix(marks);
    }
}

/// Gemma 4 merges nothing across the borders of a run of line breaks.
void SentencePieceEncoder::encodeLines(std::string_view text, std::vector<TokenId>& ids) const {
    while (splitsLines_ && !text.empty()) {
        const size_t end = std::min(text.front() == '\n' ? text.find_first_not_of('\n') : text.find('\n'), text.size());
        encodeCharacters(text.substr(0, end), ids);
        text.remove_prefix(end);
    }
    encodeCharacters(text, ids);
}

void SentencePieceEncoder::encodeCharacters(std::string_view typed, std::vector<TokenId>& ids) const {
    SymbolMerger merger;
    std::string written;
    appendCharacters(index_, typed, written, merger);
    if (rankOfToken_.empty()) {
        merger.mergeAll(
            [this](const SymbolMerger::Symbol& left, const SymbolMerger::Symbol& right) { return index_.findMerge(left.id, right.id); });
    } else {
        mergeByScore(written, merger);
    }
    merger.forEach([&](const SymbolMerger::Symbol& symbol) {
        const std::string_view text = std::string_view(written).substr(symbol.begin, symbol.length);
        if (symbol.id != SymbolMerger::kNoToken) {
            ids.push_back(symbol.id);
        } else {
            appendBytes(text == kWrittenSpace ? " " : text, ids);
        }
    });
}

void SentencePieceEncoder::mergeByScore(const std::string& written, SymbolMerger& merger) const {
    const std::string_view whole = written;
    merger.mergeAll([&](const SymbolMerger::Symbol& left, const SymbolMerger::Symbol& right) -> std::optional<SymbolMerger::Merge> {
        const size_t length = size_t{left.length} + right.length;
        const TokenId product = length > index_.longestToken() ? SymbolMerger::kNoToken : index_.find(whole.substr(left.begin, length));
        if (product == SymbolMerger::kNoToken) {
            return std::nullopt;
        }
        return SymbolMerger::Merge{.rank = rankOfToken_[product], .product = product};
    });
}

void SentencePieceEncoder::appendBytes(std::string_view bytes, std::vector<TokenId>& ids) const {
    for (const char byte : bytes) {
        ids.push_back(idOfByte_[static_cast<uint8_t>(byte)]);
    }
}

}  // namespace crystallite
