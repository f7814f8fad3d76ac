#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace crystallite {

/// RFC 4648, section 4, with padding.
std::string base64Of(std::span<const std::byte> bytes);

}  // namespace crystallite
