#pragma once

#include "engine/model/families/family.h"
#include "engine/model/model_config.h"

namespace crystallite {

/// Fills in the mask; the ids that end an answer: eos, eot, those that the files name besides, the stops of the chat format, and the
/// padding, with which a canvas is filled up behind it; and those that may never be emitted: the mask and every id
/// without a text of its own. `config` must have its vocabularies. Unsupported when nothing says which id is the mask.
Result<void> readTokenRoles(const ModelSource& source, const Family& family, ModelConfig& config);

}  // namespace crystallite
