#include "engine/cpu/instruction_set.h"

#include "engine/cpu/tile_kernel.h"

#include <algorithm>
#include <cstdlib>

namespace crystallite {
namespace {

InstructionSet widest() {
#ifdef CRYSTALLITE_HAVE_TILE_KERNELS
    // AVX-512 alone says nothing about the 256-bit registers that tails use, but no processor has the one without the other.
    if (__builtin_cpu_supports("avx512f") != 0) {
        return InstructionSet::Avx512;
    }
    if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) {
        return InstructionSet::Avx2;
    }
#endif
    return InstructionSet::Portable;
}

InstructionSet chosen() {
    const char* const wanted = std::getenv("CRYSTALLITE_INSTRUCTION_SET");
    for (const InstructionSet set : {InstructionSet::Portable, InstructionSet::Avx2, InstructionSet::Avx512}) {
        if (wanted != nullptr && nameOf(set) == wanted) {
            return std::min(set, widest());
        }
    }
    return widest();
}

}  // namespace

std::string_view nameOf(InstructionSet set) {
    switch (set) {
        case InstructionSet::Avx2: return "avx2";
        case InstructionSet::Avx512: return "avx512";
        case InstructionSet::Portable: break;
    }
    return "portable";
}

InstructionSet instructionSet() {
    static const InstructionSet set = chosen();
    return set;
}

bool multipliesBf16() {
#ifdef CRYSTALLITE_HAVE_TILE_KERNELS
    return instructionSet() == InstructionSet::Avx512 && __builtin_cpu_supports("avx512bf16") != 0 &&
           __builtin_cpu_supports("avx512bw") != 0;
#else
    return false;
#endif
}

}  // namespace crystallite
