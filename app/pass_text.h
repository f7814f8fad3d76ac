#pragma once

#include "engine/trace/cache_kind.h"
#include "engine/trace/step_record.h"

#include <QString>

namespace crystallite {

/// The name of the cache, and whether it is approximate.
[[nodiscard]] QString cacheLabel(CacheKind cache);
/// What the cache does, for a person.
[[nodiscard]] QString cacheText(CacheKind cache);
/// The passes of a step in their order: "commit of 32 rows, denoising of 32 rows"; that there was none, or empty where a trace does not
/// say.
[[nodiscard]] QString passesText(const StepRecord& record);

}  // namespace crystallite
