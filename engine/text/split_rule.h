#pragma once

#include <string>
#include <string_view>

namespace crystallite {

/// A published rule for splitting text into the pieces that byte-pair merges never cross.
struct SplitRule {
    std::string_view name;  ///< as in `tokenizer.ggml.pre`; several names may stand for the same expression
    std::string_view expression;
    bool takesWholeWords = false;  ///< a piece that is a token as a whole becomes it, whatever the merges say
    bool addsBos = false;          ///< where a file is silent about it
};

/// Null for a name that is not known.
const SplitRule* findSplitRule(std::string_view name);
/// The first rule with exactly this expression and this habit; null when none has them.
const SplitRule* findSplitRule(std::string_view expression, bool takesWholeWords);
/// "gpt-2, qwen2, …" for messages.
std::string splitRuleNames();

}  // namespace crystallite
