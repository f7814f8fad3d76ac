#pragma once

#include "app/model_preview.h"

#include <QString>

#include <vector>

namespace crystallite {

/// "18 MB", "23.5 GB"; decimal units.
[[nodiscard]] QString bytesText(uint64_t bytes);
/// "3.7M", "8.0B"
[[nodiscard]] QString countText(uint64_t count);
[[nodiscard]] QString deviceText(const DeviceInfo& device);

/// "8.0B parameters · Q4_K · 4.6 GB"; what is not known is left out.
[[nodiscard]] QString headlineOf(const ModelPreview& preview);
/// "gpt2, splitting qwen2, 151,643 tokens"; empty without a tokenizer.
[[nodiscard]] QString tokenizerText(const ModelPreview& preview);

/// A line about a model.
struct ModelFact {
    QString name;
    QString value;
};
/// All that the files say, in the order in which a person asks for it.
[[nodiscard]] std::vector<ModelFact> factsOf(const ModelPreview& preview);

/// "5.1 GB of 23.5 GB on the processor: fits"; of a split model "Layers 1 to 16: 2.1 GB of 23.5 GB on the processor: fits".
[[nodiscard]] QString shareText(const MemoryPlan& plan, const MemoryShare& share);
/// "4.6 GB of weights, 312 MB to work on 512 slots, 0.2 GB of margin"
[[nodiscard]] QString partsText(const MemoryPlan& plan, const MemoryShare& share);

}  // namespace crystallite
