#pragma once

#include "engine/base/result.h"
#include "engine/formats/gguf_value.h"
#include "engine/formats/model_source.h"

#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace crystallite {

/// A parsed GGUF file (version 2 or 3, little-endian): metadata and the places of the tensors. Nothing in the file is trusted: every
/// count, length, offset and product is checked. Refers to the bytes it was parsed from, which must outlive it. Immutable.
/// Format: ggml, docs/gguf.md.
class GgufFile {
public:
    /// Of a file without contents.
    GgufFile() = default;
    /// `name` stands for the file in messages. Unsupported for another format, version, byte order or tensor type; Corrupt when the
    /// contents contradict themselves.
    static Result<GgufFile> parse(std::span<const std::byte> bytes, std::string_view name);

    [[nodiscard]] const std::map<std::string_view, GgufValue>& metadata() const { return metadata_; }
    [[nodiscard]] const GgufValue* find(std::string_view key) const;
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const { return tensors_; }

private:
    std::map<std::string_view, GgufValue> metadata_;
    std::vector<StoredTensor> tensors_;
};

}  // namespace crystallite
