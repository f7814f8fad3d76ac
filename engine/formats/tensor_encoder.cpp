#include "engine/formats/tensor_encoder.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"
#include "engine/formats/quantize.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstring>
#include <string>
#include <vector>

namespace crystallite {
namespace {

uint64_t rowsOf(const StoredTensor& tensor) {
    uint64_t rows = 1;
    for (size_t i = 1; i < tensor.dimensions.size(); ++i) {
        rows *= tensor.dimensions[i];
    }
    return rows;
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/// The block of `blk.12.attn_v.weight`; nothing for tensors outside of blocks.
std::optional<uint64_t> blockOf(std::string_view name) {
    constexpr std::string_view kPrefix = "blk.";
    if (!name.starts_with(kPrefix)) {
        return std::nullopt;
    }
    uint64_t block = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + kPrefix.size(), end, block);
    return error == std::errc() && rest != end && *rest == '.' ? std::optional(block) : std::nullopt;
}

/// llama.cpp's rule for the blocks whose most sensitive matrices get more bits.
bool hasMoreBits(const StoredTensor& tensor, uint64_t layers) {
    const bool sensitive = tensor.name.ends_with(".attn_v.weight") || tensor.name.ends_with(".ffn_down.weight") ||
                           tensor.name.ends_with(".ffn_down_exps.weight") || tensor.name.ends_with(".ffn_down_shexp.weight");
    const std::optional<uint64_t> block = sensitive ? blockOf(tensor.name) : std::nullopt;
    if (!block) {
        return false;
    }
    const uint64_t eighth = layers / 8;
    return *block < eighth || *block >= 7 * layers / 8 || (*block - eighth) % 3 == 2;
}

bool fits(const StoredTensor& tensor, WeightFormat format) {
    return tensor.dimensions.front() % layoutOf(format).elementsPerBlock == 0;
}

}  // namespace

TensorEncoder::TensorEncoder(const StoredTensor& tensor, WeightFormat format, RowOrder sourceRow)
    : tensor_(tensor),
      format_(format),
      sourceRow_(std::move(sourceRow)),
      columns_(tensor.dimensions.front()),
      rows_(rowsOf(tensor)),
      bytesPerRow_(rowBytes(format, columns_)) {
    ENGINE_ASSERT(tensor.bytes.size() == rows_ * rowBytes(tensor.format, columns_));
}

uint64_t TensorEncoder::rowsAtATime() const {
    return std::clamp<uint64_t>(kEncodedBytesAtATime / bytesPerRow_, 1, rows_);
}

Result<void> TensorEncoder::encodeRow(uint64_t row, std::span<float> scratch, std::span<std::byte> out) const {
    const uint64_t stored = rowBytes(tensor_.format, columns_);
    const std::byte* const source = tensor_.bytes.at((sourceRow_ ? sourceRow_(row) : row) * stored);
    if (format_ == tensor_.format) {
        std::memcpy(out.data(), source, stored);
        return {};
    }
    unpackRow(tensor_.format, source, scratch.data(), columns_);
    if (format_ == WeightFormat::F32) {
        std::memcpy(out.data(), scratch.data(), out.size());
        return {};
    }
    const Result<void> quantized = quantizeRow(format_, scratch, out);
    if (!quantized) {
        return Error{quantized.error().kind,
                     "row " + std::to_string(row) + " of tensor " + inQuotes(tensor_.name) + ": " + quantized.error().message};
    }
    return {};
}

Result<void> TensorEncoder::encode(ThreadPool& pool, uint64_t first, uint64_t count, std::span<std::byte> out) const {
    ENGINE_ASSERT(first + count <= rows_ && out.size() == count * bytesPerRow_);
    std::vector<std::vector<float>> scratch(pool.threads(), std::vector<float>(columns_));
    std::vector<std::optional<Error>> errors(pool.threads());
    pool.forEach(static_cast<uint32_t>(count), [&](uint32_t row, uint32_t thread) {
        const Result<void> encoded = encodeRow(first + row, scratch[thread], out.subspan(row * bytesPerRow_, bytesPerRow_));
        if (!encoded && !errors[thread]) {
            errors[thread] = encoded.error();
        }
    });
    for (const std::optional<Error>& error : errors) {
        if (error) {
            return *error;
        }
    }
    return {};
}

WeightFormat formatWhenQuantized(const StoredTensor& tensor, WeightFormat wanted, bool headIsEmbedding, uint64_t layers) {
    const bool decides = tensor.name.ends_with(".ffn_gate_inp.weight") || tensor.name == "position_embd.weight";
    if (tensor.dimensions.size() < 2 || isQuantized(tensor.format) || decides) {
        return tensor.format;
    }
    const bool isHead = tensor.name == (headIsEmbedding ? "token_embd.weight" : "output.weight");
    const bool fourBits = wanted == WeightFormat::Q4_K || wanted == WeightFormat::Q4_0;
    const bool moreBits = (fourBits && isHead) || (wanted == WeightFormat::Q4_K && hasMoreBits(tensor, layers));
    for (const WeightFormat format : {moreBits ? WeightFormat::Q6_K : wanted, WeightFormat::Q8_0}) {
        if (fits(tensor, format)) {
            return format;
        }
    }
    return tensor.format;
}

Result<WeightFormat> parseQuantization(std::string_view name) {
    std::string known;
    for (const WeightFormat format : kWeightFormats) {
        const std::string each = lowerCase(layoutOf(format).name);
        if (canQuantize(format) && each == lowerCase(name)) {
            return format;
        }
        if (canQuantize(format)) {
            known.append(known.empty() ? "" : ", ").append(each);
        }
    }
    return Error{ErrorKind::InvalidArgument, "weights cannot be quantised to " + inQuotes(name) + "; choose one of: " + known};
}

}  // namespace crystallite
