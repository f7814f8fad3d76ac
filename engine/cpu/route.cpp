#include "engine/backend/expert_shapes.h"
#include "engine/cpu/cpu_memory.h"
#include "engine/cpu/cpu_operations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace crystallite {
namespace {

constexpr float kOutside = -std::numeric_limits<float>::infinity();

void probabilities(RouterScore kind, std::span<const float> scores, std::span<float> out) {
    if (kind == RouterScore::Sigmoid) {
        std::transform(scores.begin(), scores.end(), out.begin(), [](float score) { return 1.0F / (1.0F + std::exp(-score)); });
        return;
    }
    const float largest = *std::max_element(scores.begin(), scores.end());
    std::transform(scores.begin(), scores.end(), out.begin(), [largest](float score) { return std::exp(score - largest); });
    const float sum = std::accumulate(out.begin(), out.end(), 0.0F);
    std::transform(out.begin(), out.end(), out.begin(), [sum](float power) { return power / sum; });
}

/// A value and its place among others: the larger value comes first, the lower place among equals.
struct Ranked {
    float value = std::numeric_limits<float>::infinity();
    uint32_t place = 0;
};

/// The first of `values` in their order that comes after `previous`. Place 0 where nothing does, as with values that are no numbers.
Ranked nextBest(std::span<const float> values, const Ranked& previous) {
    Ranked best{.value = kOutside, .place = 0};
    bool found = false;
    for (uint32_t place = 0; place < values.size(); ++place) {
        const float value = values[place];
        const bool isLater = value < previous.value || (value == previous.value && place > previous.place);
        if (isLater && (!found || value > best.value)) {
            best = {.value = value, .place = place};
            found = true;
        }
    }
    return best;
}

/// The sum of the two largest, or the one that there is.
float groupScore(std::span<const float> members) {
    float first = members.front();
    float second = kOutside;
    for (const float member : members.subspan(1)) {
        second = std::max(second, std::min(first, member));
        first = std::max(first, member);
    }
    return members.size() > 1 ? first + second : first;
}

void leaveBestGroups(const RoutingRule& rule, std::span<float> selection) {
    const size_t members = selection.size() / rule.groups;
    std::array<float, kMostExpertGroups> scores = {};
    for (uint32_t group = 0; group < rule.groups; ++group) {
        scores[group] = groupScore(selection.subspan(group * members, members));
    }
    std::array<bool, kMostExpertGroups> stays = {};
    Ranked best;
    for (uint32_t i = 0; i < rule.groupsUsed; ++i) {
        best = nextBest(std::span(scores).first(rule.groups), best);
        stays[best.place] = true;
    }
    for (uint32_t group = 0; group < rule.groups; ++group) {
        if (!stays[group]) {
            std::ranges::fill(selection.subspan(group * members, members), kOutside);
        }
    }
}

/// `scratch`: two floats for every expert.
void routeRow(const RouteArgs& args, std::span<const float> scores, std::span<float> scratch, uint32_t* experts, std::span<float> weights) {
    const std::span<float> shares = scratch.first(scores.size());
    const std::span<float> selection = scratch.subspan(scores.size(), scores.size());
    probabilities(args.rule.score, scores, shares);
    if (args.bias) {
        std::transform(shares.begin(), shares.end(), floatsOf(*args.bias), selection.begin(), std::plus<>());
    } else {
        // Without a bias the order of the scores is that of p, and tells apart what p rounds to the same number.
        std::ranges::copy(args.rule.groups > 1 ? std::span<const float>(shares) : scores, selection.begin());
    }
    if (args.rule.groups > 1) {
        leaveBestGroups(args.rule, selection);
    }
    Ranked best;
    float sum = 0.0F;
    for (size_t k = 0; k < weights.size(); ++k) {
        best = nextBest(selection, best);
        experts[k] = best.place;
        weights[k] = shares[best.place];
        sum += shares[best.place];
    }
    const bool isAlone = args.rule.score == RouterScore::Sigmoid && weights.size() == 1;
    const float factor = args.rule.renormalise && !isAlone ? args.rule.scale / (sum + 1e-20F) : args.rule.scale;
    std::transform(weights.begin(), weights.end(), weights.begin(), [factor](float weight) { return weight * factor; });
}

}  // namespace

void route(CpuWorkers& workers, const RouteArgs& args) {
    checkRoute(args);
    const uint32_t used = args.weights.columns;
    const auto chosen = writableBytes(*args.experts.buffer, args.experts.offsetBytes, uint64_t{args.experts.count} * sizeof(uint32_t));
    auto* const experts = reinterpret_cast<uint32_t*>(chosen.data());
    workers.reserveScratch(size_t{2} * args.scores.columns);
    workers.forEachRow(args.scores.rows, args.scores.columns * (used + 8), [&](uint32_t row, uint32_t thread) {
        routeRow(args, {floatsOf(args.scores, row), args.scores.columns}, workers.scratch(thread), experts + size_t{row} * used,
                 {writableFloatsOf(args.weights, row), used});
    });
}

}  // namespace crystallite
