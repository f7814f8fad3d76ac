#include "engine/trace/run_id.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <random>

namespace crystallite {
namespace {

using IdBytes = std::array<uint8_t, 16>;

/// RFC 9562, section 4: the version's four bits, the variant's two, hyphens behind bytes 4, 6, 8 and 10.
std::string textOf(IdBytes bytes, uint8_t version) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0FU) | uint32_t{version} << 4U);
    bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3FU) | 0x80U);
    std::string text;
    for (size_t index = 0; index < bytes.size(); ++index) {
        if (index == 4 || index == 6 || index == 8 || index == 10) {
            text += '-';
        }
        text += kDigits[bytes[index] >> 4U];
        text += kDigits[bytes[index] & 0x0FU];
    }
    return text;
}

}  // namespace

std::string newRunId() {
    std::random_device source;
    IdBytes bytes{};
    for (size_t index = 0; index < bytes.size(); index += 4) {
        const uint32_t word = source();
        for (size_t byte = 0; byte < 4; ++byte) {
            bytes[index + byte] = static_cast<uint8_t>(word >> 8 * byte);
        }
    }
    return textOf(bytes, 4);
}

std::string derivedRunId(const TraceHeader& header, std::span<const TokenId> promptIds) {
    // A zero byte behind each, so that no two headers run together into one text.
    std::string content;
    for (const std::string& part :
         {header.startedAt, header.modelFingerprint, header.device, header.driver, header.prompt, std::to_string(header.settings.seed),
          std::to_string(header.settings.length), std::to_string(header.settings.steps), std::to_string(header.settings.blockLength),
          std::string(nameOf(header.settings.policy)), std::string(nameOf(header.settings.order))}) {
        content += part;
        content += '\0';
    }
    for (const TokenId id : promptIds) {
        content += std::to_string(id) + ' ';
    }
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(content.data(), content.size()));
    IdBytes bytes{};
    std::copy_n(canonical.digest, bytes.size(), bytes.begin());
    return textOf(bytes, 8);
}

bool isRunId(std::string_view text) {
    constexpr size_t kLongest = 64;
    const auto isPart = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
    return !text.empty() && text.size() <= kLongest && std::all_of(text.begin(), text.end(), isPart);
}

std::string utcNow() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
#ifdef _WIN32
    gmtime_s(&utc, &now);
#else
    gmtime_r(&now, &utc);
#endif
    char text[sizeof("2026-11-24T18:00:00Z")];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

}  // namespace crystallite
