#pragma once

#include "app/engine_door.h"
#include "engine/model/model_config.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace crystallite {

/// What a model needs memory for, in bytes.
struct MemoryNeed {
    uint64_t weights = 0;
    uint64_t working = 0;  ///< activations and logits of a canvas of `slots`
    uint64_t margin = 0;   ///< drivers round every buffer up, and the desktop takes its share
    uint32_t slots = 0;

    [[nodiscard]] uint64_t total() const { return weights + working; }
    [[nodiscard]] uint64_t withMargin() const { return total() + margin; }
    friend bool operator==(const MemoryNeed&, const MemoryNeed&) = default;
};

enum class MemoryVerdict { Fits, FitsWithoutMargin, DoesNotFit };
[[nodiscard]] MemoryVerdict verdictFor(const MemoryNeed& need, uint64_t usableBytes);

/// With the weights quantised to "q8_0", …, or as they are ("").
using MemoryEstimator = std::function<MemoryNeed(const std::string& quantize)>;

/// Weights that have one format.
struct FormatShare {
    std::string format;
    size_t tensors = 0;
    uint64_t bytes = 0;
};

/// What a tokenizer is, without its words.
struct TokenizerFacts {
    std::string model;
    std::string preTokenizer;
    size_t tokens = 0;
    size_t merges = 0;
};

/// What a model's files say before it is loaded, and what keeps it from being loaded. What cannot be read is left out.
struct ModelPreview {
    ModelRequest request;            ///< that it was read for, with the answers that were remembered
    std::vector<std::string> notes;  ///< sentences about answers that could not be used
    std::string file;                ///< name of the file or folder
    uint64_t fileBytes = 0;
    std::string problem;                     ///< one sentence; empty: it can be loaded
    std::vector<std::string> familyChoices;  ///< the files cannot tell, and it is one of these
    bool lacksTokenizer = false;
    std::optional<ModelConfig> config;
    std::vector<FormatShare> formats;
    std::string mainFormat;  ///< that most of the weights have
    std::optional<TokenizerFacts> tokenizer;
    bool hasChatTemplate = false;
    std::string chatFormat;             ///< detected; empty: none of the known
    std::vector<std::string> policies;  ///< that can run it
    MemoryEstimator memory;             ///< empty: nothing can be said; may be called from any thread
};

/// The formats that weights can be quantised to while they are loaded.
[[nodiscard]] const std::vector<std::string>& quantizations();

/// Reads headers, config and tokenizer, no weights. Any thread; a request to stop gives what is there so far.
[[nodiscard]] ModelPreview previewModel(const ModelRequest& request, std::stop_token stop);

/// Which of the listed devices a selector means; null: none of them.
[[nodiscard]] const DeviceInfo* deviceFor(const std::vector<DeviceInfo>& devices, const std::string& selector);

}  // namespace crystallite
