#pragma once

#include "engine/formats/model_source.h"

#include <string>

namespace crystallite {

/// A model source over GGUF bytes that outlive it (the program's own, or a test's). Errors as GgufFile::parse, naming `displayName`.
Result<std::shared_ptr<const ModelSource>> openGgufBytes(std::span<const std::byte> bytes, std::string displayName);

/// Maps and opens a GGUF file, or all parts of a split one when any of them is named; the source keeps them mapped.
Result<std::shared_ptr<const ModelSource>> openGgufFile(const std::filesystem::path& path);

}  // namespace crystallite
