#include "engine/text/pre_tokenizer.h"

#include "engine/base/in_quotes.h"
#include "engine/text/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace crystallite {
namespace {

/// A published splitting rule. Expressions are those of the vocabularies' own tokenizer files.
struct SplitRule {
    std::string_view name;
    std::string_view expression;
    bool takesWholeWords = false;
};

constexpr std::string_view kGpt2 = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view kQwen2 = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|)"
                                    R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kLlama3 = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|)"
                                     R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr std::array kRules = {
    SplitRule{.name = "gpt-2", .expression = kGpt2},
    SplitRule{.name = "qwen2", .expression = kQwen2},
    SplitRule{.name = "llama-bpe", .expression = kLlama3, .takesWholeWords = true},
};

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

Code compile(std::string_view expression) {
    int code = 0;
    PCRE2_SIZE offset = 0;
    Code compiled(
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(), PCRE2_UTF | PCRE2_UCP, &code, &offset, nullptr));
    ENGINE_ASSERT(compiled != nullptr);
    // Where machine code cannot be made (hardened systems) the same expression is interpreted.
    static_cast<void>(pcre2_jit_compile(compiled.get(), PCRE2_JIT_COMPLETE));
    return compiled;
}

}  // namespace

struct PreTokenizer::State {
    const SplitRule& rule;
    Code code;
    MatchContext context;

    /// Appends the pieces of well-formed text.
    void splitWellFormed(std::string_view text, std::vector<std::string_view>& pieces) const;
};

void PreTokenizer::State::splitWellFormed(std::string_view text, std::vector<std::string_view>& pieces) const {
    const MatchData match(pcre2_match_data_create_from_pattern(code.get(), nullptr));
    const PCRE2_SIZE* const bounds = pcre2_get_ovector_pointer(match.get());
    size_t position = 0;
    while (position < text.size()) {
        const int found = pcre2_match(code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), position,
                                      PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, match.get(), context.get());
        // The expressions match everywhere; if the library gives up, the rest stays one piece, which is still lossless.
        const size_t begin = found > 0 ? bounds[0] : text.size();
        const size_t end = found > 0 ? bounds[1] : text.size();
        if (begin > position) {
            pieces.push_back(text.substr(position, begin - position));
        }
        if (end > begin) {
            pieces.push_back(text.substr(begin, end - begin));
        }
        position = end;
    }
}

PreTokenizer::PreTokenizer(std::unique_ptr<State> state) : state_(std::move(state)) {}
PreTokenizer::~PreTokenizer() = default;

Result<std::unique_ptr<PreTokenizer>> PreTokenizer::create(std::string_view name) {
    const auto* const rule = std::find_if(kRules.begin(), kRules.end(), [name](const SplitRule& known) { return known.name == name; });
    if (rule == kRules.end()) {
        std::string names;
        for (const SplitRule& known : kRules) {
            names.append(names.empty() ? "" : ", ").append(known.name);
        }
        return Error{ErrorKind::Unsupported, "the tokenizer splits text by the rule " + inQuotes(name) + "; this build knows: " + names};
    }
    MatchContext context(pcre2_match_context_create(nullptr));
    // A run of a million spaces takes a million steps back, which is no reason to give up.
    pcre2_set_match_limit(context.get(), std::numeric_limits<uint32_t>::max());
    pcre2_set_depth_limit(context.get(), std::numeric_limits<uint32_t>::max());
    auto state = std::make_unique<State>(State{.rule = *rule, .code = compile(rule->expression), .context = std::move(context)});
    return std::unique_ptr<PreTokenizer>(new PreTokenizer(std::move(state)));
}

std::vector<std::string_view> PreTokenizer::split(std::string_view text) const {
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const size_t wellFormed = wellFormedUtf8Prefix(text);
        state_->splitWellFormed(text.substr(0, wellFormed), pieces);
        if (wellFormed < text.size()) {
            pieces.push_back(text.substr(wellFormed, 1));
        }
        text.remove_prefix(std::min(wellFormed + 1, text.size()));
    }
    return pieces;
}

bool PreTokenizer::takesWholeWords() const {
    return state_->rule.takesWholeWords;
}

}  // namespace crystallite
