#include "engine/text/unicode_class.h"

#include "engine/text/expression.h"
#include "engine/text/utf8.h"

#include <algorithm>

namespace crystallite {
namespace {

constexpr size_t kLongestCharacter = 4;  // bytes

/// The first character; nothing when `text` does not begin with a well-formed one.
std::string_view firstCharacter(std::string_view text) {
    for (size_t length = 1; length <= std::min(text.size(), kLongestCharacter); ++length) {
        if (wellFormedUtf8Prefix(text.substr(0, length)) == length) {
            return text.substr(0, length);
        }
    }
    return {};
}

/// The last character; nothing when `text` does not end with a well-formed one. No tail of a well-formed character is well-formed.
std::string_view lastCharacter(std::string_view text) {
    for (size_t length = 1; length <= std::min(text.size(), kLongestCharacter); ++length) {
        const std::string_view tail = text.substr(text.size() - length);
        if (wellFormedUtf8Prefix(tail) == length) {
            return tail;
        }
    }
    return {};
}

bool isWhiteSpace(std::string_view character) {
    if (character.empty()) {
        return false;
    }
    const char32_t point = takeCodePoint(character);
    constexpr std::u32string_view kOthers = U" \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000";
    return (point >= 0x09 && point <= 0x0d) || (point >= 0x2000 && point <= 0x200a) || kOthers.find(point) != std::u32string_view::npos;
}

bool isWordCharacter(std::string_view character) {
    static const Result<Expression> kWordCharacter = Expression::compile(R"([\p{L}\p{M}\p{N}\p{Pc}])", Expression::Origin::Program);
    return !kWordCharacter->findAll(character).empty();
}

}  // namespace

size_t leadingWhiteSpace(std::string_view text) {
    size_t length = 0;
    for (std::string_view next = firstCharacter(text); isWhiteSpace(next); next = firstCharacter(text.substr(length))) {
        length += next.size();
    }
    return length;
}

size_t trailingWhiteSpace(std::string_view text) {
    size_t length = 0;
    for (std::string_view last = lastCharacter(text); isWhiteSpace(last); last = lastCharacter(text.substr(0, text.size() - length))) {
        length += last.size();
    }
    return length;
}

bool beginsWithWordCharacter(std::string_view text) {
    return isWordCharacter(firstCharacter(text));
}

bool endsInWordCharacter(std::string_view text) {
    return isWordCharacter(lastCharacter(text));
}

}  // namespace crystallite
