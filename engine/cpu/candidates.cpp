#include "engine/base/assert.h"
#include "engine/base/rng.h"
#include "engine/base/vectorize.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"
#include "engine/cpu/exponential.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace crystallite {
namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();

/// Elements over which sums run in f32 before they go to a double, and over which one comparison decides whether to look closer.
constexpr uint32_t kChunk = 256;

CRYSTALLITE_VECTORIZE float largestOf(const float* x, uint32_t count) {
    float largest = x[0];
#pragma omp simd reduction(max : largest)
    for (uint32_t i = 0; i < count; ++i) {
        largest = x[i] > largest ? x[i] : largest;
    }
    return largest;
}

/// Over a chunk, with d = logit - largest:  sum e^d  and  sum d e^d.
struct ExponentialSums {
    float weights = 0.0F;
    float weightedDistances = 0.0F;
};

CRYSTALLITE_VECTORIZE ExponentialSums sumExponentials(const float* logits, uint32_t count, float largest) {
    constexpr float kWithoutWeight = -90.0F;  // its exponential is 0; keeps 0 * infinity out of the second sum
    float weights = 0.0F;
    float weightedDistances = 0.0F;
#pragma omp simd reduction(+ : weights, weightedDistances)
    for (uint32_t i = 0; i < count; ++i) {
        const float d = logits[i] - largest;
        const float distance = d > kWithoutWeight ? d : kWithoutWeight;
        const float weight = expOfNonPositive(distance);
        weights += weight;
        weightedDistances += weight * distance;
    }
    return {.weights = weights, .weightedDistances = weightedDistances};
}

/// The k largest logits in falling order, ties in rising order of their ids.
class TopCandidates {
public:
    explicit TopCandidates(uint32_t count) : count_(count) {}

    void offerAll(std::span<const float> logits) {
        for (uint32_t begin = 0; begin < logits.size(); begin += kChunk) {
            const auto end = static_cast<uint32_t>(std::min<size_t>(logits.size(), begin + kChunk));
            if (used_ == count_ && largestOf(&logits[begin], end - begin) <= logits_[count_ - 1]) {
                continue;
            }
            for (uint32_t id = begin; id < end; ++id) {
                offer(id, logits[id]);
            }
        }
    }

    [[nodiscard]] uint32_t used() const { return used_; }
    [[nodiscard]] uint32_t id(uint32_t rank) const { return ids_[rank]; }
    [[nodiscard]] float logit(uint32_t rank) const { return logits_[rank]; }

private:
    /// Ids come in rising order, so an equal logit stays behind the one that is there.
    void offer(uint32_t id, float logit) {
        if (logit == kForbidden || (used_ == count_ && logit <= logits_[count_ - 1])) {
            return;
        }
        used_ = std::min(used_ + 1, count_);
        uint32_t rank = used_ - 1;
        for (; rank > 0 && logits_[rank - 1] < logit; --rank) {
            logits_[rank] = logits_[rank - 1];
            ids_[rank] = ids_[rank - 1];
        }
        logits_[rank] = logit;
        ids_[rank] = id;
    }

    uint32_t count_;
    uint32_t used_ = 0;
    std::array<float, kMaxCandidates> logits_{};
    std::array<uint32_t, kMaxCandidates> ids_{};
};

/// limits[i] = e^((logit - best) / temperature): a uniform number above cannot make id i win, because E = -ln(1 - u) >= u and id i wins
/// only where  logit - temperature ln(E) > best.
CRYSTALLITE_VECTORIZE void winningLimits(const float* logits, uint32_t count, float best, float temperature, float* limits) {
    constexpr float kRoundingSlack = 1.001F;
    const float inverse = 1.0F / temperature;
#pragma omp simd
    for (uint32_t i = 0; i < count; ++i) {
        const float scaled = (logits[i] - best) * inverse;
        limits[i] = scaled < 0.0F ? expOfNonPositive(scaled) * kRoundingSlack : 1.0F;
    }
}

/// argmax_v(logit_v - temperature * ln(E_v)), ties to the lower id. The logarithms are computed only where the id can win.
uint32_t drawId(std::span<const float> logits, const SamplingNoise& noise, uint32_t position, const TopCandidates& top) {
    if (noise.temperature == 0.0F) {
        return top.id(0);
    }
    float best = kForbidden;
    uint32_t bestId = top.id(0);
    const auto offer = [&](uint32_t id, uint32_t bits) {
        const float noisy = logits[id] - noise.temperature * std::log(exponentialFrom(bits));
        if (noisy > best || (noisy == best && id < bestId)) {
            best = noisy;
            bestId = id;
        }
    };
    const auto wordsAt = [&](uint32_t id) { return randomWords(noise.seed, noise.step, position, DrawPurpose::Gumbel, id / 4); };
    // Starting from a likely winner rules out most of the others.
    offer(top.id(0), wordsAt(top.id(0))[top.id(0) % 4]);
    std::array<float, kChunk> limits{};
    for (uint32_t begin = 0; begin < logits.size(); begin += kChunk) {
        const auto count = static_cast<uint32_t>(std::min<size_t>(logits.size() - begin, kChunk));
        winningLimits(&logits[begin], count, best, noise.temperature, limits.data());
        for (uint32_t i = 0; i < count; i += 4) {
            const std::array<uint32_t, 4> words = wordsAt(begin + i);
            for (uint32_t word = 0; word < std::min(4U, count - i); ++word) {
                const bool canWin = static_cast<float>(words[word]) * 0x1p-32F <= limits[i + word];
                if (canWin && logits[begin + i + word] != kForbidden) {
                    offer(begin + i + word, words[word]);
                }
            }
        }
    }
    return bestId;
}

struct Softmax {
    double logSumExp = 0.0;
    double entropy = 0.0;  ///< nats

    [[nodiscard]] float probability(float logit) const { return static_cast<float>(std::exp(logit - logSumExp)); }
};

Softmax softmaxOf(std::span<const float> logits, float largest) {
    double sum = 0.0;
    double weightedDistances = 0.0;
    for (size_t begin = 0; begin < logits.size(); begin += kChunk) {
        const auto count = static_cast<uint32_t>(std::min<size_t>(logits.size() - begin, kChunk));
        const ExponentialSums chunk = sumExponentials(&logits[begin], count, largest);
        sum += chunk.weights;
        weightedDistances += chunk.weightedDistances;
    }
    // With d = logit - largest and p = e^d / sum:  -sum p ln p = ln(sum) - sum p d.
    return {.logSumExp = largest + std::log(sum), .entropy = std::log(sum) - weightedDistances / sum};
}

/// `logits` with the forbidden ids at -infinity.
void reportRow(std::span<const float> logits, uint32_t position, const CandidatesArgs& args, uint32_t* words) {
    TopCandidates top(std::max(args.count, 2U));  // the margin needs two
    top.offerAll(logits);
    ENGINE_ASSERT(top.used() >= args.count);
    const Softmax softmax = softmaxOf(logits, top.logit(0));
    for (uint32_t rank = 0; rank < args.count; ++rank) {
        words[rank] = top.id(rank);
        words[args.count + rank] = std::bit_cast<uint32_t>(softmax.probability(top.logit(rank)));
    }
    const float second = top.used() > 1 ? softmax.probability(top.logit(1)) : 0.0F;
    const uint32_t drawn = drawId(logits, args.noise, position, top);
    uint32_t* rest = words + size_t{2} * args.count;
    rest[0] = std::bit_cast<uint32_t>(static_cast<float>(softmax.logSumExp));
    rest[1] = std::bit_cast<uint32_t>(static_cast<float>(softmax.entropy));
    rest[2] = std::bit_cast<uint32_t>(softmax.probability(top.logit(0)) - second);
    rest[3] = drawn;
    rest[4] = std::bit_cast<uint32_t>(softmax.probability(logits[drawn]));
}

}  // namespace

void candidates(CpuWorkers& workers, const CandidatesArgs& args) {
    const std::span<const uint32_t> forbidden = indicesOf(args.forbidden);
    const std::span<const uint32_t> positions = indicesOf(args.positions);
    const auto [rows, vocabulary] = std::pair(args.logits.rows, args.logits.columns);
    ENGINE_ASSERT(args.count >= 1 && args.count <= kMaxCandidates && args.count + forbidden.size() <= vocabulary);
    ENGINE_ASSERT(positions.size() == rows);
    const uint32_t rowWords = candidateRowWords(args.count);
    const std::span<std::byte> out = writableBytes(*args.out, args.outOffsetBytes, uint64_t{rows} * rowWords * sizeof(uint32_t));
    workers.reserveScratch(vocabulary);
    workers.forEachRow(rows, vocabulary, [&](uint32_t row, uint32_t thread) {
        const std::span<float> logits = workers.scratch(thread).first(args.logits.columns);
        std::memcpy(logits.data(), floatsOf(args.logits, row), logits.size_bytes());
        for (const uint32_t id : forbidden) {
            logits[id] = kForbidden;
        }
        reportRow(logits, positions[row], args, reinterpret_cast<uint32_t*>(out.data()) + size_t{row} * rowWords);
    });
}

}  // namespace crystallite
