#include "engine/model/token_roles.h"

#include "engine/base/in_quotes.h"
#include "engine/model/families/family_chat.h"
#include "engine/text/vocabulary_index.h"

#include <algorithm>

namespace crystallite {
namespace {

/// The id of a token that is written like this and is no ordinary text.
std::optional<TokenId> findSpecial(const TokenizerData& tokenizer, std::string_view written) {
    for (size_t id = 0; !written.empty() && id < tokenizer.kinds.size() && id < tokenizer.tokens.size(); ++id) {
        const bool special = tokenizer.kinds[id] == TokenKind::Control || tokenizer.kinds[id] == TokenKind::UserDefined;
        if (special && tokenizer.tokens[id] == written) {
            return static_cast<TokenId>(id);
        }
    }
    return std::nullopt;
}

std::optional<TokenId> findUndeclaredMask(const Family& family, const ModelConfig& config, const TokenizerData& tokenizer) {
    if (const std::optional<TokenId> named = findSpecial(tokenizer, family.maskToken)) {
        return named;
    }
    const auto& known = family.undeclaredMaskVocabularies;
    const bool published = std::find(known.begin(), known.end(), config.vocabulary) != known.end();
    return published ? std::optional(family.undeclaredMaskId) : std::nullopt;
}

/// An id that a model without a mask never needs, for open slots to show: one without text, else a reserved token without a role.
TokenId placeholderFor(const ModelConfig& config, const TokenizerData& tokenizer) {
    if (tokenizer.tokens.size() < config.vocabulary) {
        return config.vocabulary - 1;
    }
    const auto isEnd = [&](TokenId id) { return std::find(tokenizer.ends.begin(), tokenizer.ends.end(), id) != tokenizer.ends.end(); };
    const auto isFree = [&](TokenId id) { return id != tokenizer.eos && id != tokenizer.eot && id != tokenizer.bos && !isEnd(id); };
    for (const TokenKind kind : {TokenKind::Unused, TokenKind::Unknown, TokenKind::Control}) {
        for (TokenId id = config.vocabulary; id-- > 0;) {
            if (kindOf(tokenizer, id) == kind && isFree(id)) {
                return id;
            }
        }
    }
    return config.vocabulary - 1;
}

Result<TokenId> readMaskId(const ModelSource& source, const Family& family, const ModelConfig& config, const TokenizerData& tokenizer) {
    const std::optional<TokenId> mask = tokenizer.mask ? tokenizer.mask : findUndeclaredMask(family, config, tokenizer);
    if (!mask) {
        return Error{ErrorKind::Unsupported,
                     inQuotes(source.displayName()) +
                         " does not say which token is the mask (tokenizer.ggml.mask_token_id is missing); convert the "
                         "model again with a converter that writes it"};
    }
    if (*mask >= config.vocabulary) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " has mask id " + std::to_string(*mask) +
                                             " outside its vocabulary of " + std::to_string(config.vocabulary)};
    }
    return *mask;
}

std::vector<TokenId> endsOf(const ModelConfig& config, const TokenizerData& tokenizer) {
    std::vector<TokenId> ends;
    const auto add = [&](std::optional<TokenId> end) {
        if (end && *end < config.vocabulary && *end != config.maskId && std::find(ends.begin(), ends.end(), *end) == ends.end()) {
            ends.push_back(*end);
        }
    };
    add(tokenizer.eos);
    add(tokenizer.eot);
    std::for_each(tokenizer.ends.begin(), tokenizer.ends.end(), add);
    if (const Result<const ChatFormat*> format = chatFormatOf(config.family, tokenizer)) {
        const std::vector<TokenId> stops = stopIds(**format, tokenizer);
        std::for_each(stops.begin(), stops.end(), add);
    }
    add(tokenizer.pad);
    return ends;
}

std::vector<TokenId> neverEmitted(const ModelConfig& config, const TokenizerData& tokenizer) {
    std::vector<TokenId> ids;
    for (TokenId id = 0; id < config.outputVocabulary; ++id) {
        const bool named = id < tokenizer.tokens.size();
        const bool unused = !named || (!tokenizer.kinds.empty() && tokenizer.kinds[id] == TokenKind::Unused);
        if (id == config.maskId || unused) {
            ids.push_back(id);
        }
    }
    return ids;
}

}  // namespace

Result<void> readTokenRoles(const ModelSource& source, const Family& family, ModelConfig& config) {
    const Result<TokenizerData> tokenizer = source.tokenizer();
    if (!tokenizer) {
        return tokenizer.error();
    }
    if (tokenizer->tokens.size() > config.vocabulary) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " has " + std::to_string(tokenizer->tokens.size()) +
                                             " tokens, more than its vocabulary of " + std::to_string(config.vocabulary)};
    }
    config.hasMask = family.hasMask || tokenizer->mask;
    const Result<TokenId> mask =
        config.hasMask ? readMaskId(source, family, config, *tokenizer) : Result<TokenId>(placeholderFor(config, *tokenizer));
    if (!mask) {
        return mask.error();
    }
    config.maskId = *mask;
    config.endIds = endsOf(config, *tokenizer);
    config.forbiddenIds = neverEmitted(config, *tokenizer);
    if (config.forbiddenIds.size() >= config.outputVocabulary) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " has no token that could be emitted"};
    }
    return {};
}

}  // namespace crystallite
