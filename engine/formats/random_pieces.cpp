#include "engine/formats/random_pieces.h"

#include "engine/base/assert.h"
#include "engine/base/rng.h"
#include "engine/formats/quantize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

namespace crystallite {
namespace {

/// Weights of the longest piece: a block of the K formats.
constexpr uint64_t kLongestPiece = 256;
/// A power of two, so that a random word becomes a number of a piece without bias.
constexpr uint32_t kPieces = 4096;
/// A thread takes as many at once, and looks for a stop in between.
constexpr uint64_t kPiecesPerJob = 4096;
constexpr uint32_t kWordsPerDraw = 4;
/// Counters of the weights themselves, apart from those of the tensors' places.
constexpr std::array<uint32_t, 2> kWeightKey = {0x77656967, 0x68747321};
constexpr std::array<uint32_t, 2> kPlaceKey = {0x706c6163, 0x65732121};

std::array<uint32_t, kWordsPerDraw> wordsAt(uint64_t draw, uint32_t stream, std::array<uint32_t, 2> key) {
    return philox4x32({static_cast<uint32_t>(draw), static_cast<uint32_t>(draw >> 32U), stream, 0}, key);
}

}  // namespace

RandomPieces::RandomPieces(WeightFormat format, uint64_t columns, ThreadPool& pool)
    : format_(format),
      pieceElements_(std::gcd(columns, kLongestPiece)),
      pieceBytes_(rowBytes(format, pieceElements_)),
      pieces_(kPieces * pieceBytes_) {
    // Uniform over (-a, a) has a deviation of a / sqrt(3).
    const double reach = std::sqrt(3.0 / static_cast<double>(columns));
    pool.forEach(kPieces, [&](uint32_t piece, uint32_t /*thread*/) {
        std::array<float, kLongestPiece> weights{};
        for (uint64_t i = 0; i < pieceElements_; ++i) {
            const auto words = wordsAt(i / kWordsPerDraw, piece, kWeightKey);
            weights[i] = static_cast<float>((2.0 * uniformFrom(words[i % kWordsPerDraw]) - 1.0) * reach);
        }
        encode({weights.data(), pieceElements_}, pieces_.data() + piece * pieceBytes_);
    });
}

void RandomPieces::encode(std::span<const float> weights, std::byte* out) const {
    if (isQuantized(format_)) {
        const Result<void> quantized = quantizeRow(format_, weights, {out, pieceBytes_});
        ENGINE_ASSERT(quantized);
        return;
    }
    if (format_ == WeightFormat::F32) {
        std::memcpy(out, weights.data(), pieceBytes_);
        return;
    }
    for (size_t i = 0; i < weights.size(); ++i) {
        const uint16_t bits = format_ == WeightFormat::F16 ? halfFromFloat(weights[i]) : bfloatFromFloat(weights[i]);
        std::memcpy(out + i * sizeof(bits), &bits, sizeof(bits));
    }
}

void RandomPieces::fill(std::span<std::byte> rows, uint32_t tensor, ThreadPool& pool, const std::stop_token& stop) const {
    ENGINE_ASSERT(rows.size() % pieceBytes_ == 0);
    const uint64_t count = rows.size() / pieceBytes_;
    const uint64_t jobs = (count + kPiecesPerJob - 1) / kPiecesPerJob;
    pool.forEach(static_cast<uint32_t>(jobs), [&](uint32_t job, uint32_t /*thread*/) {
        if (stop.stop_requested()) {
            return;
        }
        const uint64_t end = std::min(count, (uint64_t{job} + 1) * kPiecesPerJob);
        std::array<uint32_t, kWordsPerDraw> words{};
        for (uint64_t i = job * kPiecesPerJob; i < end; ++i) {
            if (i % kWordsPerDraw == 0) {
                words = wordsAt(i / kWordsPerDraw, tensor, kPlaceKey);
            }
            const uint64_t piece = words[i % kWordsPerDraw] % kPieces;
            std::memcpy(rows.data() + i * pieceBytes_, pieces_.data() + piece * pieceBytes_, pieceBytes_);
        }
    });
}

}  // namespace crystallite
