#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace crystallite {

/// Which keys and values a run keeps from pass to pass instead of computing them anew.
enum class CacheKind : uint8_t {
    None,
    Exact,     ///< those of finished blocks, or of the slots so far: what stands behind them has no influence on them
    Prefix,    ///< of a full canvas: those before the block, as they were when it began; Fast-dLLM, arXiv 2505.22618
    Dual,      ///< and those behind the block, too
    SubBlock,  ///< exact, and inside a block those of its other sub-blocks; Fast-dLLM v2, arXiv 2509.26328
};

std::string_view nameOf(CacheKind cache);  ///< "none", "exact", "prefix", "dual", "sub-block"
Result<CacheKind> parseCacheKind(std::string_view name);
std::span<const CacheKind> cacheKinds();
/// Whether it may change what a run decides: it looks at keys and values that later changes would have made other ones.
bool isApproximate(CacheKind cache);

}  // namespace crystallite
