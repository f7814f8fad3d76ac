#pragma once

#include "engine/base/result.h"
#include "engine/formats/json_access.h"
#include "engine/formats/vocabulary_builder.h"
#include "engine/text/tokenizer_data.h"

#include <string>
#include <string_view>

namespace crystallite {

/// What `tokenizer.json` says: the vocabulary with its added tokens, and how text is treated. Special roles are not in it.
struct TokenizerJson {
    TokenizerData data;  ///< without tokens, kinds and rules
    VocabularyBuilder vocabulary;
    std::string opening, closing;  ///< the special tokens that its template puts around a text, as written; empty: none
};

/// Byte-level BPE, and BPE over characters that falls back to bytes. Unsupported for other models and for text treatment that this build
/// cannot do; Corrupt when the file contradicts itself. Unicode normalisation (NFC) is not applied (engine/decisions/0010).
Result<TokenizerJson> readTokenizerJson(std::string_view text);

/// From the `normalizer` and `pre_tokenizer` of the file to `model`, `preTokenizer`, `splitExpressions` and `spacePrefix`;
/// `takesWholeWords` is set before.
Result<void> readTextTreatment(const Json& document, bool hasByteFallback, TokenizerData& data);

/// An entry of `added_tokens` or `added_tokens_decoder`; Corrupt without content.
Result<AddedToken> readAddedToken(const Json& entry, uint64_t id);

}  // namespace crystallite
