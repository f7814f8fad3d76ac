#include "engine/text/pre_tokenizer.h"

#include "engine/base/in_quotes.h"
#include "engine/text/split_rule.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

/// Appends the matches in well-formed `text` and what lies between them.
void splitWellFormed(const Expression& expression, std::string_view text, std::vector<std::string_view>& pieces) {
    size_t position = 0;
    for (const Expression::Match& match : expression.findAll(text)) {
        if (match.begin > position) {
            pieces.push_back(text.substr(position, match.begin - position));
        }
        pieces.push_back(text.substr(match.begin, match.end - match.begin));
        position = match.end;
    }
    if (position < text.size()) {
        pieces.push_back(text.substr(position));
    }
}

}  // namespace

PreTokenizer::PreTokenizer(std::vector<Expression> expressions) : expressions_(std::move(expressions)) {}

Result<PreTokenizer> PreTokenizer::create(std::string_view name) {
    const SplitRule* const rule = findSplitRule(name);
    if (rule == nullptr) {
        return Error{ErrorKind::Unsupported,
                     "the tokenizer splits text by the rule " + inQuotes(name) + "; this build knows: " + splitRuleNames()};
    }
    Result<Expression> expression = Expression::compile(rule->expression, Expression::Origin::Program);
    ENGINE_ASSERT(expression.has_value());
    std::vector<Expression> expressions;
    expressions.push_back(std::move(expression).value());
    return PreTokenizer(std::move(expressions));
}

Result<PreTokenizer> PreTokenizer::createFrom(const std::vector<std::string>& expressions) {
    std::vector<Expression> compiled;
    for (const std::string& written : expressions) {
        Result<Expression> expression = Expression::compile(written, Expression::Origin::File);
        if (!expression) {
            return expression.error();
        }
        compiled.push_back(std::move(expression).value());
    }
    return PreTokenizer(std::move(compiled));
}

std::vector<std::string_view> PreTokenizer::split(std::string_view text) const {
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const size_t wellFormed = wellFormedUtf8Prefix(text);
        std::vector<std::string_view> parts(wellFormed > 0 ? 1 : 0, text.substr(0, wellFormed));
        for (const Expression& expression : expressions_) {
            std::vector<std::string_view> finer;
            for (const std::string_view part : parts) {
                splitWellFormed(expression, part, finer);
            }
            parts = std::move(finer);
        }
        pieces.insert(pieces.end(), parts.begin(), parts.end());
        if (wellFormed < text.size()) {
            pieces.push_back(text.substr(wellFormed, 1));
        }
        text.remove_prefix(std::min(wellFormed + 1, text.size()));
    }
    return pieces;
}

}  // namespace crystallite
