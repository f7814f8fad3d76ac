#pragma once

#include "engine/model/families/family.h"
#include "engine/model/model_config.h"

namespace crystallite {

/// The mixture of experts that a file declares under `<architecture>.expert_…`, with the family's routing where it says nothing. `config`
/// has its sizes already. Corrupt when numbers do not fit together, Unsupported when they ask for what this build does not compute.
Result<Mixture> readMixture(const ModelSource& source, const Family& family, const ModelConfig& config);

}  // namespace crystallite
