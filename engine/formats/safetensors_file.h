#pragma once

#include "engine/base/result.h"
#include "engine/formats/weight_format.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// A tensor as it lies in a safetensors file. `shape` in the file's order: the row length last.
struct SafetensorsTensor {
    std::string name;
    std::string type;             ///< the format's name: "BF16", "I64", …
    std::vector<uint64_t> shape;  ///< empty for a single number
    std::span<const std::byte> bytes;

    /// Nothing for types that no weight is computed from (integers, booleans, 8-bit floats).
    [[nodiscard]] std::optional<WeightFormat> weightFormat() const;
};

/// The tensors of one safetensors file. Nothing in the file is trusted. Refers to the bytes it was parsed from, which must outlive it.
/// Format: 8 bytes little-endian length of the header, the header (JSON: name -> type, shape, offsets), the tensors without gaps.
class SafetensorsFile {
public:
    /// `name` stands for the file in messages. Unsupported when it is something else; Corrupt when its contents contradict themselves.
    static Result<SafetensorsFile> parse(std::span<const std::byte> bytes, std::string_view name);

    /// In the order of their names.
    [[nodiscard]] const std::vector<SafetensorsTensor>& tensors() const { return tensors_; }

private:
    SafetensorsFile() = default;

    std::vector<SafetensorsTensor> tensors_;
};

}  // namespace crystallite
