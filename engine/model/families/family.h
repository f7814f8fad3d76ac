#pragma once

#include "engine/backend/backend.h"
#include "engine/model/model_config.h"
#include "engine/text/tokenizer_data.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace crystallite {

/// What a family of models implies and its files do not say. A further family that is made of the same parts is a further row.
struct Family {
    std::string_view name;  ///< "open-dcoder"
    NormKind norm = NormKind::Rms;
    FeedForwardKind feedForward = FeedForwardKind::SiluGated;
    bool qkvBias = false;
    bool otherBias = false;  ///< of the attention's output and the feed-forward
    bool qkNorm = false;
    bool mixture = false;                      ///< of experts, in the layers that the file does not call dense
    RoutingRule routing;                       ///< of its mixture, where the file does not say it
    bool rope = true;                          ///< when <architecture>.rope.dimension_count is absent
    bool shiftLogitsByDefault = false;         ///< when diffusion.shift_logits is absent
    Visibility visibility = Visibility::Full;  ///< when <architecture>.attention.causal is absent
    uint32_t blockLength = 0;                  ///< of BlockCausal, when diffusion.block_length is absent
    bool mayBeCausal = false;                  ///< otherwise a file that asks for it is refused
    bool hasMask = true;                       ///< otherwise an id that never comes out stands for an open slot, unless a file declares one
    std::string_view maskToken;                ///< written name of the mask in files that do not declare it; empty: none
    /// The mask id of published files that neither declare nor name one, known by the rows of their embedding, bare or padded.
    std::array<uint32_t, 2> undeclaredMaskVocabularies = {};
    TokenId undeclaredMaskId = 0;
    std::string_view chatFormat;    ///< name of the format that its chat models were trained with; empty: only the file can say
    std::string_view tellingToken;  ///< written token that only this one of the families of an architecture has; empty: none
};

/// What a file's `general.architecture` implies: how q and k are stored, and what the file can hold.
struct Architecture {
    std::string_view name;
    RopePairing ropePairing = RopePairing::HalfSplit;
    std::array<std::string_view, 5> families;  ///< unused entries are empty
    bool saysFamily = true;                    ///< the first family, unless a token tells; otherwise a token tells, or a person must
    std::string_view causalFamily;             ///< of files that declare causal attention; empty: none is run
};

/// All of them.
std::span<const Family> families();

/// Null when no row has this name.
const Family* findFamily(std::string_view name);
const Architecture* findArchitecture(std::string_view name);

/// "llada, dream", for messages.
std::string supportedArchitectures();

}  // namespace crystallite
