#include "engine/formats/quantize.h"

#include "engine/base/assert.h"
#include "engine/base/vectorize.h"
#include "engine/formats/half.h"
#include "engine/formats/quantized_blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>

namespace crystallite {
namespace {

/// The values q * step - minimum, q = 0..levels - 1. The step may be negative.
struct Grid {
    float step = 0.0F;
    float minimum = 0.0F;
    float levels = 0.0F;
};

/// How far a grid is from weights.
struct Misfit {
    float squared = 0.0F;  ///< sum
    float largest = 0.0F;
};

template <size_t count>
using Weights = std::array<float, count>;

/// The quants, as floats, that come nearest to `weights`.
template <size_t count>
CRYSTALLITE_ALWAYS_INLINE Weights<count> nearestQuants(const Grid& grid, const Weights<count>& weights) {
    const float inverse = grid.step == 0.0F ? 0.0F : 1.0F / grid.step;
    const float last = grid.levels - 1.0F;
    Weights<count> quants;
    for (size_t i = 0; i < count; ++i) {
        const float raised = (weights[i] + grid.minimum) * inverse + 0.5F;  // the integer below is the nearest
        const float inside = raised < 0.0F ? 0.0F : (raised > last ? last : raised);
        quants[i] = static_cast<float>(static_cast<int32_t>(inside));
    }
    return quants;
}

/// Added and compared in halves, which compilers turn into vector code without leave to reorder sums.
template <size_t count>
CRYSTALLITE_ALWAYS_INLINE Misfit misfitOf(const Grid& grid, const Weights<count>& weights) {
    const Weights<count> quants = nearestQuants(grid, weights);
    Weights<count> squares;
    Weights<count> largest;
    for (size_t i = 0; i < count; ++i) {
        const float error = quants[i] * grid.step - grid.minimum - weights[i];
        squares[i] = error * error;
        largest[i] = error < 0.0F ? -error : error;
    }
    for (size_t half = count / 2; half > 0; half /= 2) {
        for (size_t i = 0; i < half; ++i) {
            squares[i] += squares[i + half];
            largest[i] = largest[i] > largest[i + half] ? largest[i] : largest[i + half];
        }
    }
    return {.squared = squares[0], .largest = largest[0]};
}

/// The weight of the largest magnitude, with its sign.
template <size_t count>
CRYSTALLITE_ALWAYS_INLINE float extremeOf(const Weights<count>& weights) {
    float extreme = 0.0F;
    for (const float weight : weights) {
        extreme = std::abs(weight) > std::abs(extreme) ? weight : extreme;
    }
    return extreme;
}

/// The smallest half that is not below `value`, 0..65504: a scale that is rounded up reaches the outermost weights.
CRYSTALLITE_ALWAYS_INLINE uint16_t halfAtLeast(float value) {
    const uint16_t nearest = halfFromFloat(value);
    return static_cast<uint16_t>(nearest + (expandHalf(nearest) < value ? 1 : 0));
}

/// value / unit as an integer, rounded up and at most `most`; 0 without a unit.
CRYSTALLITE_ALWAYS_INLINE int32_t stepsUp(float value, float unit, int32_t most) {
    return unit == 0.0F ? 0 : std::min(most, static_cast<int32_t>(std::ceil(value / unit)));
}

template <size_t count>
CRYSTALLITE_ALWAYS_INLINE Weights<count> weightsAt(const float* first) {
    Weights<count> weights;
    std::copy_n(first, count, weights.begin());
    return weights;
}

CRYSTALLITE_ALWAYS_INLINE void encode(const float* first, BlockQ80& block) {
    const auto weights = weightsAt<32>(first);
    block.scale = halfAtLeast(std::abs(extremeOf(weights)) / 127.0F);
    const float step = expandHalf(block.scale);
    const auto quants = nearestQuants({.step = step, .minimum = 128.0F * step, .levels = 256.0F}, weights);
    for (uint32_t i = 0; i < 32; ++i) {
        block.quants[i] = static_cast<int8_t>(static_cast<int32_t>(quants[i]) - 128);
    }
}

CRYSTALLITE_ALWAYS_INLINE Grid gridOfQ40(float scale) {
    return {.step = scale, .minimum = 8.0F * scale, .levels = 16.0F};
}

/// The grid has one value more on one side, which the extreme weight gets: at -8 steps, or with a wider step nearer to zero.
CRYSTALLITE_ALWAYS_INLINE void encode(const float* first, BlockQ40& block) {
    const auto weights = weightsAt<32>(first);
    const float extreme = extremeOf(weights);
    const uint32_t sign = extreme > 0.0F ? kHalfSignBit : 0U;
    float least = HUGE_VALF;
    for (const float reach : {8.0F, 7.75F, 7.5F, 7.25F, 7.0F}) {
        const auto scale = static_cast<uint16_t>(halfAtLeast(std::abs(extreme) / reach) | sign);
        const Misfit misfit = misfitOf(gridOfQ40(expandHalf(scale)), weights);
        if (misfit.squared < least) {
            least = misfit.squared;
            block.scale = scale;
        }
    }
    const auto quants = nearestQuants(gridOfQ40(expandHalf(block.scale)), weights);
    for (uint32_t i = 0; i < 16; ++i) {
        block.quants[i] = static_cast<uint8_t>(static_cast<uint32_t>(quants[i]) | static_cast<uint32_t>(quants[i + 16]) << 4U);
    }
}

/// Scale and minimum of a sub-block of Q4_K, in units of those of the block.
struct SubScale {
    int32_t scale = 0;
    int32_t minimum = 0;
};

CRYSTALLITE_ALWAYS_INLINE Grid gridOfQ4K(SubScale sub, float scale, float minimum) {
    return {.step = scale * static_cast<float>(sub.scale), .minimum = minimum * static_cast<float>(sub.minimum), .levels = 16.0F};
}

/// `widest` spans all of the weights; narrower ones that move none by more than a step may have a smaller error.
CRYSTALLITE_ALWAYS_INLINE SubScale bestSubScale(const Weights<32>& weights, SubScale widest, float scale, float minimum) {
    SubScale best = widest;
    float least = misfitOf(gridOfQ4K(widest, scale, minimum), weights).squared;
    for (const int32_t lessScale : {0, 1, 2, 3, 4}) {
        for (const int32_t lessMinimum : {0, 1, 2, 4}) {
            const SubScale sub{.scale = widest.scale - lessScale, .minimum = widest.minimum - lessMinimum};
            if (sub.scale < 1 || sub.minimum < 0) {
                continue;
            }
            const Grid grid = gridOfQ4K(sub, scale, minimum);
            const Misfit misfit = misfitOf(grid, weights);
            if (misfit.squared < least && misfit.largest <= grid.step) {
                least = misfit.squared;
                best = sub;
            }
        }
    }
    return best;
}

/// The inverse of subScaleOf() and subMinimumOf().
CRYSTALLITE_ALWAYS_INLINE void packSubScale(std::array<uint8_t, 12>& scales, uint32_t s, SubScale sub) {
    const auto scale = static_cast<uint32_t>(sub.scale);
    const auto minimum = static_cast<uint32_t>(sub.minimum);
    const auto add = [&scales](uint32_t index, uint32_t bits) { scales[index] = static_cast<uint8_t>(scales[index] | bits); };
    if (s < 4) {
        add(s, scale);
        add(s + 4, minimum);
    } else {
        add(s + 4, (scale & 15U) | (minimum & 15U) << 4U);
        add(s - 4, scale >> 4U << 6U);
        add(s, minimum >> 4U << 6U);
    }
}

/// Minima first, rounded up to their unit; then scales, so that from there every sub-block reaches its largest weight.
CRYSTALLITE_ALWAYS_INLINE void encode(const float* first, BlockQ4K& block) {
    std::array<float, 8> lowest{};  // 0 or below: minima have no sign
    std::array<float, 8> highest{};
    for (uint32_t s = 0; s < 8; ++s) {
        const auto weights = weightsAt<32>(first + size_t{s} * 32);
        lowest[s] = std::min(0.0F, *std::min_element(weights.begin(), weights.end()));
        highest[s] = *std::max_element(weights.begin(), weights.end());
    }
    block.minimum = halfAtLeast(std::abs(*std::min_element(lowest.begin(), lowest.end())) / 63.0F);
    const float minimum = expandHalf(block.minimum);
    std::array<SubScale, 8> subs{};
    std::array<float, 8> steps{};
    for (uint32_t s = 0; s < 8; ++s) {
        subs[s].minimum = stepsUp(std::abs(lowest[s]), minimum, 63);
        steps[s] = std::max(0.0F, highest[s] + minimum * static_cast<float>(subs[s].minimum)) / 15.0F;
    }
    block.scale = halfAtLeast(*std::max_element(steps.begin(), steps.end()) / 63.0F);
    const float scale = expandHalf(block.scale);
    for (uint32_t s = 0; s < 8; ++s) {
        const auto weights = weightsAt<32>(first + size_t{s} * 32);
        subs[s].scale = stepsUp(steps[s], scale, 63);
        const SubScale best = bestSubScale(weights, subs[s], scale, minimum);
        packSubScale(block.scales, s, best);
        const auto quants = nearestQuants(gridOfQ4K(best, scale, minimum), weights);
        for (uint32_t i = 0; i < 32; ++i) {
            uint8_t& byte = block.quants[s / 2 * 32 + i];
            byte = static_cast<uint8_t>(byte | static_cast<uint32_t>(quants[i]) << (s % 2 * 4));
        }
    }
}

CRYSTALLITE_ALWAYS_INLINE Grid gridOfQ6K(int32_t subScale, float scale) {
    const float step = scale * static_cast<float>(subScale);
    return {.step = step, .minimum = 32.0F * step, .levels = 64.0F};
}

/// As in Q4_0 the side with one value more is that of the extreme weight. `widest` spans all weights.
CRYSTALLITE_ALWAYS_INLINE int32_t bestSubScale(const Weights<16>& weights, int32_t widest, float scale) {
    const int32_t sign = extremeOf(weights) > 0.0F ? -1 : 1;
    int32_t best = sign * widest;
    float least = misfitOf(gridOfQ6K(best, scale), weights).squared;
    for (int32_t size = widest - 3; size <= widest + 3; ++size) {
        const Grid grid = gridOfQ6K(sign * size, scale);
        const Misfit misfit = misfitOf(grid, weights);
        if (size >= 1 && size <= 127 && misfit.squared < least && misfit.largest <= std::abs(grid.step)) {
            least = misfit.squared;
            best = sign * size;
        }
    }
    return best;
}

CRYSTALLITE_ALWAYS_INLINE void encode(const float* first, BlockQ6K& block) {
    const float extreme = std::abs(extremeOf(weightsAt<256>(first)));
    block.scale = halfAtLeast(extreme / 32.0F / 127.0F);
    const float scale = expandHalf(block.scale);
    for (uint32_t s = 0; s < 16; ++s) {
        const auto weights = weightsAt<16>(first + size_t{s} * 16);
        const int32_t subScale = bestSubScale(weights, stepsUp(std::abs(extremeOf(weights)) / 32.0F, scale, 127), scale);
        block.scales[s] = static_cast<int8_t>(subScale);
        const auto quants = nearestQuants(gridOfQ6K(subScale, scale), weights);
        const uint32_t quarter = s % 8 / 2;
        for (uint32_t i = 0; i < 16; ++i) {
            const auto quant = static_cast<uint32_t>(quants[i]);
            uint8_t& low = block.lowBits[s / 8 * 64 + quarter % 2 * 32 + s % 2 * 16 + i];
            uint8_t& high = block.highBits[s / 8 * 32 + s % 2 * 16 + i];
            low = static_cast<uint8_t>(low | (quant & 15U) << (quarter / 2 * 4));
            high = static_cast<uint8_t>(high | quant >> 4U << (quarter * 2));
        }
    }
}

template <typename Block>
CRYSTALLITE_ALWAYS_INLINE void encodeBlocks(std::span<const float> weights, std::byte* out) {
    for (size_t first = 0; first < weights.size(); first += Block::kWeights) {
        Block block{};
        encode(weights.data() + first, block);
        std::memcpy(out + first / Block::kWeights * sizeof(Block), &block, sizeof(Block));
    }
}

CRYSTALLITE_VECTORIZE void encodeRow(WeightFormat format, std::span<const float> weights, std::byte* out) {
    switch (format) {
        case WeightFormat::Q8_0: return encodeBlocks<BlockQ80>(weights, out);
        case WeightFormat::Q4_0: return encodeBlocks<BlockQ40>(weights, out);
        case WeightFormat::Q4_K: return encodeBlocks<BlockQ4K>(weights, out);
        case WeightFormat::Q6_K: return encodeBlocks<BlockQ6K>(weights, out);
        default: ENGINE_ASSERT(false);
    }
}

}  // namespace

bool canQuantize(WeightFormat format) {
    return format == WeightFormat::Q8_0 || format == WeightFormat::Q4_0 || format == WeightFormat::Q4_K || format == WeightFormat::Q6_K;
}

Result<void> quantizeRow(WeightFormat format, std::span<const float> weights, std::span<std::byte> out) {
    const WeightLayout layout = layoutOf(format);
    if (!canQuantize(format)) {
        return Error{ErrorKind::Unsupported,
                     "Weights cannot be quantised to " + std::string(layout.name) + "; choose Q8_0, Q6_K, Q4_K or Q4_0."};
    }
    ENGINE_ASSERT(weights.size() % layout.elementsPerBlock == 0 && out.size() == rowBytes(format, weights.size()));
    // A comparison with NaN is false.
    const auto bad =
        std::find_if(weights.begin(), weights.end(), [](float weight) { return !(std::abs(weight) <= kLargestQuantizedWeight); });
    if (bad != weights.end()) {
        return Error{ErrorKind::Corrupt, "Weight " + std::to_string(bad - weights.begin()) + " of a row is " + std::to_string(*bad) +
                                             ", and " + std::string(layout.name) +
                                             " can hold magnitudes up to 65504; load the model without quantising it."};
    }
    encodeRow(format, weights, out.data());
    return {};
}

}  // namespace crystallite
