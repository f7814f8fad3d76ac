#include "engine/text/tokenizer.h"

#include "engine/base/in_quotes.h"
#include "engine/text/byte_alphabet.h"
#include "engine/text/byte_pair_encoder.h"
#include "engine/text/pre_tokenizer.h"
#include "engine/text/written_tokens.h"

#include <optional>
#include <utility>

namespace crystallite {
namespace {

/// The bytes that a token stands for. Ordinary tokens are written in the byte alphabet; a vocabulary may hold some that are not.
std::string bytesOf(const std::string& token, TokenKind kind) {
    if (kind != TokenKind::Normal) {
        return token;
    }
    return bytesFromWritten(token).value_or(token);
}

TokenKind kindOf(const TokenizerData& data, size_t id) {
    return data.kinds.empty() ? TokenKind::Normal : data.kinds[id];
}

Result<void> checkIds(const TokenizerData& data) {
    if (!data.kinds.empty() && data.kinds.size() != data.tokens.size()) {
        return Error{ErrorKind::Corrupt, "the tokenizer has " + std::to_string(data.tokens.size()) + " tokens and kinds for " +
                                             std::to_string(data.kinds.size())};
    }
    for (const std::optional<TokenId> id : {data.bos, data.eos, data.eot, data.pad}) {
        if (id && *id >= data.tokens.size()) {
            return Error{ErrorKind::Corrupt, "the tokenizer gives a special role to token " + std::to_string(*id) + ", but has only " +
                                                 std::to_string(data.tokens.size()) + " tokens"};
        }
    }
    return {};
}

}  // namespace

struct Tokenizer::State {
    TokenizerData data;
    std::vector<std::string> pieces;             // [tokens] bytes
    std::unique_ptr<PreTokenizer> preTokenizer;  // null: symbols
    std::optional<BytePairEncoder> encoder;      // none: symbols
    WrittenTokens writtenTokens;

    void encodePlain(std::string_view text, std::vector<TokenId>& ids) const;
    void encodeSymbols(std::string_view text, std::vector<TokenId>& ids) const;
};

void Tokenizer::State::encodeSymbols(std::string_view text, std::vector<TokenId>& ids) const {
    for (const char byte : text) {
        for (size_t id = 0; id < pieces.size(); ++id) {
            if (kindOf(data, id) == TokenKind::Normal && pieces[id] == std::string_view(&byte, 1)) {
                ids.push_back(static_cast<TokenId>(id));
                break;
            }
        }
    }
}

/// Text without written-out special tokens.
void Tokenizer::State::encodePlain(std::string_view text, std::vector<TokenId>& ids) const {
    if (!preTokenizer) {
        encodeSymbols(text, ids);
        return;
    }
    for (const std::string_view word : preTokenizer->split(text)) {
        const TokenId whole = preTokenizer->takesWholeWords() ? encoder->findWhole(word) : BytePairEncoder::kNoToken;
        if (whole != BytePairEncoder::kNoToken) {
            ids.push_back(whole);
        } else {
            encoder->encode(word, ids);
        }
    }
}

Tokenizer::Tokenizer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tokenizer::~Tokenizer() = default;

Result<std::shared_ptr<const Tokenizer>> Tokenizer::create(TokenizerData data) {
    const bool symbols = data.model == "symbols";
    if (data.model != "gpt2" && !symbols) {
        return Error{ErrorKind::Unsupported, "the tokenizer is of kind " + inQuotes(data.model) +
                                                 "; this build knows 'gpt2' (byte-level byte-pair encoding) and 'symbols'"};
    }
    const Result<void> checked = checkIds(data);
    if (!checked) {
        return checked.error();
    }
    std::vector<std::string> pieces;
    pieces.reserve(data.tokens.size());
    for (size_t id = 0; id < data.tokens.size(); ++id) {
        pieces.push_back(bytesOf(data.tokens[id], kindOf(data, id)));
    }
    WrittenTokens writtenTokens(data);
    auto state = std::make_unique<State>(State{.data = std::move(data),
                                               .pieces = std::move(pieces),
                                               .preTokenizer = nullptr,
                                               .encoder = std::nullopt,
                                               .writtenTokens = std::move(writtenTokens)});
    if (!symbols) {
        Result<std::unique_ptr<PreTokenizer>> preTokenizer = PreTokenizer::create(state->data.preTokenizer);
        if (!preTokenizer) {
            return preTokenizer.error();
        }
        Result<BytePairEncoder> encoder = BytePairEncoder::create(state->data);
        if (!encoder) {
            return encoder.error();
        }
        state->preTokenizer = std::move(preTokenizer).value();
        state->encoder = std::move(encoder).value();
    }
    return std::shared_ptr<const Tokenizer>(new Tokenizer(std::move(state)));
}

std::vector<TokenId> Tokenizer::encode(std::string_view text) const {
    std::vector<TokenId> ids;
    while (!text.empty()) {
        const WrittenTokens::Hit hit = state_->writtenTokens.findFirst(text);
        state_->encodePlain(text.substr(0, hit.position), ids);
        if (hit.length > 0) {
            ids.push_back(hit.id);
        }
        text.remove_prefix(hit.position + hit.length);
    }
    return ids;
}

const std::string& Tokenizer::piece(TokenId id) const {
    static const std::string kNoText;
    return id < size() ? state_->pieces[id] : kNoText;
}

std::string Tokenizer::decode(std::span<const TokenId> ids) const {
    std::string text;
    for (const TokenId id : ids) {
        text.append(piece(id));
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
