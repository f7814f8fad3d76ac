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

/// What one device is to hold of a model, in bytes.
struct MemoryShare {
    std::string device;
    bool isGpu = false;
    uint32_t firstLayer = 0, endLayer = 0;
    uint64_t weights = 0;
    uint64_t working = 0;  ///< activations, logits and cached keys and values of a canvas of MemoryPlan::slots
    uint64_t margin = 0;   ///< drivers round every buffer up, and the desktop takes its share
    uint64_t offered = 0;  ///< by the device

    [[nodiscard]] uint64_t total() const { return weights + working; }
    [[nodiscard]] uint64_t withMargin() const { return total() + margin; }
    [[nodiscard]] bool fits() const { return withMargin() <= offered; }
};

/// Who is to hold what: one device, or the processor with the first layers and then the device. No shares: nothing can be said.
struct MemoryPlan {
    std::vector<MemoryShare> shares;
    uint32_t slots = 0;

    [[nodiscard]] bool isSplit() const { return shares.size() > 1; }
    [[nodiscard]] bool fits() const;
};

/// For the weights, the device and the layers of a request.
using MemoryPlanner = std::function<MemoryPlan(const ModelRequest& request, const std::vector<DeviceInfo>& devices)>;

/// What weights can be while they are loaded, and their bytes.
struct WeightChoice {
    std::string quantize;  ///< as ModelRequest::quantize
    uint64_t bytes = 0;
};

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
    std::string licence;                ///< as the files state it; empty: they do not
    /// Of a device that computes every layer, on a canvas of `needSlots`; what it offers is left open.
    std::optional<MemoryShare> need;
    uint32_t needSlots = 0;
    std::vector<WeightChoice> weights;  ///< as they are first, then those that are smaller
    MemoryPlanner planMemory;           ///< empty: nothing can be said; may be called from any thread
};

/// Reads headers, config and tokenizer, no weights. Any thread; a request to stop gives what is there so far.
[[nodiscard]] ModelPreview previewModel(const ModelRequest& request, std::stop_token stop);

/// Which of the listed devices a selector means; null: none of them.
[[nodiscard]] const DeviceInfo* deviceFor(const std::vector<DeviceInfo>& devices, const std::string& selector);

}  // namespace crystallite
