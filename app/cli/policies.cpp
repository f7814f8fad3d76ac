#include "app/cli/policies.h"

#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/trace/decode_option.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace crystallite::cli {
namespace {

std::string stepsText(StepRule rule) {
    switch (rule) {
        case StepRule::EvenSchedule: return "as many as you say, one per open slot at most";
        case StepRule::TimeSchedule: return "any number";
        case StepRule::AsNeeded: return "as many as it needs";
    }
    return {};
}

std::string ordersText(const PolicyTraits& traits) {
    std::string text;
    for (const UnmaskOrder order : traits.orders) {
        text += (text.empty() ? "" : ", ") + std::string(nameOf(order));
    }
    return text;
}

void printOption(const DecodeOption& option, const DecodeSettings& usual) {
    std::array<char, 32> value{};
    std::snprintf(value.data(), value.size(), "%g", option.valueIn(usual));
    const std::string given = option.isFlag() ? "off" : value.data();
    std::printf("  %-26s %s; default %s\n", optionName(option.name).c_str(), std::string(option.meaning).c_str(), given.c_str());
}

void printPolicy(const PolicyTraits& traits) {
    const DecodeSettings usual = usualSettings(traits.policy);
    std::printf("%s\n  %s\n", std::string(traits.name).c_str(), std::string(traits.meaning).c_str());
    std::printf("  %-26s %s\n", "steps", stepsText(traits.steps).c_str());
    std::printf("  %-26s %s\n", "blocks", traits.hasBlocks ? "from left to right" : "none");
    std::printf("  %-26s %s\n", "orders", ordersText(traits).c_str());
    std::printf("  %-26s default %g\n", "--temperature", static_cast<double>(usual.temperature));
    if (traits.policy == DecodePolicy::Remdm) {
        std::printf("  %-26s cap, rescale, conf or loop; default %s\n", "--remask", std::string(nameOf(usual.remask)).c_str());
    }
    for (const DecodeOption& option : decodeOptions()) {
        if (std::find(option.policies.begin(), option.policies.end(), traits.policy) != option.policies.end()) {
            printOption(option, usual);
        }
    }
    std::printf("\n");
}

int listPolicies() {
    for (const PolicyTraits& traits : policies()) {
        printPolicy(traits);
    }
    return kSuccess;
}

}  // namespace

std::string optionName(std::string_view option) {
    std::string name = "--" + std::string(option);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

Command addPoliciesCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("policies", "List how slots can be chosen, with every option and its default");
    return {command, [](const InterruptWatcher&) { return listPolicies(); }};
}

}  // namespace crystallite::cli
