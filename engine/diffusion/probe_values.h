#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Values of a probe: what is asked, and what was measured. They are no part of a trace.

namespace crystallite {

/// What can be measured of a slot beyond what its run recorded. Every one costs passes of its own.
enum class ProbeKind : uint8_t {
    Attention,    ///< where the row that predicts the slot looks
    LeaveOneOut,  ///< what all other slots make of a slot that holds a token
    Candidates,   ///< more of the distribution of an open slot than a record keeps
};

inline constexpr uint32_t kProbedCandidates = 64;

/// A run at one of its frames, as far as a pass over that canvas depends on it.
struct ProbedFrame {
    TraceHeader header;
    Canvas canvas;
    uint32_t frame = 0;
    uint32_t insertions = 0;  ///< up to the frame: what is left of a text's budget to grow decides what may come out
};
/// `frame` 0..trace.steps()
ProbedFrame probedFrame(const Trace& trace, uint32_t frame);

struct ProbeRequest {
    ProbedFrame at;
    ProbeKind kind = ProbeKind::Candidates;
    uint32_t position = 0;
    uint32_t candidates = kProbedCandidates;  ///< 1..kProbedCandidates; fewer are reported where fewer may come out
};

/// Why something cannot be measured of a slot, whatever the model.
enum class ProbeObstacle : uint8_t {
    None,
    NoSuchSlot,
    BehindText,  ///< no part of the text
    IsOpen,      ///< to leave out is a token alone
    HoldsToken,  ///< no model but one that was trained to edit knows what could stand where a token stands
};
ProbeObstacle obstacleTo(ProbeKind kind, const Canvas& canvas, const DecodeSettings& settings, uint32_t position);

/// Forward passes that it takes: with guidance two, but for attention, which is that of the text itself.
uint32_t passesOf(ProbeKind kind, const DecodeSettings& settings);

/// After softmax, what the row that predicts a slot gives every slot of the text.
struct SlotAttention {
    uint32_t layers = 0;
    uint32_t heads = 0;
    uint32_t slots = 0;
    uint32_t row = 0;  ///< that predicts the slot: with a logit shift that of the slot before it
    std::vector<float>
        weights;  ///< [layers, heads, slots]; 1 over the slots of every layer and head, 0 for a slot that the row does not see

    /// [slots]: the mean over the layers and heads that are chosen, each counted from 0; nothing: all of them.
    [[nodiscard]] std::vector<float> mean(std::optional<uint32_t> layer, std::optional<uint32_t> head) const;
};

/// A token that was left out, by all others.
struct LeftOutToken {
    TokenId id = 0;
    float probability = 0.0F;
    uint32_t rank = 0;  ///< 1: the likeliest of `of`
    uint32_t of = 0;    ///< ids that may come out
};

struct ProbeResult {
    ProbeKind kind = ProbeKind::Candidates;
    uint32_t frame = 0;
    uint32_t position = 0;
    uint32_t passes = 0;
    double milliseconds = 0.0;  ///< wall time of the passes
    std::string device;
    std::optional<SlotBelief> belief;  ///< but for attention; its score and what was drawn mean nothing
    std::optional<LeftOutToken> leftOut;
    std::optional<SlotAttention> attention;
    std::map<TokenId, std::string> pieces;  ///< of every token that it mentions
    std::vector<TokenId> controlIds;
};

}  // namespace crystallite
