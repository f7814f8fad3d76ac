#pragma once

#include <cstdint>
#include <string_view>

namespace crystallite {

/// What the products of the CPU backend are computed with. Portable: by the BLAS.
enum class InstructionSet : uint8_t { Portable, Avx2, Avx512 };

std::string_view nameOf(InstructionSet set);  ///< "portable", "avx2", "avx512"

/// The widest that this processor and this build have. The environment variable CRYSTALLITE_INSTRUCTION_SET may name a narrower one, so
/// that every one of them can be tested on a processor that has all; what it names and the processor lacks, or nobody knows, is ignored.
/// Asked once per process.
InstructionSet instructionSet();

/// What products of weights are made of. Bf16: both factors are rounded to BF16 (nearest, ties to even), products and sums are F32; about
/// twice the rate, and logits that differ: approximate, never chosen by itself.
enum class Factors : uint8_t { Exact, Bf16 };

/// Whether this processor multiplies BF16 (AVX512_BF16), and CRYSTALLITE_INSTRUCTION_SET does not forbid it.
bool multipliesBf16();

}  // namespace crystallite
