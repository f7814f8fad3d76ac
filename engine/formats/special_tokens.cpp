#include "engine/formats/special_tokens.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/json_document.h"
#include "engine/formats/tokenizer_json.h"
#include "engine/text/chat_template.h"
#include "engine/text/utf8.h"

#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <unordered_map>
#include <utility>

namespace crystallite {
namespace {

/// A special token is named by its text or by an object that holds it.
const std::string* nameOf(const Json* value) {
    const std::string* const text = stringOf(value);
    return text != nullptr || value == nullptr ? text : findString(*value, "content");
}

const std::string* roleName(const TokenizerSettings& settings, const char* role) {
    const std::string* const name = nameOf(findMember(settings.config, role));
    return name != nullptr ? name : nameOf(findMember(settings.specialTokensMap, role));
}

/// Ids by how the tokens are written.
class TokenNames {
public:
    explicit TokenNames(const std::vector<std::string>& tokens) {
        for (size_t id = 0; id < tokens.size(); ++id) {
            ids_.emplace(tokens[id], static_cast<TokenId>(id));
        }
    }

    /// Nothing for null.
    [[nodiscard]] std::optional<TokenId> find(const std::string* written) const {
        const auto found = written == nullptr ? ids_.end() : ids_.find(*written);
        return found == ids_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::unordered_map<std::string_view, TokenId> ids_;
};

/// A single character stays an ordinary token, whatever role it has as well ("!" pads some GPT-2s): every text needs it.
void makeControl(TokenId id, TokenizerData& data) {
    std::string_view written = data.tokens[id];
    const bool isWellFormed = !written.empty() && wellFormedUtf8Prefix(written) == written.size();
    if (isWellFormed) {
        takeCodePoint(written);
    }
    if (!isWellFormed || !written.empty()) {
        data.kinds[id] = TokenKind::Control;
    }
}

void applyAdditional(const Json& document, const TokenNames& ids, TokenizerData& data) {
    const Json* const names = findMember(document, "additional_special_tokens");
    if (names == nullptr || !names->is_array()) {
        return;
    }
    for (const Json& entry : *names) {
        if (const std::optional<TokenId> id = ids.find(nameOf(&entry))) {
            makeControl(*id, data);
        }
    }
}

Result<void> readDecoder(const Json& decoder, std::map<uint64_t, AddedToken>& tokens) {
    if (!decoder.is_object()) {
        return Error{ErrorKind::Corrupt, "tokenizer_config.json: added_tokens_decoder is not an object"};
    }
    for (auto entry = decoder.begin(); entry != decoder.end(); ++entry) {
        const std::string& key = entry.key();
        uint64_t id = 0;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (error != std::errc() || end != key.data() + key.size()) {
            return Error{ErrorKind::Corrupt,
                         "tokenizer_config.json: added_tokens_decoder has the key " + inQuotes(key) + ", which is no id"};
        }
        const Result<AddedToken> token = readAddedToken(entry.value(), id);
        if (!token) {
            return Error{ErrorKind::Corrupt, "tokenizer_config.json: " + token.error().message};
        }
        tokens.insert_or_assign(id, *token);
    }
    return {};
}

Result<void> readAddedFile(std::string_view text, std::map<uint64_t, AddedToken>& tokens) {
    const Result<Json> document = parseJsonDocument(text, "added_tokens.json");
    if (!document) {
        return document.error();
    }
    if (!document->is_object()) {
        return Error{ErrorKind::Corrupt, "added_tokens.json is not an object of tokens and ids"};
    }
    for (auto entry = document->begin(); entry != document->end(); ++entry) {
        const std::optional<uint64_t> id = unsignedOf(entry.value());
        if (!id || *id > std::numeric_limits<int32_t>::max()) {
            return Error{ErrorKind::Corrupt,
                         "added_tokens.json: the token " + inQuotes(entry.key()) + " has no id that a vocabulary reaches"};
        }
        tokens.insert_or_assign(*id, AddedToken{.content = entry.key(), .rule = {.id = static_cast<TokenId>(*id)}});
    }
    return {};
}

}  // namespace

Result<TokenizerSettings> parseTokenizerSettings(std::string_view config, std::string_view specialTokensMap) {
    Result<Json> first = config.empty() ? Result<Json>(Json()) : parseJsonDocument(config, "tokenizer_config.json");
    if (!first) {
        return first.error();
    }
    Result<Json> second = specialTokensMap.empty() ? Result<Json>(Json()) : parseJsonDocument(specialTokensMap, "special_tokens_map.json");
    if (!second) {
        return second.error();
    }
    TokenizerSettings settings;
    settings.config = std::move(first).value();
    settings.specialTokensMap = std::move(second).value();
    return settings;
}

Result<std::vector<AddedToken>> readAddedTokens(std::string_view addedTokens, const TokenizerSettings& settings) {
    std::map<uint64_t, AddedToken> tokens;
    Result<void> read = addedTokens.empty() ? Result<void>() : readAddedFile(addedTokens, tokens);
    if (const Json* const decoder = findMember(settings.config, "added_tokens_decoder"); read && decoder != nullptr) {
        read = readDecoder(*decoder, tokens);
    }
    if (!read) {
        return read.error();
    }
    std::vector<AddedToken> list;
    for (auto& [id, token] : tokens) {
        list.push_back(std::move(token));
    }
    return list;
}

void applyRoles(const TokenizerSettings& settings, TokenizerData& data) {
    const TokenNames ids(data.tokens);
    const std::array<std::pair<const char*, std::optional<TokenId>*>, 4> roles = {
        {{"bos_token", &data.bos}, {"eos_token", &data.eos}, {"pad_token", &data.pad}, {"mask_token", &data.mask}}};
    for (const auto& [role, target] : roles) {
        if (const std::optional<TokenId> id = ids.find(roleName(settings, role))) {
            *target = id;
        }
        if (*target) {
            makeControl(**target, data);
        }
    }
    applyAdditional(settings.config, ids, data);
    applyAdditional(settings.specialTokensMap, ids, data);
    data.eot = data.eot ? data.eot : findTurnEnd(data);
}

void applyTemplate(const TokenizerSettings& settings, std::string_view opening, std::string_view closing, TokenizerData& data) {
    const auto isWritten = [&data](std::string_view text, std::optional<TokenId> role) {
        return !text.empty() && role && data.tokens[*role] == text;
    };
    // Llama's own class adds the BOS whatever else the files leave out.
    const std::string* const className = findString(settings.config, "tokenizer_class");
    const bool isLlama = className != nullptr ? className->starts_with("Llama") : !data.scores.empty();
    data.addBos = findBool(settings.config, "add_bos_token").value_or(isWritten(opening, data.bos) || isLlama);
    data.addEos = findBool(settings.config, "add_eos_token").value_or(isWritten(closing, data.eos));
}

std::string chatTemplateOf(const TokenizerSettings& settings) {
    const Json* const value = findMember(settings.config, "chat_template");
    if (const std::string* const text = stringOf(value)) {
        return *text;
    }
    if (value == nullptr || !value->is_array()) {
        return "";
    }
    for (const Json& entry : *value) {
        const std::string* const name = findString(entry, "name");
        const std::string* const text = findString(entry, "template");
        if (name != nullptr && text != nullptr && *name == "default") {
            return *text;
        }
    }
    return "";
}

}  // namespace crystallite
