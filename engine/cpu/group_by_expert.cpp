#include "engine/base/assert.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <algorithm>
#include <numeric>

namespace crystallite {
namespace {

std::span<uint32_t> writableIndices(const IndexView& view) {
    const auto bytes = writableBytes(*view.buffer, view.offsetBytes, uint64_t{view.count} * sizeof(uint32_t));
    return {reinterpret_cast<uint32_t*>(bytes.data()), view.count};
}

}  // namespace

void groupByExpert(CpuWorkers& /*workers*/, const GroupByExpertArgs& args) {
    const std::span<const uint32_t> experts = indicesOf(args.experts);
    const std::span<uint32_t> begins = writableIndices(args.groups.begins);
    const std::span<uint32_t> pairs = writableIndices(args.groups.pairs);
    ENGINE_ASSERT(begins.size() > 1 && pairs.size() == experts.size());
    ENGINE_ASSERT(std::ranges::all_of(experts, [&](uint32_t expert) { return expert + 1 < begins.size(); }));
    std::ranges::fill(begins, 0U);
    for (const uint32_t expert : experts) {
        ++begins[expert + 1];
    }
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    for (uint32_t pair = 0; pair < experts.size(); ++pair) {
        pairs[begins[experts[pair]]++] = pair;  // each begin moves to its end, which is the begin of the next
    }
    std::shift_right(begins.begin(), begins.end(), 1);
    begins.front() = 0;
}

}  // namespace crystallite
