#pragma once

#include "engine/formats/safetensors_folder.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace crystallite {

/// The fields of lit-gpt's configuration for a checkpoint of SMDM (arXiv 2410.18514), which is published as weights alone. All of them are
/// in the shapes, except for the number of heads, which goes by width and feed-forward in the published sizes. Nothing for other
/// checkpoints and other widths.
std::optional<nlohmann::json> smdmConfigOf(const SafetensorsFolder& checkpoint);

}  // namespace crystallite
