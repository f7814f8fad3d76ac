#include "app/cli/probe_printer.h"

#include "app/cli/text_width.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <vector>

namespace crystallite::cli {

using nlohmann::json;

namespace {

constexpr size_t kListedSlots = 12;

const char* nameOf(ProbeKind kind) {
    switch (kind) {
        case ProbeKind::Attention: return "attention";
        case ProbeKind::LeaveOneOut: return "leave_one_out";
        case ProbeKind::Candidates: return "candidates";
    }
    return "";
}

/// "1 extra pass, 12.3 ms on CPU"
std::string costOf(const ProbeResult& result) {
    char milliseconds[32];
    std::snprintf(milliseconds, sizeof milliseconds, "%.1f ms", result.milliseconds);
    return std::to_string(result.passes) + (result.passes == 1 ? " extra pass, " : " extra passes, ") + milliseconds + " on " +
           result.device;
}

std::string placeOf(const ProbeResult& result) {
    return "slot " + std::to_string(result.position) + " after step " + std::to_string(result.frame);
}

std::string chosen(const char* what, std::optional<uint32_t> number, uint32_t count) {
    return number ? std::string(what) + " " + std::to_string(*number + 1)
                  : "mean over " + std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// The slots with the largest weights first, the lowest first among equals; those without any left out.
std::vector<uint32_t> likeliest(const std::vector<float>& weights, size_t count) {
    std::vector<uint32_t> order(weights.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return weights[a] > weights[b]; });
    order.resize(std::min(count, order.size()));
    std::erase_if(order, [&](uint32_t slot) { return weights[slot] <= 0.0F; });
    return order;
}

json allWeights(const SlotAttention& attention) {
    json layers = json::array();
    for (uint32_t layer = 0; layer < attention.layers; ++layer) {
        json heads = json::array();
        for (uint32_t head = 0; head < attention.heads; ++head) {
            heads.push_back(attention.mean(layer, head));
        }
        layers.push_back(std::move(heads));
    }
    return layers;
}

}  // namespace

std::string ProbePrinter::tokenOf(const ProbeResult& result, TokenId id) const {
    const auto piece = result.pieces.find(id);
    return printable(piece != result.pieces.end() ? piece->second : trace_.piece(id));
}

void ProbePrinter::printText(const ProbeResult& result) const {
    result.attention ? printAttention(result) : printDistribution(result);
}

void ProbePrinter::printAttention(const ProbeResult& result) const {
    const SlotAttention& attention = *result.attention;
    const Canvas& canvas = trace_.canvas(result.frame);
    std::printf("attention of %s, by row %u, %s, %s; %s\n", placeOf(result).c_str(), attention.row,
                chosen("layer", choice_.layer, attention.layers).c_str(), chosen("head", choice_.head, attention.heads).c_str(),
                costOf(result).c_str());
    const std::vector<float> weights = attention.mean(choice_.layer, choice_.head);
    for (const uint32_t slot : likeliest(weights, kListedSlots)) {
        std::printf("%6u  %.4f  %s\n", slot, static_cast<double>(weights[slot]),
                    canvas.isMasked(slot) ? "(masked)" : tokenOf(result, canvas.token(slot)).c_str());
    }
}

void ProbePrinter::printDistribution(const ProbeResult& result) const {
    if (result.leftOut) {
        std::printf("%s without its token '%s'; %s\n", placeOf(result).c_str(), tokenOf(result, result.leftOut->id).c_str(),
                    costOf(result).c_str());
        std::printf("p %.6f, rank %u of %u\n", static_cast<double>(result.leftOut->probability), result.leftOut->rank, result.leftOut->of);
    } else {
        std::printf("candidates of %s; %s\n", placeOf(result).c_str(), costOf(result).c_str());
    }
    std::printf("entropy %.4f nats\n", static_cast<double>(result.belief->entropy));
    for (const Candidate& candidate : result.belief->candidates) {
        std::printf("%8u  %.6f  %s\n", candidate.id, static_cast<double>(candidate.probability), tokenOf(result, candidate.id).c_str());
    }
}

void ProbePrinter::printJson(const ProbeResult& result) const {
    json object = {{"probe", nameOf(result.kind)}, {"step", result.frame},    {"slot", result.position},      {"passes", result.passes},
                   {"ms", result.milliseconds},    {"device", result.device}, {"tag", "measured, extra pass"}};
    if (result.attention) {
        const auto counted = [](std::optional<uint32_t> number) { return number ? json(*number + 1) : json(); };
        object["row"] = result.attention->row;
        object["layer"] = counted(choice_.layer);
        object["head"] = counted(choice_.head);
        object["weights"] = result.attention->mean(choice_.layer, choice_.head);
        object["all"] = allWeights(*result.attention);
    }
    if (result.leftOut) {
        object["token"] = result.leftOut->id;
        object["text"] = tokenOf(result, result.leftOut->id);
        object["p"] = result.leftOut->probability;
        object["rank"] = result.leftOut->rank;
        object["of"] = result.leftOut->of;
    }
    if (result.belief) {
        object["entropy"] = result.belief->entropy;
        object["candidates"] = json::array();
        for (const Candidate& candidate : result.belief->candidates) {
            object["candidates"].push_back({{"id", candidate.id}, {"p", candidate.probability}, {"text", tokenOf(result, candidate.id)}});
        }
    }
    std::printf("%s\n", object.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
}

}  // namespace crystallite::cli
