#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace crystallite {
namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();

/// ln(sum exp(logit)).
double logSumExp(std::span<const float> logits) {
    const float largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0.0;
    for (const float logit : logits) {
        sum += static_cast<double>(std::exp(logit - largest));
    }
    return static_cast<double>(largest) + std::log(sum);
}

/// KL(softmax(a) || softmax(b)); ids without weight in `a` count nothing.
double divergence(std::span<const float> a, std::span<const float> b) {
    const double sumA = logSumExp(a);
    const double sumB = logSumExp(b);
    double total = 0.0;
    for (size_t id = 0; id < a.size(); ++id) {
        const double logP = static_cast<double>(a[id]) - sumA;
        const double p = std::exp(logP);
        total += p > 0.0 ? p * (logP - (static_cast<double>(b[id]) - sumB)) : 0.0;
    }
    return total;
}

}  // namespace

void drift(CpuWorkers& workers, const DriftArgs& args) {
    const std::span<const uint32_t> forbidden = indicesOf(args.forbidden);
    const uint32_t vocabulary = args.logits.columns;
    ENGINE_ASSERT(forbidden.size() < vocabulary && args.kept.columns == vocabulary && args.kept.rows == args.logits.rows);
    const std::span<std::byte> out = writableBytes(*args.out, args.outOffsetBytes, uint64_t{args.logits.rows} * sizeof(float));
    workers.reserveScratch(size_t{vocabulary} * 2);
    workers.forEachRow(args.logits.rows, vocabulary, [&](uint32_t row, uint32_t thread) {
        const size_t columns = args.logits.columns;
        const std::span<float> now = workers.scratch(thread).first(columns);
        const std::span<float> last = workers.scratch(thread).subspan(columns, columns);
        float* kept = writableFloatsOf(args.kept, row);
        std::memcpy(now.data(), floatsOf(args.logits, row), now.size_bytes());
        std::memcpy(last.data(), kept, last.size_bytes());
        std::memcpy(kept, now.data(), now.size_bytes());
        for (const uint32_t id : forbidden) {
            now[id] = kForbidden;
            last[id] = kForbidden;
        }
        reinterpret_cast<float*>(out.data())[row] = static_cast<float>(divergence(now, last));
    });
}

}  // namespace crystallite
