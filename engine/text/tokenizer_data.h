#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crystallite {

using TokenId = uint32_t;

/// Kind of a vocabulary entry; values are GGUF's `tokenizer.ggml.token_type`.
enum class TokenKind : uint8_t { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

/// What a file says about its tokenizer, before anything is built from it.
struct TokenizerData {
    std::string model;         ///< "gpt2": byte-level BPE; "symbols": ours, one token per byte that it knows
    std::string preTokenizer;  ///< "gpt-2", "qwen2", "llama-bpe", …
    std::vector<std::string> tokens;
    std::vector<TokenKind> kinds;     ///< empty: all Normal
    std::vector<std::string> merges;  ///< "left right", in rank order
    std::optional<TokenId> bos, eos, eot, pad, mask;
    bool addBos = false;
    std::string chatTemplate;
};

}  // namespace crystallite
