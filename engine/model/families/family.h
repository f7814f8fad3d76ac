#pragma once

#include "engine/backend/backend.h"
#include "engine/text/tokenizer_data.h"

#include <string>
#include <string_view>

namespace crystallite {

/// What a GGUF architecture implies and its files do not say. A further family that is made of the same parts is a further row.
struct Family {
    std::string_view architecture;  ///< general.architecture
    RopePairing ropePairing = RopePairing::HalfSplit;
    bool qkvBias = false;
    bool qkNorm = false;
    bool shiftLogitsByDefault = false;         ///< when diffusion.shift_logits is absent
    Visibility visibility = Visibility::Full;  ///< when <architecture>.attention.causal is absent
    bool mayBeCausal = false;                  ///< otherwise a file that asks for it is refused
    /// The mask id of published files that do not declare one, known by their vocabulary; 0 rows when there is no such file.
    uint32_t undeclaredMaskVocabulary = 0;
    TokenId undeclaredMaskId = 0;
};

/// Null when no row has this name.
const Family* findFamily(std::string_view architecture);

/// "llada, dream", for messages.
std::string supportedArchitectures();

}  // namespace crystallite
