#pragma once

#include "engine/backend/backend.h"
#include "engine/cpu/blas.h"

#include <cstdint>

namespace crystallite {

/// What queries [first, first + count) of one head give each key: out[i, j] = softmax_j(scale * q[first + i] . k[j]) over the keys that the
/// query sees, 0 for the others. Returns the columns of `out` that are written: the keys that the last of the queries sees, because nobody
/// here sees more.
uint32_t weighKeys(const AttentionArgs& args, uint32_t head, uint32_t first, uint32_t count, FloatsOut out);

}  // namespace crystallite
