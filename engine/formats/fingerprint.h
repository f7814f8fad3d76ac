#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// XXH3-128 of the parts one behind the other and of `note` behind them, as 32 hex digits. An empty note adds nothing, so that the
/// fingerprint of one part is the hash of its bytes.
std::string fingerprintOf(std::span<const std::span<const std::byte>> parts, std::string_view note);

}  // namespace crystallite
