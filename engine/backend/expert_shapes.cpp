#include "engine/backend/expert_shapes.h"

#include "engine/base/assert.h"

namespace crystallite {

void checkRoute(const RouteArgs& args) {
    const RoutingRule& rule = args.rule;
    const uint32_t experts = args.scores.columns;
    ENGINE_ASSERT(experts >= 1 && experts <= kMostExperts && rule.groups >= 1 && rule.groups <= kMostExpertGroups);
    ENGINE_ASSERT(experts % rule.groups == 0 && rule.groupsUsed >= 1 && rule.groupsUsed <= rule.groups);
    ENGINE_ASSERT(args.weights.columns >= 1 && args.weights.columns <= experts / rule.groups * rule.groupsUsed);
    ENGINE_ASSERT(args.weights.rows == args.scores.rows && args.experts.count == args.weights.rows * args.weights.columns);
    ENGINE_ASSERT(!args.bias || args.bias->columns == experts);
}

void checkExpertMatmul(const ExpertMatmulArgs& args) {
    ENGINE_ASSERT(args.perExpert > 0 && args.x.columns == args.weights.columns && args.x.rows > 0);
    ENGINE_ASSERT(args.weights.rows == uint64_t{args.perExpert} * (args.groups.begins.count - 1));
    ENGINE_ASSERT(uint64_t{args.firstFeature} + args.out.columns <= args.perExpert);
    ENGINE_ASSERT(args.out.rows % args.x.rows == 0 && args.groups.pairs.count == args.out.rows);
    ENGINE_ASSERT(args.groups.used >= 1 && args.out.rows % args.groups.used == 0);
}

}  // namespace crystallite
