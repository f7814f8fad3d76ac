#include "engine/exchange/base64.h"

#include <algorithm>
#include <cstdint>

namespace crystallite {

std::string base64Of(std::span<const std::byte> bytes) {
    constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (size_t at = 0; at < bytes.size(); at += 3) {
        const size_t count = std::min<size_t>(3, bytes.size() - at);
        uint32_t group = 0;
        for (size_t byte = 0; byte < 3; ++byte) {
            group = group << 8U | (byte < count ? static_cast<uint32_t>(bytes[at + byte]) : 0U);
        }
        for (size_t digit = 0; digit < 4; ++digit) {
            text += digit <= count ? kAlphabet[group >> (18U - 6U * digit) & 63U] : '=';
        }
    }
    return text;
}

}  // namespace crystallite
