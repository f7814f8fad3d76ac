#pragma once

#include "engine/formats/weight_format.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Writes safetensors files for tests: tensors in the order of the calls, nothing checked, so that wrong files can be made too.
class SafetensorsBuilder {
public:
    /// Placed behind the previous tensor. `type` is the format's name of it: "F32".
    SafetensorsBuilder& tensor(const std::string& name, const std::string& type, const std::vector<uint64_t>& shape,
                               std::string_view bytes);
    /// An entry with offsets of its own and no bytes.
    SafetensorsBuilder& entry(const std::string& name, const nlohmann::json& value);
    /// Bytes that no tensor claims.
    SafetensorsBuilder& bytes(std::string_view more);
    [[nodiscard]] std::vector<std::byte> build() const;
    /// With another header than that of the entries.
    [[nodiscard]] std::vector<std::byte> buildWithHeader(std::string_view header) const;

private:
    nlohmann::ordered_json header_ = nlohmann::ordered_json::object();
    std::string data_;
};

/// A small random checkpoint as a family's authors publish it, and what it must become.
struct RandomCheckpoint {
    struct Tensor {
        std::string name, type;
        std::vector<uint64_t> shape;
        std::string bytes;
    };
    nlohmann::json config;
    std::vector<Tensor> tensors;
    /// By the name of the tensor in GGUF: its elements, rounded as they are stored, and its shape in GGUF's order.
    std::map<std::string, std::vector<float>> values;
    std::map<std::string, std::vector<uint64_t>> shapes;
};

/// Two layers, ragged sizes, every part of the family; 272 tokens, of which one is the mask. `architecture` as in
/// formats/hugging_face_family. Matrices in `format`; norms and biases too, as they are published.
RandomCheckpoint randomCheckpoint(const std::string& architecture, uint64_t seed, WeightFormat format);

/// config.json and one model.safetensors.
void writeCheckpoint(const std::filesystem::path& folder, const RandomCheckpoint& checkpoint);
/// config.json, two shards and their index.
void writeShardedCheckpoint(const std::filesystem::path& folder, const RandomCheckpoint& checkpoint);

void writeText(const std::filesystem::path& path, std::string_view text);

}  // namespace crystallite
