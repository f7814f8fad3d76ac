#pragma once

#include "engine/formats/config_reader.h"
#include "engine/formats/hugging_face_family.h"
#include "engine/formats/metadata.h"

#include <cstdint>
#include <string>

namespace crystallite {

/// The mixture of experts of a checkpoint.
struct CheckpointExperts {
    uint64_t count = 0;
    uint64_t used = 0;  ///< by each row
    uint64_t width = 0;
    uint64_t shared = 0;       ///< experts that every row asks; stored as one of `shared` times the width
    uint64_t denseLayers = 0;  ///< the first ones, which have no experts
    uint64_t groups = 1;
    uint64_t groupsUsed = 1;
    double scale = 1.0;
    bool sigmoid = false;
    bool renormalised = false;
    bool selectionBias = false;
};

/// The fields of the family's mixture, which it must have. Errors stay in `config`: layers of mixed kinds, another router.
CheckpointExperts readCheckpointExperts(ConfigReader& config, MixtureFields fields);

/// The same under GGUF's keys.
void setExpertMetadata(Metadata& metadata, const std::string& prefix, const CheckpointExperts& experts);

}  // namespace crystallite
