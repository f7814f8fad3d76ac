// How tokenizer.json treats text before merging: its normalizer and its pre_tokenizer.
#include "engine/base/in_quotes.h"
#include "engine/formats/tokenizer_json.h"
#include "engine/text/sentence_piece_encoder.h"
#include "engine/text/split_rule.h"

#include <utility>

namespace crystallite {
namespace {

Error unsupported(const std::string& what) {
    return {ErrorKind::Unsupported, "tokenizer.json: " + what};
}

std::string typeOf(const Json& step) {
    const std::string* const type = findString(step, "type");
    return type == nullptr ? "" : *type;
}

/// A step, or the steps of a sequence; nothing for null.
std::vector<const Json*> stepsOf(const Json& document, const char* key, const char* sequenceKey) {
    std::vector<const Json*> steps;
    const Json* const whole = findMember(document, key);
    if (whole == nullptr || whole->is_null()) {
        return steps;
    }
    const Json* const parts = typeOf(*whole) == "Sequence" ? findMember(*whole, sequenceKey) : nullptr;
    if (parts == nullptr || !parts->is_array()) {
        return {whole};
    }
    for (const Json& part : *parts) {
        steps.push_back(&part);
    }
    return steps;
}

const std::string* literalPattern(const Json& step) {
    const Json* const pattern = findMember(step, "pattern");
    return pattern == nullptr ? nullptr : findString(*pattern, "String");
}

std::string escapedLiteral(std::string_view literal) {
    std::string expression;
    for (const char character : literal) {
        constexpr std::string_view kSpecial = R"(\^$.[]|()?*+{})";
        expression.append(kSpecial.find(character) == std::string_view::npos ? "" : "\\").push_back(character);
    }
    return expression;
}

/// Matches and what lies between them are pieces; a rule that keeps the matches alone is one whose matches leave nothing between them.
Result<std::string> splitExpression(const Json& step) {
    const std::string* const behavior = findString(step, "behavior");
    const bool keepsMatches = behavior != nullptr && *behavior == "Removed" && findBool(step, "invert").value_or(false);
    if (behavior == nullptr || (*behavior != "Isolated" && !keepsMatches)) {
        return unsupported("the pre_tokenizer splits with behavior " + inQuotes(behavior == nullptr ? "" : *behavior) +
                           "; this build knows 'Isolated'");
    }
    const Json* const pattern = findMember(step, "pattern");
    const std::string* const expression = pattern == nullptr ? nullptr : findString(*pattern, "Regex");
    const std::string* const literal = literalPattern(step);
    if (expression == nullptr && literal == nullptr) {
        return unsupported("a step of the pre_tokenizer splits by neither an expression nor a text");
    }
    return expression != nullptr ? *expression : escapedLiteral(*literal);
}

/// GPT-2's own expression belongs to the byte level unless the file says otherwise.
Result<std::optional<std::string>> byteLevelExpression(const Json& step) {
    if (findBool(step, "add_prefix_space").value_or(false)) {
        return unsupported(
            "the pre_tokenizer puts a space before each text (add_prefix_space), which this build does not do at byte level");
    }
    const bool splits = findBool(step, "use_regex").value_or(true);
    return splits ? std::optional(std::string(findSplitRule("gpt-2")->expression)) : std::nullopt;
}

Result<void> readByteLevelSplitting(const std::vector<const Json*>& steps, TokenizerData& data) {
    bool isByteLevel = false;
    std::vector<std::string> expressions;
    for (const Json* const step : steps) {
        const std::string type = typeOf(*step);
        if (type == "Split") {
            const Result<std::string> expression = splitExpression(*step);
            if (!expression) {
                return expression.error();
            }
            expressions.push_back(*expression);
        } else if (type == "Digits") {
            expressions.emplace_back(findBool(*step, "individual_digits").value_or(false) ? R"(\p{N})" : R"(\p{N}+)");
        } else if (type == "ByteLevel") {
            const Result<std::optional<std::string>> expression = byteLevelExpression(*step);
            if (!expression) {
                return expression.error();
            }
            isByteLevel = true;
            if (*expression) {
                expressions.push_back(**expression);
            }
        } else {
            return unsupported("the pre_tokenizer has a step of type " + inQuotes(type) +
                               "; this build knows Split, Digits and ByteLevel for vocabularies without byte_fallback");
        }
    }
    if (!isByteLevel) {
        return unsupported(
            "the vocabulary is neither at byte level (pre_tokenizer ByteLevel) nor does it fall back to bytes "
            "(byte_fallback), so that it cannot write every text");
    }
    if (expressions.empty()) {
        expressions.emplace_back("(?s).+");
    }
    const SplitRule* const rule = expressions.size() == 1 ? findSplitRule(expressions.front(), *data.takesWholeWords) : nullptr;
    data.preTokenizer = rule == nullptr ? "" : rule->name;
    data.splitExpressions = rule == nullptr ? std::move(expressions) : std::vector<std::string>{};
    return {};
}

Result<void> readByteLevel(const Json& document, TokenizerData& data) {
    data.model = "gpt2";
    for (const Json* const step : stepsOf(document, "normalizer", "normalizers")) {
        // Canonical composition is left out on purpose: what is typed must come back.
        if (const std::string type = typeOf(*step); type != "NFC") {
            return unsupported("the normalizer has a step of type " + inQuotes(type) +
                               ", which would change the text; this build knows NFC");
        }
    }
    return readByteLevelSplitting(stepsOf(document, "pre_tokenizer", "pretokenizers"), data);
}

/// Whether the step writes spaces as U+2581.
bool writesSpaces(const Json& step) {
    const std::string* const pattern = literalPattern(step);
    const std::string* const content = findString(step, "content");
    return pattern != nullptr && content != nullptr && *pattern == " " && *content == kWrittenSpace;
}

Result<void> readCharacterNormalizer(const Json& document, bool& spacesWritten, TokenizerData& data) {
    for (const Json* const step : stepsOf(document, "normalizer", "normalizers")) {
        const std::string type = typeOf(*step);
        const std::string* const prefix = findString(*step, "prepend");
        if (type == "Prepend" && prefix != nullptr && *prefix == kWrittenSpace) {
            data.spacePrefix = SpacePrefix::Each;
        } else if (type == "Replace" && writesSpaces(*step)) {
            spacesWritten = true;
        } else {
            return unsupported("the normalizer has a step of type " + inQuotes(type) +
                               "; this build knows Prepend and Replace for spaces written U+2581");
        }
    }
    return {};
}

/// Metaspace writes the spaces itself and may put one in front.
Result<void> readMetaspace(const Json& step, TokenizerData& data) {
    const std::string* const replacement = findString(step, "replacement");
    const std::string* const scheme = findString(step, "prepend_scheme");
    if (findBool(step, "split").value_or(true) || replacement == nullptr || *replacement != kWrittenSpace) {
        return unsupported(
            "the pre_tokenizer Metaspace splits at spaces or writes them otherwise than U+2581, which this build does not do");
    }
    const std::string prefix = scheme != nullptr ? *scheme : findBool(step, "add_prefix_space").value_or(true) ? "always" : "never";
    if (prefix != "always" && prefix != "first" && prefix != "never") {
        return unsupported("the prepend_scheme of Metaspace is " + inQuotes(prefix) + "; this build knows always, first and never");
    }
    data.spacePrefix = prefix == "always" ? SpacePrefix::Each : prefix == "first" ? SpacePrefix::First : data.spacePrefix;
    return {};
}

Result<void> readCharacters(const Json& document, TokenizerData& data) {
    data.model = "llama";
    bool spacesWritten = false;
    if (Result<void> read = readCharacterNormalizer(document, spacesWritten, data); !read) {
        return read;
    }
    for (const Json* const step : stepsOf(document, "pre_tokenizer", "pretokenizers")) {
        const std::string type = typeOf(*step);
        const std::string* const literal = literalPattern(*step);
        if (type == "Metaspace") {
            spacesWritten = true;
            if (Result<void> read = readMetaspace(*step, data); !read) {
                return read;
            }
        } else if (type != "Split" || !spacesWritten || literal == nullptr || *literal != " ") {
            // Splitting at spaces that are all written U+2581 by then splits nothing; Gemma's file does so.
            return unsupported("the pre_tokenizer has a step of type " + inQuotes(type) +
                               "; this build knows Metaspace for vocabularies that fall back to bytes");
        }
    }
    if (!spacesWritten) {
        return unsupported("nothing writes spaces as U+2581, as this build expects of a vocabulary that falls back to bytes");
    }
    return {};
}

}  // namespace

Result<void> readTextTreatment(const Json& document, bool hasByteFallback, TokenizerData& data) {
    return hasByteFallback ? readCharacters(document, data) : readByteLevel(document, data);
}

}  // namespace crystallite
