#include "engine/formats/fingerprint.h"

#include "engine/base/assert.h"

#include <xxhash.h>

#include <algorithm>
#include <memory>

namespace crystallite {
namespace {

constexpr size_t kBytesAtATime = size_t{64} << 20;

/// Empty when `goOn(bytes that were hashed)` said no.
std::string hashOf(std::span<const std::span<const std::byte>> parts, std::string_view note, const std::function<bool(size_t)>& goOn) {
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
    ENGINE_ASSERT(state != nullptr);
    XXH3_128bits_reset(state.get());
    for (std::span<const std::byte> part : parts) {
        while (!part.empty()) {
            const std::span<const std::byte> piece = part.first(std::min(part.size(), kBytesAtATime));
            XXH3_128bits_update(state.get(), piece.data(), piece.size());
            part = part.subspan(piece.size());
            if (!goOn(piece.size())) {
                return "";
            }
        }
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

}  // namespace

std::string fingerprintOf(std::span<const std::span<const std::byte>> parts, std::string_view note) {
    return hashOf(parts, note, [](size_t) { return true; });
}

const std::string& LazyFingerprint::of(std::span<const std::span<const std::byte>> parts, std::string_view note) const {
    const std::scoped_lock lock(mutex_);
    if (value_.empty()) {
        value_ = fingerprintOf(parts, note);
    }
    return value_;
}

Result<void> LazyFingerprint::prepare(std::span<const std::span<const std::byte>> parts, std::string_view note,
                                      const std::function<void(double)>& progress, const std::stop_token& stop) const {
    const std::scoped_lock lock(mutex_);
    size_t total = 0;
    for (const std::span<const std::byte> part : parts) {
        total += part.size();
    }
    size_t done = 0;
    const auto goOn = [&](size_t bytes) {
        done += bytes;
        if (progress) {
            progress(static_cast<double>(done) / static_cast<double>(total));
        }
        return !stop.stop_requested();
    };
    if (value_.empty()) {
        value_ = hashOf(parts, note, goOn);
    }
    return value_.empty() ? Error{ErrorKind::Cancelled, "computing the fingerprint was stopped"} : Result<void>();
}

}  // namespace crystallite
