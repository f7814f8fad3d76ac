#include "engine/text/written_tokens.h"

#include "engine/text/unicode_class.h"

#include <algorithm>
#include <cstdint>

namespace crystallite {

void WrittenTokens::Table::add(const std::string& written, TokenId id) {
    if (written.empty() || !ids.emplace(written, id).second) {
        return;
    }
    std::vector<size_t>& known = lengths[static_cast<uint8_t>(written.front())];
    const auto place = std::lower_bound(known.begin(), known.end(), written.size(), std::greater<>());
    if (place == known.end() || *place != written.size()) {
        known.insert(place, written.size());
    }
}

std::optional<WrittenTokens::Hit> WrittenTokens::Table::findAt(std::string_view text, size_t position) const {
    for (const size_t length : lengths[static_cast<uint8_t>(text[position])]) {
        if (length <= text.size() - position) {
            if (const auto found = ids.find(text.substr(position, length)); found != ids.end()) {
                return Hit{.position = position, .length = length, .id = found->second};
            }
        }
    }
    return std::nullopt;
}

WrittenTokens::WrittenTokens(const TokenizerData& data) {
    for (const AddedTokenRule& rule : data.addedRules) {
        rules_.emplace(rule.id, rule);
    }
    for (size_t id = 0; id < data.kinds.size(); ++id) {
        if (data.kinds[id] == TokenKind::Control || data.kinds[id] == TokenKind::UserDefined) {
            const auto token = static_cast<TokenId>(id);
            (ruleOf(token).normalized ? normalized_ : exact_).add(data.tokens[id], token);
        }
    }
}

AddedTokenRule WrittenTokens::ruleOf(TokenId id) const {
    const auto found = rules_.find(id);
    return found == rules_.end() ? AddedTokenRule{.id = id} : found->second;
}

void WrittenTokens::splitBy(const Table& table, std::string_view text, std::vector<Segment>& segments) const {
    size_t plain = 0;  // where the text that is not yet in a segment begins
    for (size_t position = 0; position < text.size();) {
        const std::optional<Hit> hit = table.findAt(text, position);
        if (!hit) {
            ++position;
            continue;
        }
        size_t begin = position;
        size_t end = position + hit->length;
        position = end;
        const AddedTokenRule rule = ruleOf(hit->id);
        if (rule.singleWord && (endsInWordCharacter(text.substr(0, begin)) || beginsWithWordCharacter(text.substr(end)))) {
            continue;
        }
        begin -= rule.leftStrip ? trailingWhiteSpace(text.substr(plain, begin - plain)) : 0;
        end += rule.rightStrip ? leadingWhiteSpace(text.substr(end)) : 0;
        if (begin > plain) {
            segments.push_back({.text = text.substr(plain, begin - plain), .token = std::nullopt});
        }
        segments.push_back({.text = text.substr(begin, end - begin), .token = hit->id});
        position = plain = end;
    }
    if (plain < text.size()) {
        segments.push_back({.text = text.substr(plain), .token = std::nullopt});
    }
}

std::vector<WrittenTokens::Segment> WrittenTokens::split(std::string_view text) const {
    std::vector<Segment> segments;
    splitBy(exact_, text, segments);
    if (normalized_.ids.empty()) {
        return segments;
    }
    std::vector<Segment> finer;
    for (const Segment& segment : segments) {
        if (segment.token) {
            finer.push_back(segment);
        } else {
            splitBy(normalized_, segment.text, finer);
        }
    }
    return finer;
}

}  // namespace crystallite
