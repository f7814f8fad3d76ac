#include "engine/text/expression.h"

#include "engine/base/in_quotes.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <limits>
#include <string>
#include <utility>

namespace crystallite {
namespace {

/// Published expressions have a few hundred characters.
constexpr size_t kLongestExpression = 4096;
/// Steps that an expression from a file may take for one match: enough for a run of a few million characters of one class.
constexpr uint32_t kFileSteps = 10'000'000;
constexpr uint32_t kFileHeapKib = 64 * 1024;

template <auto Free>
struct Release {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Code = std::unique_ptr<pcre2_code, Release<pcre2_code_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Release<pcre2_match_context_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Release<pcre2_match_data_free>>;

PCRE2_SPTR unitsOf(std::string_view text) {
    return reinterpret_cast<PCRE2_SPTR>(text.data());
}

/// Writes `\s` and `\S` out as White_Space. Inside a class `\S` has no such form and is left to PCRE2; no published expression has it.
std::string withUnicodeWhiteSpace(std::string_view expression) {
    constexpr std::string_view kMembers = R"(\p{Z}\x09-\x0d\x85)";
    std::string written;
    bool inClass = false;
    for (size_t i = 0; i < expression.size(); ++i) {
        const char character = expression[i];
        if (character != '\\') {
            inClass = character == '[' || (inClass && character != ']');
            written.push_back(character);
            continue;
        }
        const char escaped = ++i < expression.size() ? expression[i] : '\0';
        if (escaped == 's') {
            written.append(inClass ? "" : "[").append(kMembers).append(inClass ? "" : "]");
        } else if (escaped == 'S' && !inClass) {
            written.append("[^").append(kMembers).append("]");
        } else {
            written.append(expression.substr(i - 1, 2));
        }
    }
    return written;
}

Error refused(std::string_view expression, const std::string& reason) {
    return {ErrorKind::Unsupported, "the tokenizer splits text by the expression " + inQuotes(expression) + ", which " + reason};
}

std::string reasonOf(int code) {
    std::array<PCRE2_UCHAR, 256> text = {};
    pcre2_get_error_message(code, text.data(), text.size());
    return "cannot be compiled: " + std::string(reinterpret_cast<const char*>(text.data()));
}

MatchContext makeContext(Expression::Origin origin) {
    MatchContext context(pcre2_match_context_create(nullptr));
    const bool isOurs = origin == Expression::Origin::Program;
    // A run of a million spaces takes a million steps back, which is no reason to give up.
    pcre2_set_match_limit(context.get(), isOurs ? std::numeric_limits<uint32_t>::max() : kFileSteps);
    pcre2_set_depth_limit(context.get(), isOurs ? std::numeric_limits<uint32_t>::max() : kFileSteps);
    if (!isOurs) {
        pcre2_set_heap_limit(context.get(), kFileHeapKib);
    }
    return context;
}

}  // namespace

struct Expression::Compiled {
    Code code;
    MatchContext context;
};

Expression::Expression(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Expression::~Expression() = default;
Expression::Expression(Expression&& other) noexcept = default;
Expression& Expression::operator=(Expression&& other) noexcept = default;

Result<Expression> Expression::compile(std::string_view expression, Origin origin) {
    if (expression.size() > kLongestExpression) {
        return refused(expression,
                       "has " + std::to_string(expression.size()) + " bytes; this build takes up to " + std::to_string(kLongestExpression));
    }
    const std::string written = withUnicodeWhiteSpace(expression);
    int code = 0;
    PCRE2_SIZE offset = 0;
    // \C would match one byte of a character.
    Code compiled(
        pcre2_compile(unitsOf(written), written.size(), PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &code, &offset, nullptr));
    if (compiled == nullptr) {
        return refused(expression, reasonOf(code));
    }
    // Where machine code cannot be made (hardened systems) the same expression is interpreted.
    static_cast<void>(pcre2_jit_compile(compiled.get(), PCRE2_JIT_COMPLETE));
    return Expression(std::make_unique<Compiled>(Compiled{.code = std::move(compiled), .context = makeContext(origin)}));
}

std::vector<Expression::Match> Expression::findAll(std::string_view text) const {
    const MatchData match(pcre2_match_data_create(1, nullptr));
    const PCRE2_SIZE* const bounds = pcre2_get_ovector_pointer(match.get());
    std::vector<Match> matches;
    size_t position = 0;
    const auto search = [&](uint32_t options) {
        return pcre2_match(compiled_->code.get(), unitsOf(text), text.size(), position, PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY | options,
                           match.get(), compiled_->context.get());
    };
    while (position < text.size()) {
        int found = search(0);
        if (found == PCRE2_ERROR_JIT_STACKLIMIT) {
            found = search(PCRE2_NO_JIT);
        }
        // \K may move the begin of a match anywhere.
        if (found < 0 || bounds[0] < position || bounds[1] <= bounds[0]) {
            break;
        }
        matches.push_back({.begin = bounds[0], .end = bounds[1]});
        position = bounds[1];
    }
    return matches;
}

}  // namespace crystallite
