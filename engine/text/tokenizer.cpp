#include "engine/text/tokenizer.h"

#include "engine/text/byte_alphabet.h"
#include "engine/text/plain_encoder.h"
#include "engine/text/sentence_piece_encoder.h"
#include "engine/text/vocabulary_index.h"
#include "engine/text/written_tokens.h"

#include <optional>
#include <utility>

namespace crystallite {
namespace {

/// The bytes that a token of a SentencePiece vocabulary stands for.
std::string bytesOfPiece(const std::string& token, TokenKind kind) {
    if (const std::optional<uint8_t> byte = kind == TokenKind::Byte ? byteFromWritten(token) : std::nullopt) {
        return std::string(1, static_cast<char>(*byte));
    }
    if (kind != TokenKind::Normal) {
        return token;
    }
    std::string bytes;
    std::string_view rest = token;
    for (size_t space = rest.find(kWrittenSpace); space != std::string_view::npos; space = rest.find(kWrittenSpace)) {
        bytes.append(rest.substr(0, space)).append(" ");
        rest.remove_prefix(space + kWrittenSpace.size());
    }
    return bytes.append(rest);
}

/// The bytes that a token stands for. A vocabulary in the byte alphabet may hold some that are not written in it.
std::string bytesOf(const TokenizerData& data, size_t id) {
    const std::string& token = data.tokens[id];
    const TokenKind kind = kindOf(data, id);
    if (data.model == "llama" || data.model == "gemma4") {
        // Where a vocabulary has no kinds, its bytes are known by how they are written.
        const bool isByte = data.kinds.empty() && byteFromWritten(token);
        return bytesOfPiece(token, isByte ? TokenKind::Byte : kind);
    }
    return kind == TokenKind::Normal ? bytesFromWritten(token).value_or(token) : token;
}

Result<void> checkIds(const TokenizerData& data) {
    const std::string tokens = std::to_string(data.tokens.size());
    if (!data.kinds.empty() && data.kinds.size() != data.tokens.size()) {
        return Error{ErrorKind::Corrupt, "the tokenizer has " + tokens + " tokens and kinds for " + std::to_string(data.kinds.size())};
    }
    for (const std::optional<TokenId> id : {data.bos, data.eos, data.eot, data.pad}) {
        if (id && *id >= data.tokens.size()) {
            return Error{ErrorKind::Corrupt,
                         "the tokenizer gives a special role to token " + std::to_string(*id) + ", but has only " + tokens + " tokens"};
        }
    }
    return {};
}

}  // namespace

struct Tokenizer::State {
    TokenizerData data;
    std::vector<std::string> pieces;  // [tokens] bytes
    std::unique_ptr<const PlainEncoder> encoder;
    WrittenTokens writtenTokens;

    /// Whether `encode` finds this token by its name, not by merging.
    [[nodiscard]] bool isWritten(TokenId id) const {
        const TokenKind kind = id < pieces.size() ? kindOf(data, id) : TokenKind::Control;
        return kind == TokenKind::Control || kind == TokenKind::UserDefined;
    }
};

Tokenizer::Tokenizer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tokenizer::~Tokenizer() = default;

Result<std::shared_ptr<const Tokenizer>> Tokenizer::create(TokenizerData data) {
    const Result<void> checked = checkIds(data);
    if (!checked) {
        return checked.error();
    }
    Result<std::unique_ptr<const PlainEncoder>> encoder = makePlainEncoder(data);
    if (!encoder) {
        return encoder.error();
    }
    std::vector<std::string> pieces;
    pieces.reserve(data.tokens.size());
    for (size_t id = 0; id < data.tokens.size(); ++id) {
        pieces.push_back(bytesOf(data, id));
    }
    WrittenTokens writtenTokens(data);
    return std::shared_ptr<const Tokenizer>(new Tokenizer(std::make_unique<State>(State{.data = std::move(data),
                                                                                        .pieces = std::move(pieces),
                                                                                        .encoder = std::move(encoder).value(),
                                                                                        .writtenTokens = std::move(writtenTokens)})));
}

std::vector<TokenId> Tokenizer::encode(std::string_view text) const {
    std::vector<TokenId> ids;
    for (const WrittenTokens::Segment& segment : state_->writtenTokens.split(text)) {
        if (segment.token) {
            ids.push_back(*segment.token);
        } else {
            state_->encoder->encode(segment.text, segment.text.data() == text.data(), ids);
        }
    }
    return ids;
}

std::vector<TokenId> Tokenizer::encodePrompt(std::string_view text) const {
    std::vector<TokenId> ids = encode(text);
    const TokenizerData& data = state_->data;
    if (data.addBos && data.bos && (ids.empty() || ids.front() != *data.bos)) {
        ids.insert(ids.begin(), *data.bos);
    }
    return ids;
}

const std::string& Tokenizer::piece(TokenId id) const {
    static const std::string kNoText;
    return id < size() ? state_->pieces[id] : kNoText;
}

std::string Tokenizer::decode(std::span<const TokenId> ids) const {
    const SpacePrefix prefix = state_->data.spacePrefix;
    std::string text;
    bool hasPrefix = prefix != SpacePrefix::None;
    for (const TokenId id : ids) {
        const bool isWritten = state_->isWritten(id);
        std::string_view bytes = piece(id);
        if (hasPrefix && !isWritten && bytes.starts_with(' ')) {
            bytes.remove_prefix(1);
        }
        text.append(bytes);
        hasPrefix = isWritten && prefix == SpacePrefix::Each;
    }
    return text;
}

bool Tokenizer::isControl(TokenId id) const {
    return id >= size() || kindOf(state_->data, id) == TokenKind::Control;
}

uint32_t Tokenizer::size() const {
    return static_cast<uint32_t>(state_->pieces.size());
}

const TokenizerData& Tokenizer::data() const {
    return state_->data;
}

}  // namespace crystallite
