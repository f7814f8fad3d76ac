#pragma once

#include "engine/formats/config_reader.h"
#include "engine/formats/hugging_face_experts.h"
#include "engine/formats/hugging_face_family.h"
#include "engine/formats/metadata.h"
#include "engine/text/tokenizer_data.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace crystallite {

/// What a config.json says, checked, in numbers that every naming style has.
struct CheckpointSizes {
    uint64_t layers = 0;
    uint64_t width = 0;
    uint64_t heads = 0;
    uint64_t kvHeads = 0;
    uint64_t headDim = 0;
    uint64_t feedForward = 0;
    uint64_t rotaryDims = 0;  ///< of each head that turn; 0 without rotary positions
    uint64_t contextLength = 0;
    uint64_t blockLength = 0;  ///< of a family that attends block by block; 0: the files do not say it
    uint64_t vocabulary = 0;   ///< tokens with an embedding of their own; tables may be padded beyond it
    double normEpsilon = 0.0;
    double ropeTheta = 0.0;  ///< 0: positions do not turn queries and keys
    bool tiedHead = false;
    std::optional<CheckpointExperts> experts;  ///< of a family with a mixture; then feedForward is 0 where no layer is dense
    std::optional<TokenId> mask, bos, eos, pad;
    std::vector<TokenId> ends;  ///< every id that ends a text by these files, `eos` included
};

/// Reads the fields of the family's style. Corrupt when one is missing or impossible; Unsupported when one asks for mathematics that this
/// build does not have (stretched positions, another activation, biases where the family has none).
Result<CheckpointSizes> readCheckpointSizes(const nlohmann::json& config, const HuggingFaceFamily& family, std::string fileName);

/// What generation_config.json adds: the roles that config.json leaves out, and further ids that end an answer, which a chat model often
/// has. `document` null: there is no such file. Corrupt when an id is none.
Result<void> addGenerationConfig(const nlohmann::json& document, std::string fileName, CheckpointSizes& sizes);

/// The same under GGUF's keys. Rotary pairs are half-split in every Hugging Face checkpoint, whatever GGUF files of the family do.
Metadata metadataFor(const HuggingFaceFamily& family, const CheckpointSizes& sizes, const std::string& name);

}  // namespace crystallite
