#include "engine/model/families/family.h"

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

constexpr std::array kFamilies = {
    // LLaDA (Nie et al., arXiv 2502.09992). Converters reorder the rows of q and k to interleaved pairs and omit the mask id of
    // LLaDA-8B, whose vocabulary has 126464 entries.
    Family{
        .architecture = "llada", .ropePairing = RopePairing::Interleaved, .undeclaredMaskVocabulary = 126464, .undeclaredMaskId = 126336},
    // Dream (Ye et al., arXiv 2508.15487): Qwen2.5's transformer without the causal mask; it kept the next-token alignment.
    Family{.architecture = "dream", .qkvBias = true, .shiftLogitsByDefault = true},
    // LLaMA (Touvron et al., arXiv 2302.13971): the same blocks, causal; row i predicts token i + 1. Converters reorder the rows as above.
    Family{.architecture = "llama",
           .ropePairing = RopePairing::Interleaved,
           .shiftLogitsByDefault = true,
           .visibility = Visibility::Causal,
           .mayBeCausal = true},
    // Ours, for what no other program's architecture expresses (learned positions, a board): every part is declared in the file.
    Family{.architecture = "crystallite", .mayBeCausal = true},
};

}  // namespace

const Family* findFamily(std::string_view architecture) {
    const auto* const found = std::find_if(kFamilies.begin(), kFamilies.end(),
                                           [architecture](const Family& family) { return family.architecture == architecture; });
    return found == kFamilies.end() ? nullptr : found;
}

std::string supportedArchitectures() {
    std::string names;
    for (const Family& family : kFamilies) {
        names.append(names.empty() ? "" : ", ").append(family.architecture);
    }
    return names;
}

}  // namespace crystallite
