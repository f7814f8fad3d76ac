#include "engine/model/mixture_config.h"

#include "engine/base/in_quotes.h"
#include "engine/model/metadata_reader.h"

#include <algorithm>
#include <limits>

namespace crystallite {
namespace {

// `expert_gating_func` as llama.cpp numbers them.
constexpr uint64_t kSoftmax = 1;
constexpr uint64_t kSigmoid = 2;

std::string text(uint32_t number) {
    return std::to_string(number);
}

/// How the scores become experts and weights.
Result<RoutingRule> readRule(const ModelSource& source, const Family& family, MetadataReader& metadata, const std::string& prefix) {
    RoutingRule rule = family.routing;
    rule.renormalise = source.findBool(prefix + "expert_weights_norm").value_or(rule.renormalise);
    rule.scale = static_cast<float>(metadata.floatOr("expert_weights_scale", static_cast<double>(rule.scale)));
    rule.groups = metadata.countOr("expert_group_count", rule.groups);
    const uint32_t usualUsed = rule.groups == family.routing.groups ? family.routing.groupsUsed : rule.groups;
    rule.groupsUsed = metadata.countOr("expert_group_used_count", usualUsed);
    const uint64_t usual = rule.score == RouterScore::Sigmoid ? kSigmoid : kSoftmax;
    const uint64_t function = source.findUnsigned(prefix + "expert_gating_func").value_or(usual);
    if (function != kSoftmax && function != kSigmoid) {
        return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) + ": " + prefix + "expert_gating_func is " +
                                                 std::to_string(function) + "; this build routes by softmax (1) and sigmoid (2)"};
    }
    rule.score = function == kSigmoid ? RouterScore::Sigmoid : RouterScore::Softmax;
    return rule;
}

/// Empty when the numbers fit together.
std::string findContradiction(const Mixture& mixture, const ModelConfig& config) {
    const RoutingRule& rule = mixture.rule;
    if (mixture.experts > kMostExperts) {
        return "it has " + text(mixture.experts) + " experts; this build computes with at most " + text(kMostExperts);
    }
    if (mixture.used > mixture.experts) {
        return "every row asks " + text(mixture.used) + " of " + text(mixture.experts) + " experts";
    }
    if (rule.groups > kMostExpertGroups || mixture.experts % rule.groups != 0) {
        return text(mixture.experts) + " experts do not divide into " + text(rule.groups) + " groups (at most " + text(kMostExpertGroups) +
               ")";
    }
    if (rule.groupsUsed > rule.groups || mixture.used > mixture.experts / rule.groups * rule.groupsUsed) {
        return text(mixture.used) + " experts cannot be chosen from " + text(rule.groupsUsed) + " of " + text(rule.groups) + " groups of " +
               text(mixture.experts / rule.groups);
    }
    constexpr uint64_t kMostRows = std::numeric_limits<int32_t>::max();
    if (uint64_t{mixture.experts} * std::max(2 * uint64_t{mixture.width}, uint64_t{config.width}) > kMostRows) {
        return text(mixture.experts) + " experts of width " + text(mixture.width) + " are more than any model has";
    }
    if (mixture.denseLayers >= config.layers) {
        return text(mixture.denseLayers) + " of its " + text(config.layers) + " layers have no experts";
    }
    return {};
}

/// The rows of a matrix of the first layer with experts; 0 when there is none.
uint64_t storedRows(const ModelSource& source, const std::string& name) {
    const StoredTensor* const tensor = source.findTensor(name);
    return tensor != nullptr && tensor->dimensions.size() == 2 ? tensor->dimensions[1] : 0;
}

/// Converters write the width of all shared experts together, or that of one: the tensor tells.
Result<uint32_t> readSharedWidth(const ModelSource& source, MetadataReader& metadata, const Mixture& mixture, const std::string& block) {
    const uint32_t count = metadata.countOrNone("expert_shared_count", 0);
    const uint32_t declared = metadata.countOrNone("expert_shared_feed_forward_length", count == 0 ? 0 : mixture.width);
    const uint64_t stored = storedRows(source, block + "ffn_up_shexp.weight");
    if (metadata.error()) {
        return *metadata.error();
    }
    const bool fits = count == 0 ? stored == 0 || stored == declared : stored == declared || stored == uint64_t{declared} * count;
    if (!fits || stored > static_cast<uint64_t>(std::numeric_limits<int32_t>::max())) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + " declares " + text(count) + " shared experts of width " +
                                             text(declared) + ", but " + block + "ffn_up_shexp.weight has " + std::to_string(stored) +
                                             " rows"};
    }
    return static_cast<uint32_t>(stored);
}

}  // namespace

Result<Mixture> readMixture(const ModelSource& source, const Family& family, const ModelConfig& config) {
    const std::string prefix = config.architecture + ".";
    MetadataReader metadata(source, config.architecture);
    Mixture mixture{.experts = metadata.requiredCount("expert_count"),
                    .used = metadata.requiredCount("expert_used_count"),
                    .width = metadata.requiredCount("expert_feed_forward_length"),
                    .denseLayers = metadata.countOrNone("leading_dense_block_count", 0)};
    const Result<RoutingRule> rule = readRule(source, family, metadata, prefix);
    if (metadata.error()) {
        return *metadata.error();
    }
    if (!rule) {
        return rule.error();
    }
    mixture.rule = *rule;
    if (const std::string wrong = findContradiction(mixture, config); !wrong.empty()) {
        return Error{ErrorKind::Corrupt, inQuotes(source.displayName()) + ": " + wrong};
    }
    const std::string block = "blk." + text(mixture.denseLayers) + ".";
    const Result<uint32_t> shared = readSharedWidth(source, metadata, mixture, block);
    if (!shared) {
        return shared.error();
    }
    mixture.sharedWidth = *shared;
    mixture.selectionBias = source.findTensor(block + "exp_probs_b.bias") != nullptr;
    mixture.fusedGateUp = source.findTensor(block + "ffn_gate_up_exps.weight") != nullptr;
    return mixture;
}

}  // namespace crystallite
