#pragma once

#include "engine/base/result.h"
#include "engine/model/model_config.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/canvas.h"
#include "engine/trace/decode_settings.h"

#include <span>
#include <string_view>
#include <vector>

namespace crystallite {

/// A run before its first step: the canvas with what is given, and every setting decided.
struct RunPlan {
    Canvas canvas;
    DecodeSettings settings;
    uint32_t appended = 0;  ///< slots behind the prompt: the length that was asked for, or the usual one
};

/// Turns what a person typed and asked for into a canvas and settings that fit the model, or says in one sentence what does not.
///
/// A mask written in the prompt (the tokenizer's own mask token, `<|mask|>`) is an open slot; text behind it is given and stays. A model
/// with a board takes the whole board as prompt: one character a cell, `.`, `0` or `_` for an open one, white space as you like. A model
/// that writes left to right needs a prompt without gaps, one step per slot and one block.
///
/// Left out: length, 128 slots or what fits, none where the prompt has open slots; steps, one per open slot, or the most that a policy
/// takes which needs no number; policy and cache, what suits the family (family_defaults.h); the block length, that of a model that writes
/// block after block, else one block; order, left-to-right where the model writes so, else the policy's usual one; options as
/// usualSettings() has them. A model that writes block after block or from left to right stops where the text ends. Pure; any thread.
Result<RunPlan> planRun(const ModelConfig& config, const Tokenizer& tokenizer, std::string_view prompt, const DecodeRequest& request);

/// The same with a prompt of token ids, all below config.vocabulary: the mask's id is an open slot, unless it is an ordinary word.
Result<RunPlan> planRun(const ModelConfig& config, const Tokenizer& tokenizer, std::span<const TokenId> prompt,
                        const DecodeRequest& request);

/// Whether a planned or recorded run is one that planRun() could have made for this model.
Result<void> checkRun(const ModelConfig& config, const Tokenizer& tokenizer, const Canvas& canvas, const DecodeSettings& settings);

/// The policies that can run the model, in the order of policies(); of one that writes left to right that of this name alone.
std::vector<DecodePolicy> policiesFor(const ModelConfig& config, const Tokenizer& tokenizer);

/// The caches with which the model can run these settings, none first.
std::vector<CacheKind> cachesFor(const ModelConfig& config, const DecodeSettings& settings);

/// Names of the options that can do nothing with the model, and are refused: those about the end of a text, where the model writes no token
/// that ends one (a board never ends), and the steps of a block, where blocks are not the model's own.
std::vector<std::string_view> idleOptions(const ModelConfig& config, const Tokenizer& tokenizer);

/// Asks for exactly these settings; `settings.length` as slots behind the prompt.
DecodeRequest requestFor(const DecodeSettings& settings);

}  // namespace crystallite
