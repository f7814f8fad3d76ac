#pragma once

#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <string_view>

namespace crystallite {

/// Keys of our own for what a tokenizer does and GGUF's keys cannot say.
inline constexpr std::string_view kSplitExpressionsKey = "crystallite.tokenizer.split_expressions";
inline constexpr std::string_view kTakesWholeWordsKey = "crystallite.tokenizer.takes_whole_words";
inline constexpr std::string_view kFirstSpacePrefixKey = "crystallite.tokenizer.first_space_prefix";
inline constexpr std::string_view kAddedRulesKey = "crystallite.tokenizer.added_rules";  ///< pairs of an id and its rule's bits

inline constexpr std::string_view kEndIdsKey = "crystallite.tokenizer.end_ids";  ///< TokenizerData::ends

constexpr uint32_t packRule(const AddedTokenRule& rule) {
    return (rule.leftStrip ? 1U : 0U) | (rule.rightStrip ? 2U : 0U) | (rule.singleWord ? 4U : 0U) | (rule.normalized ? 8U : 0U);
}

constexpr AddedTokenRule unpackRule(TokenId id, uint32_t bits) {
    return {.id = id,
            .leftStrip = (bits & 1U) != 0,
            .rightStrip = (bits & 2U) != 0,
            .singleWord = (bits & 4U) != 0,
            .normalized = (bits & 8U) != 0};
}

}  // namespace crystallite
