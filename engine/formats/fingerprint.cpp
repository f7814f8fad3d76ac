#include "engine/formats/fingerprint.h"

#include "engine/base/assert.h"

#include <xxhash.h>

#include <memory>

namespace crystallite {

std::string fingerprintOf(std::span<const std::span<const std::byte>> parts, std::string_view note) {
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
    ENGINE_ASSERT(state != nullptr);
    XXH3_128bits_reset(state.get());
    for (const std::span<const std::byte> part : parts) {
        XXH3_128bits_update(state.get(), part.data(), part.size());
    }
    XXH3_128bits_update(state.get(), note.data(), note.size());
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
    std::string hex;
    for (const unsigned char byte : canonical.digest) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hex.append({kDigits[byte >> 4U], kDigits[byte & 15U]});
    }
    return hex;
}

}  // namespace crystallite
