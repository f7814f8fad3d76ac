#pragma once

#include "engine/formats/weight_format.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Writes GGUF files for tests: entries and tensors in the order of the calls, nothing checked, so that wrong files can be made too.
class GgufBuilder {
public:
    GgufBuilder& number(std::string_view key, uint32_t value);
    GgufBuilder& signedNumber(std::string_view key, int32_t value);
    GgufBuilder& real(std::string_view key, float value);
    GgufBuilder& flag(std::string_view key, bool value);
    GgufBuilder& text(std::string_view key, std::string_view value);
    GgufBuilder& numbers(std::string_view key, const std::vector<int32_t>& values);
    GgufBuilder& texts(std::string_view key, const std::vector<std::string>& values);
    /// An entry of any type: `value` is what follows the type tag.
    GgufBuilder& raw(std::string_view key, uint32_t typeTag, std::string_view value);

    /// Takes back every entry with this key, so that another can stand for it.
    GgufBuilder& without(std::string_view key);

    /// Placed behind the previous tensor at the next multiple of 32. `dimensions` in GGUF order.
    GgufBuilder& tensor(std::string_view name, const std::vector<uint64_t>& dimensions, uint32_t typeTag, std::string_view bytes);
    GgufBuilder& tensorAt(std::string_view name, const std::vector<uint64_t>& dimensions, uint32_t typeTag, uint64_t offset);

    [[nodiscard]] std::vector<std::byte> build(uint32_t version = 3) const;

private:
    struct Entry {
        std::string key;
        std::string bytes;  ///< type tag and value
    };

    std::vector<Entry> entries_;
    uint64_t tensors_ = 0;
    std::string table_;
    std::string data_;
};

/// Little-endian bytes of a number, for GgufBuilder::raw and for expectations.
template <typename T>
std::string littleEndian(T value) {
    return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

/// Sizes of a random model. The vocabulary holds `<|mask|>` 0, `<|pad|>` 1, `<|eot|>` 2, the 256 bytes (3 + byte) and a few merged
/// words; what is left is unused.
struct LladaSizes {
    uint32_t layers = 2;
    uint32_t width = 64;
    uint32_t heads = 4;
    uint32_t kvHeads = 4;
    uint32_t feedForward = 96;
    uint32_t vocabulary = 272;
    uint32_t contextLength = 64;
    bool tiedHead = true;
    std::string architecture = "llada";
    bool learnedPositions = false;
    bool rope = true;
    bool causal = false;
    bool shiftLogits = false;
};

/// A complete LLaDA model with random weights, scaled so that activations stay near 1: the same bytes for the same arguments everywhere.
/// The builder is returned so that a test can add to it. Matrices in `format`, norms in F32.
GgufBuilder randomLladaBuilder(const LladaSizes& sizes, uint64_t seed, WeightFormat format);
std::vector<std::byte> randomLlada(const LladaSizes& sizes, uint64_t seed, WeightFormat format);

void writeFile(const std::filesystem::path& path, std::span<const std::byte> bytes);

}  // namespace crystallite
