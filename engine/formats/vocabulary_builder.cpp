#include "engine/formats/vocabulary_builder.h"

#include "engine/base/in_quotes.h"

#include <limits>
#include <utility>

namespace crystallite {
namespace {

/// Some vocabularies leave ids free. More holes than this, and one wrong id would ask for gigabytes.
constexpr uint64_t kHolesPerToken = 1;
constexpr uint64_t kHolesAnyway = 1024;

}  // namespace

Result<void> VocabularyBuilder::add(uint64_t id, std::string_view token, TokenKind kind) {
    if (id > std::numeric_limits<int32_t>::max()) {
        return Error{ErrorKind::Corrupt,
                     "the token " + inQuotes(token) + " has the id " + std::to_string(id) + ", which no vocabulary reaches"};
    }
    const auto [entry, isNew] = entries_.try_emplace(static_cast<TokenId>(id), Entry{.token = std::string(token), .kind = kind});
    if (!isNew && entry->second.token != token) {
        return Error{ErrorKind::Corrupt,
                     "token " + std::to_string(id) + " is named both " + inQuotes(entry->second.token) + " and " + inQuotes(token)};
    }
    entry->second.kind = kind;
    return {};
}

Result<void> VocabularyBuilder::addAdded(const AddedToken& token) {
    const AddedTokenRule& rule = token.rule;
    if (rule.leftStrip || rule.rightStrip || rule.singleWord || rule.normalized) {
        rules_.push_back(rule);
    }
    return add(rule.id, token.content, token.special ? TokenKind::Control : TokenKind::UserDefined);
}

Result<void> VocabularyBuilder::finish(TokenizerData& data) {
    if (entries_.empty()) {
        return Error{ErrorKind::Corrupt, "the vocabulary is empty"};
    }
    const uint64_t size = uint64_t{entries_.rbegin()->first} + 1;
    if (size > entries_.size() * (1 + kHolesPerToken) + kHolesAnyway) {
        return Error{ErrorKind::Corrupt, "the vocabulary names " + std::to_string(entries_.size()) + " tokens, but the highest id is " +
                                             std::to_string(size - 1)};
    }
    data.tokens.resize(size);
    data.kinds.assign(size, TokenKind::Unused);
    for (auto& [id, entry] : entries_) {
        data.tokens[id] = std::move(entry.token);
        data.kinds[id] = entry.kind;
    }
    data.addedRules = std::move(rules_);
    return {};
}

}  // namespace crystallite
