#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crystallite {

/// Milliseconds since 1970 of "2026-12-01T02:11:44Z" (ISO 8601, UTC, whole seconds; the Z may be missing); nothing for any other text.
std::optional<int64_t> parseUtc(std::string_view text);

}  // namespace crystallite
