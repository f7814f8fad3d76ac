#pragma once

#include "engine/base/result.h"
#include "engine/base/thread_pool.h"
#include "engine/formats/model_source.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace crystallite {

/// Rows that are converted at a time, so that a caller can show progress and stop: as many as this many bytes hold.
inline constexpr uint64_t kEncodedBytesAtATime = uint64_t{8} << 20;

/// Makes the rows of a tensor in another format, and in another order. Borrows the tensor.
class TensorEncoder {
public:
    /// Row r of the result is row `sourceRow(r)` of the tensor; without one, row r.
    using RowOrder = std::function<uint64_t(uint64_t)>;
    TensorEncoder(const StoredTensor& tensor, WeightFormat format, RowOrder sourceRow = {});

    [[nodiscard]] uint64_t rows() const { return rows_; }
    [[nodiscard]] uint64_t bytesPerRow() const { return bytesPerRow_; }
    [[nodiscard]] uint64_t bytes() const { return rows_ * bytesPerRow_; }
    [[nodiscard]] uint64_t rowsAtATime() const;

    /// Rows [first, first + count) into `out` of count * bytesPerRow() bytes, by all threads of `pool`. Corrupt with the tensor's name when
    /// a weight cannot be quantised.
    Result<void> encode(ThreadPool& pool, uint64_t first, uint64_t count, std::span<std::byte> out) const;

private:
    Result<void> encodeRow(uint64_t row, std::span<float> scratch, std::span<std::byte> out) const;

    const StoredTensor& tensor_;
    WeightFormat format_;
    RowOrder sourceRow_;
    uint64_t columns_;
    uint64_t rows_;
    uint64_t bytesPerRow_;
};

/// The format that a tensor has in a model that is quantised to `wanted`:
/// - norms, biases, position tables and routers stay as they are (a router's error sends a token to another expert), and so does what is
///   quantised already;
/// - the head (the embedding where it is the head too) is Q6_K beside four-bit weights: it decides between all tokens;
/// - with Q4_K, so are attn_v and ffn_down (of the experts too, the shared ones among them) of the first and last eighth of the blocks and
///   of every third between, as in the mix that is published as Q4_K_M;
/// - a row that is no whole number of blocks takes Q8_0, or stays.
WeightFormat formatWhenQuantized(const StoredTensor& tensor, WeightFormat wanted, bool headIsEmbedding, uint64_t layers);

/// "q8_0" and so on: the formats that weights can be quantised to. InvalidArgument lists them.
Result<WeightFormat> parseQuantization(std::string_view name);

}  // namespace crystallite
