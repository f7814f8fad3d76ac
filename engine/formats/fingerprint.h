#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// XXH3-128 of the parts one behind the other and of `note` behind them, as 32 hex digits. An empty note adds nothing, so that the
/// fingerprint of one part is the hash of its bytes.
std::string fingerprintOf(std::span<const std::span<const std::byte>> parts, std::string_view note);

/// A fingerprint that is computed once, when it is first needed. Any thread.
class LazyFingerprint {
public:
    /// Always of the same parts and note.
    const std::string& of(std::span<const std::span<const std::byte>> parts, std::string_view note) const;
    /// Computes it with its progress, 0..1. Cancelled.
    Result<void> prepare(std::span<const std::span<const std::byte>> parts, std::string_view note,
                         const std::function<void(double)>& progress, const std::stop_token& stop) const;

private:
    mutable std::mutex mutex_;
    mutable std::string value_;  ///< empty: not yet computed
};

}  // namespace crystallite
