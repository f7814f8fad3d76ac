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

}  // namespace crystallite
