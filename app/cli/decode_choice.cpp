#include "app/cli/decode_choice.h"

#include "app/cli/policies.h"
#include "engine/trace/decode_option.h"

#include <CLI/CLI.hpp>

namespace crystallite::cli {
namespace {

/// Looks up a name that was given, with `parse`.
template <typename Value>
Result<void> parseInto(std::optional<Value>& value, const std::optional<std::string>& name, Result<Value> (*parse)(std::string_view)) {
    if (!name) {
        return {};
    }
    const Result<Value> parsed = parse(*name);
    if (!parsed) {
        return parsed.error();
    }
    value = *parsed;
    return {};
}

/// One option or flag for each that a policy may look at, "--top-p" for "top_p".
void addPolicyOptions(CLI::App& command, DecodeChoice& arguments) {
    command.add_option("--policy", arguments.policy, "How slots are chosen, see 'policies'; default: the family's own, else llada");
    command.add_option("--remask", arguments.remask, "Rule of remdm: cap, rescale, conf or loop; default: cap");
    for (const DecodeOption& option : decodeOptions()) {
        const std::string name(option.name);
        const std::string meaning = std::string(option.meaning) + " (see 'policies')";
        if (option.isFlag()) {
            command.add_flag(optionName(name), arguments.flags[name], meaning);
        } else {
            command.add_option(optionName(name), arguments.options[name], meaning);
        }
    }
}

}  // namespace

Result<DecodeRequest> requestOf(const DecodeChoice& arguments) {
    DecodeRequest request = arguments.request;
    if (Result<void> order = parseInto(request.order, arguments.order, parseUnmaskOrder); !order) {
        return order.error();
    }
    if (Result<void> policy = parseInto(request.policy, arguments.policy, parseDecodePolicy); !policy) {
        return policy.error();
    }
    if (Result<void> remask = parseInto(request.remask, arguments.remask, parseRemaskRule); !remask) {
        return remask.error();
    }
    if (Result<void> cache = parseInto(request.cache, arguments.cache, parseCacheKind); !cache) {
        return cache.error();
    }
    if (arguments.beyondEnd) {
        request.stopsAtEnd = false;
    }
    for (const auto& [name, value] : arguments.options) {
        if (value) {
            request.options.push_back({.name = name, .value = *value});
        }
    }
    for (const auto& [name, isSet] : arguments.flags) {
        if (isSet) {
            request.options.push_back({.name = name, .value = 1.0});
        }
    }
    return request;
}

void addDecodeOptions(CLI::App& command, DecodeChoice& choice) {
    command.add_option("--length", choice.request.length,
                       "Slots behind the prompt; default: 128 or what fits, none when the prompt has masks");
    command.add_option("--steps", choice.request.steps, "Denoising steps over all blocks; default: one per open slot");
    command.add_option("--block-length", choice.request.blockLength,
                       "Slots per block, left to right; default: the model's, else one block");
    command.add_option("--order", choice.order,
                       "low-confidence, margin, entropy, random, left-to-right or origin; default: what suits the policy and the model");
    addPolicyOptions(command, choice);
    command.add_option("--cache", choice.cache, kCacheHelp);
    command.add_flag("--beyond-end", choice.beyondEnd, "Go on behind the end of a text, where the model would stop there");
    command.add_option("--temperature", choice.request.temperature, "Chance in the choice of tokens; 0: greedy; default: the policy's");
}

}  // namespace crystallite::cli
