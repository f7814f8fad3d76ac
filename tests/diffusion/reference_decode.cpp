#include "tests/diffusion/reference_decode.h"

#include <nlohmann/json.hpp>

namespace crystallite {

using nlohmann::json;

DecodeRequest requestOf(const json& decode) {
    DecodeRequest request{.length = decode.at("length").get<uint32_t>(), .temperature = 0.0F, .seed = decode.value("seed", uint64_t{0})};
    request.policy = *parseDecodePolicy(decode.at("policy").get<std::string>());
    if (decode.contains("steps")) {
        request.steps = decode.at("steps").get<uint32_t>();
    }
    if (decode.contains("block_length")) {
        request.blockLength = decode.at("block_length").get<uint32_t>();
    }
    if (decode.contains("order")) {
        request.order = *parseUnmaskOrder(decode.at("order").get<std::string>());
    }
    if (decode.contains("remask")) {
        request.remask = *parseRemaskRule(decode.at("remask").get<std::string>());
    }
    if (decode.contains("options")) {
        for (const auto& [name, value] : decode.at("options").items()) {
            request.options.push_back({.name = name, .value = value.get<double>()});
        }
    }
    return request;
}

json changesOf(const Trace& trace) {
    json changes = json::array();
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const SlotEvent& event : trace.record(step).events) {
            changes.push_back({step, nameOf(event.kind), event.position, event.after});
        }
    }
    return changes;
}

uint32_t forwardsOf(const Trace& trace) {
    uint32_t forwards = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        forwards += trace.record(step).forwardPasses;
    }
    return forwards;
}

}  // namespace crystallite
