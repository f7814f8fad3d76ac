#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

namespace crystallite {
namespace {

double sumOfExponentials(std::span<const float> logits, float largest) {
    double sum = 0.0;
    for (const float logit : logits) {
        sum += static_cast<double>(std::exp(logit - largest));
    }
    return sum;
}

/// The least logit that is kept. `values` are the logits of the row, and lose their order.
float leastKept(std::span<float> values, float topP, uint32_t topK) {
    const float largest = *std::max_element(values.begin(), values.end());
    const double most = topP >= 1.0F ? HUGE_VAL : static_cast<double>(topP) * sumOfExponentials(values, largest);
    const size_t limit = topK == 0 ? values.size() : std::min<size_t>(topK, values.size());
    double before = 0.0;
    float last = largest;
    size_t sorted = 0;
    // Most nuclei are small: the best few are sorted first, then more and more of the rest.
    for (size_t count = 64; sorted < limit; count *= 8) {
        const size_t end = std::min(std::max(count, sorted), limit);
        std::partial_sort(values.begin() + static_cast<std::ptrdiff_t>(sorted), values.begin() + static_cast<std::ptrdiff_t>(end),
                          values.end(), std::greater<>());
        for (; sorted < end; ++sorted) {
            if (before > most) {
                return last;
            }
            last = values[sorted];
            before += static_cast<double>(std::exp(last - largest));
        }
    }
    return last;
}

}  // namespace

void truncate(CpuWorkers& workers, const TruncateArgs& args) {
    const std::span<const uint32_t> forbidden = indicesOf(args.forbidden);
    const uint32_t vocabulary = args.logits.columns;
    ENGINE_ASSERT(forbidden.size() < vocabulary);
    workers.reserveScratch(vocabulary);
    workers.forEachRow(args.logits.rows, vocabulary, [&](uint32_t row, uint32_t thread) {
        const std::span<float> logits(writableFloatsOf(args.logits, row), args.logits.columns);
        if (args.temperature > 0.0F) {
            std::transform(logits.begin(), logits.end(), logits.begin(), [&](float logit) { return logit / args.temperature; });
        }
        for (const uint32_t id : forbidden) {
            logits[id] = kCutLogit;
        }
        if (args.topP >= 1.0F && args.topK == 0) {
            return;
        }
        const std::span<float> values = workers.scratch(thread).first(logits.size());
        std::memcpy(values.data(), logits.data(), logits.size_bytes());
        const float least = leastKept(values, args.topP, args.topK);
        std::replace_if(
            logits.begin(), logits.end(), [least](float logit) { return logit < least; }, kCutLogit);
    });
}

}  // namespace crystallite
