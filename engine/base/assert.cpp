#include "engine/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace crystallite {

void assertionFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: internal error, please report it: %s\n", file, line, condition);
    std::abort();
}

}  // namespace crystallite
