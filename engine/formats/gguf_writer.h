#pragma once

#include "engine/formats/metadata.h"
#include "engine/formats/weight_format.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// The bytes of a GGUF file (version 3) before its tensors: entries in the order of the calls, then the table of the tensors. Pure; who
/// writes the file streams the tensors behind it, each padded to kGgufAlignment.
class GgufHeader {
public:
    /// Whole numbers are written with 32 bits where they fit, others with 64; real ones with 32.
    void set(std::string_view key, const MetadataValue& value);
    void setTexts(std::string_view key, const std::vector<std::string>& values);
    void setIntegers(std::string_view key, const std::vector<int32_t>& values);
    void setFloats(std::string_view key, const std::vector<float>& values);
    /// llama.cpp's keys, and our own (`crystallite.tokenizer.…`) for what these cannot say. Reading them back gives `data` again.
    void setTokenizer(const TokenizerData& data);

    /// `dimensions` in GGUF's order; the tensor is placed behind the one before it.
    void addTensor(std::string_view name, const std::vector<uint64_t>& dimensions, WeightFormat format, uint64_t bytes);

    /// Padded, so that the first tensor follows.
    [[nodiscard]] std::string bytes() const;
    /// Of the whole file.
    [[nodiscard]] uint64_t fileBytes() const { return bytes().size() + dataBytes_; }

private:
    void entry(std::string_view key, uint32_t type);

    std::string entries_;
    uint64_t entryCount_ = 0;
    std::string table_;
    uint64_t tensorCount_ = 0;
    uint64_t dataBytes_ = 0;
};

inline constexpr uint64_t kGgufAlignment = 32;

/// Bytes behind a tensor of `bytes` up to the next one.
constexpr uint64_t ggufPadding(uint64_t bytes) {
    return (kGgufAlignment - bytes % kGgufAlignment) % kGgufAlignment;
}

}  // namespace crystallite
