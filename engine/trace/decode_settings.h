#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Which open slots commit first.
enum class UnmaskOrder : uint8_t {
    LowConfidence,  ///< highest probability of the drawn token first; LLaDA's "low-confidence remasking"
    Margin,         ///< highest p1 - p2 first
    Entropy,        ///< lowest entropy first
    Random,         ///< a uniform draw per slot and step; ignores the model's confidence
    LeftToRight,    ///< the first open slots; the only order of a model that writes left to right
};

std::string_view nameOf(UnmaskOrder order);  ///< "low-confidence", "margin", "entropy", "random", "left-to-right"
Result<UnmaskOrder> parseUnmaskOrder(std::string_view name);

/// Everything that, with the prompt, decides a run. Stored as used in the trace.
struct DecodeSettings {
    uint32_t length = 128;     ///< slots after the leading given ones, which are the prompt; slots given among them are counted
    uint32_t steps = 128;      ///< denoising steps over all blocks
    uint32_t blockLength = 0;  ///< 0: one block
    UnmaskOrder order = UnmaskOrder::LowConfidence;
    float temperature = 0.0F;
    uint64_t seed = 0;
    friend bool operator==(const DecodeSettings&, const DecodeSettings&) = default;

    [[nodiscard]] uint32_t effectiveBlockLength() const { return blockLength == 0 ? length : blockLength; }
    [[nodiscard]] uint32_t blocks() const { return length / effectiveBlockLength(); }
};

/// What a person asks for. What is left out is chosen to suit the model and the prompt (diffusion/run_plan.h).
struct DecodeRequest {
    std::optional<uint32_t> length;  ///< masked slots behind the typed prompt
    std::optional<uint32_t> steps;
    std::optional<uint32_t> blockLength;
    std::optional<UnmaskOrder> order;
    float temperature = 0.0F;
    uint64_t seed = 0;
};

/// InvalidArgument with the offending value, the range and a value that would do: length >= 1, length % block == 0, steps % blocks == 0,
/// steps / blocks <= block length, temperature finite and in 0..10, prompt + length <= longest canvas.
Result<void> checkSettings(const DecodeSettings& settings, uint32_t promptTokens, uint32_t longestCanvas);

/// even(n, S): the first n mod S of S steps commit n / S + 1, the others n / S. LLaDA `generate.py`, get_num_transfer_tokens.
std::vector<uint32_t> evenSchedule(uint32_t masked, uint32_t steps);

}  // namespace crystallite
