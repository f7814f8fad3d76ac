#pragma once

namespace crystallite {

/// Prints file, line and condition to stderr and aborts.
[[noreturn]] void assertionFailed(const char* condition, const char* file, int line);

}  // namespace crystallite

/// A bug in our own code, never a property of input data. On in every build.
#define ENGINE_ASSERT(condition) ((condition) ? static_cast<void>(0) : ::crystallite::assertionFailed(#condition, __FILE__, __LINE__))
