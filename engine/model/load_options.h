#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crystallite {

/// As LoadOptions::gpuLayers: the whole model on the device.
inline constexpr uint32_t kAllLayers = UINT32_MAX;

/// What a person may decide about a model when it is put on a device.
struct LoadOptions {
    /// How many of the model's layers, counted from the last, the device computes, and behind them the output head; the CPU computes the
    /// embedding and the layers before them. 0: the CPU alone. As many as the model has, or more (kAllLayers): the device alone, embedding
    /// included. Nothing: as many as fit in what the device offers. Without meaning where the device is the CPU.
    std::optional<uint32_t> gpuLayers;
    /// Loads, and later takes a canvas, although the sum of weights, activations and margin is more than a device offers. Without it that
    /// is OutOfMemory with a sentence that names the sum; with it only an allocation that really fails is.
    bool loadAnyway = false;

    friend bool operator==(const LoadOptions&, const LoadOptions&) = default;
};

/// "auto", "all" or a number.
Result<std::optional<uint32_t>> parseGpuLayers(std::string_view text);
std::string textOfGpuLayers(std::optional<uint32_t> layers);

}  // namespace crystallite
