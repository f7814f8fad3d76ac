#pragma once

#include "engine/formats/model_source.h"

#include <filesystem>

namespace crystallite {

/// True for a folder and for a safetensors file.
bool looksLikeHuggingFace(const std::filesystem::path& path);

/// A model source over a Hugging Face folder (or one safetensors file, with its config beside it): fields and tensors under GGUF's names.
/// Matrices stay mapped as they are where they can be used so; what must be split, transposed or joined, and norms and biases that are
/// not F32, are copied once. Errors as openModel().
Result<std::shared_ptr<const ModelSource>> openHuggingFaceModel(const std::filesystem::path& path, const OpenOptions& options);

}  // namespace crystallite
