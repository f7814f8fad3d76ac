#pragma once

#include "engine/base/result.h"
#include "engine/formats/model_source.h"
#include "engine/model/families/family.h"

namespace crystallite {

/// What a file is read as.
struct FamilyChoice {
    const Architecture& architecture;
    const Family& family;
    RopePairing ropePairing = RopePairing::HalfSplit;
};

/// From `general.architecture` and, where that leaves a choice, `crystallite.family`; `crystallite.rope.pairing` where the rows are not in
/// the order that the architecture implies. Unsupported: a foreign architecture. Ambiguous: it leaves a choice and none was made; the error
/// lists what there is. InvalidArgument: a choice that the architecture does not have.
Result<FamilyChoice> chooseFamily(const ModelSource& source);

}  // namespace crystallite
