#include "engine/text/split_rule.h"

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

// The expressions are those of the vocabularies' own tokenizer files.
constexpr std::string_view kGpt2 = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view kQwen2 = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|)"
                                    R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kLlama3 = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|)"
                                     R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kBailing = R"('(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}|)"
                                      R"( ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+)";
constexpr std::string_view kSeedCoder = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}|)"
                                        R"( ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kTekken = R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|)"
                                     R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}|)"
                                     R"( ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

// Of rules that are the same the first is the one that a message or a written file names.
constexpr std::array kRules = {
    SplitRule{.name = "gpt-2", .expression = kGpt2},
    SplitRule{.name = "phi-2", .expression = kGpt2},
    SplitRule{.name = "modern-bert", .expression = kGpt2},
    SplitRule{.name = "qwen2", .expression = kQwen2},
    SplitRule{.name = "deepseek-r1-qwen", .expression = kQwen2},
    SplitRule{.name = "llama-bpe", .expression = kLlama3, .takesWholeWords = true, .addsBos = true},
    SplitRule{.name = "llama3", .expression = kLlama3, .takesWholeWords = true, .addsBos = true},
    SplitRule{.name = "llama-v3", .expression = kLlama3, .takesWholeWords = true, .addsBos = true},
    SplitRule{.name = "lfm2", .expression = kLlama3, .takesWholeWords = true, .addsBos = true},
    SplitRule{.name = "dbrx", .expression = kLlama3},
    SplitRule{.name = "llada-moe", .expression = kBailing},
    SplitRule{.name = "bailingmoe", .expression = kBailing},
    SplitRule{.name = "bailingmoe2", .expression = kBailing},
    SplitRule{.name = "seed-coder", .expression = kSeedCoder},
    SplitRule{.name = "tekken", .expression = kTekken, .takesWholeWords = true, .addsBos = true},
};

const SplitRule* pointerTo(const SplitRule* found) {
    return found == kRules.data() + kRules.size() ? nullptr : found;
}

}  // namespace

const SplitRule* findSplitRule(std::string_view name) {
    return pointerTo(std::find_if(kRules.begin(), kRules.end(), [name](const SplitRule& rule) { return rule.name == name; }));
}

const SplitRule* findSplitRule(std::string_view expression, bool takesWholeWords) {
    return pointerTo(std::find_if(kRules.begin(), kRules.end(), [&](const SplitRule& rule) {
        return rule.expression == expression && rule.takesWholeWords == takesWholeWords;
    }));
}

std::string splitRuleNames() {
    std::string names;
    for (const SplitRule& rule : kRules) {
        names.append(names.empty() ? "" : ", ").append(rule.name);
    }
    return names;
}

}  // namespace crystallite
