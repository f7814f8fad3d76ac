#pragma once

#include <array>
#include <cstdint>

namespace crystallite {

/// What a random draw is for. Part of the counter, so that one purpose never consumes another's numbers.
enum class DrawPurpose : uint32_t {
    Gumbel = 1,      ///< noise added to the logits; draw index = token id / 4, word = token id % 4
    OrderScore = 2,  ///< score of a slot under random order; draw index 0
    Evaluation = 3,  ///< which positions a likelihood estimate masks; the step is the document, the draw the sample
};

/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// The shader candidates.comp holds the same function; both must give the same bits.
std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

/// The four words drawn for (seed, step, position, purpose, draw). Stateless: no draw depends on another.
std::array<uint32_t, 4> randomWords(uint64_t seed, uint32_t step, uint32_t position, DrawPurpose purpose, uint32_t draw);

/// Uniform in (0, 1) from the 32 random bits: (bits + 1/2) / 2^32.
double uniformFrom(uint32_t bits);

/// Standard exponential -ln(1 - u), u = (bits + 1/2) / 2^32, in f32 with full relative precision at both ends: computing it as
/// -ln of a rounded u would cut the tail that decides rare tokens (arXiv 2409.02908 on 32-bit Gumbel sampling).
float exponentialFrom(uint32_t bits);

}  // namespace crystallite
