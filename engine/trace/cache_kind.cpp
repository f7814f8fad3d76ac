#include "engine/trace/cache_kind.h"

#include "engine/base/assert.h"
#include "engine/trace/find_named.h"

#include <array>

namespace crystallite {
namespace {

constexpr std::array kCacheKinds = {CacheKind::None, CacheKind::Exact, CacheKind::Prefix, CacheKind::Dual, CacheKind::SubBlock};

}  // namespace

std::string_view nameOf(CacheKind cache) {
    switch (cache) {
        case CacheKind::None: return "none";
        case CacheKind::Exact: return "exact";
        case CacheKind::Prefix: return "prefix";
        case CacheKind::Dual: return "dual";
        case CacheKind::SubBlock: return "sub-block";
    }
    ENGINE_ASSERT(false);
}

Result<CacheKind> parseCacheKind(std::string_view name) {
    return findNamed(kCacheKinds, "cache", name);
}

std::span<const CacheKind> cacheKinds() {
    return kCacheKinds;
}

bool isApproximate(CacheKind cache) {
    return cache == CacheKind::Prefix || cache == CacheKind::Dual || cache == CacheKind::SubBlock;
}

}  // namespace crystallite
