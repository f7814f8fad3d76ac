#pragma once

#include "engine/base/result.h"
#include "engine/formats/vocabulary_builder.h"
#include "engine/text/tokenizer_data.h"

#include <cstddef>
#include <span>

namespace crystallite {

/// What `tokenizer.model` says (SentencePiece's ModelProto).
struct SentencePieceModel {
    TokenizerData data;  ///< without tokens, kinds and rules
    VocabularyBuilder vocabulary;
};

/// BPE with byte fallback and text as it is. Unsupported for other models (unigram) and for normalisation that would change the text;
/// Corrupt when the message is damaged. Settings that are left out are SentencePiece's defaults.
Result<SentencePieceModel> readSentencePieceModel(std::span<const std::byte> bytes);

}  // namespace crystallite
