#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crystallite {

using TokenId = uint32_t;

/// Kind of a vocabulary entry; values are GGUF's `tokenizer.ggml.token_type`.
enum class TokenKind : uint8_t { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

/// What is special about finding one written-out control or user-defined token in a text; the names are those of Hugging Face's added
/// tokens.
struct AddedTokenRule {
    TokenId id = 0;
    bool leftStrip = false;   ///< swallows the white space before it
    bool rightStrip = false;  ///< and behind it
    bool singleWord = false;  ///< stands only where no letter, digit or underscore touches it
    bool normalized = false;  ///< looked for only between the tokens that are not
};

/// Where a space goes before a text that has none of its own, which SentencePiece trains with.
enum class SpacePrefix : uint8_t {
    None,
    First,  ///< before a text
    Each,   ///< before a text, and before what follows a control or user-defined token
};

/// What a file says about its tokenizer, before anything is built from it.
struct TokenizerData {
    /// "gpt2": byte-level BPE; "llama": SentencePiece's BPE over characters, which falls back to bytes; "gemma4": the same between line
    /// breaks; "symbols": ours, one token per byte that it knows.
    std::string model;
    /// "gpt-2", "qwen2", "llama-bpe", …; empty where `splitExpressions` speak. Only "gpt2" has one.
    std::string preTokenizer;
    /// Regular expressions that split a text one after the other, where no named rule is the same.
    std::vector<std::string> splitExpressions;
    /// Whether a piece that is a token as a whole becomes it whatever the merges say; absent: as the named rule has it.
    std::optional<bool> takesWholeWords;
    std::vector<std::string> tokens;
    std::vector<TokenKind> kinds;            ///< empty: all Normal
    std::vector<float> scores;               ///< "llama" without merges: of two possible merges the one of higher score is made first
    std::vector<std::string> merges;         ///< "left right", in rank order
    std::vector<AddedTokenRule> addedRules;  ///< of tokens that have one; each id at most once
    std::optional<TokenId> bos, eos, eot, pad, mask;
    std::vector<TokenId> ends;  ///< further ids that end an answer, in the order in which the files name them
    bool addBos = false;
    bool addEos = false;
    SpacePrefix spacePrefix = SpacePrefix::None;  ///< "llama" alone
    std::string chatTemplate;                     ///< Jinja
};

}  // namespace crystallite
