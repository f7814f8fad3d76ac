#pragma once

#include "app/canvas/slot_light.h"
#include "engine/diffusion/probe_values.h"
#include "engine/trace/trace.h"

#include <QString>

#include <optional>
#include <vector>

namespace crystallite {

/// Which of the weights of an attention are looked at, counted from 0; nothing: the mean over all.
struct AttentionChoice {
    std::optional<uint32_t> layer;
    std::optional<uint32_t> head;
};

/// A line of what was measured: a slot with the weight that it gets, or a token with its probability.
struct MeasuredLine {
    QString label;
    double share = 0.0;
    bool isOther = false;  ///< what the lines before it leave
};

[[nodiscard]] QString probeName(ProbeKind kind);
/// Why it cannot be measured of the slot at this frame, whatever the model; empty: it can.
[[nodiscard]] QString obstacleText(ProbeKind kind, const Trace& trace, uint32_t frame, uint32_t position);
/// Of a pass over the whole text, by the time that the run's rows took, or its passes where no rows were counted; 0: nothing is known.
[[nodiscard]] double expectedMilliseconds(const Trace& trace);
/// "1 extra pass, about 12 ms"; without a time where it is 0.
[[nodiscard]] QString probeCostText(uint32_t passes, double milliseconds);
/// "Position 17, canvas of step 12, 1 extra pass, 12.4 ms"
[[nodiscard]] QString measuredWhere(const ProbeResult& result, const Trace& trace);
/// What it says in a sentence or two.
[[nodiscard]] QString measuredSentence(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice);
/// At most `most` of the slots that get something, the largest weight first; every candidate. What is left, last.
[[nodiscard]] std::vector<MeasuredLine> measuredLines(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice,
                                                      size_t most);
/// Everything, one line per quantity, with a header line; every slot of an attention.
[[nodiscard]] QString measuredAsTsv(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice);
/// An attention as light on the canvas of the trace.
[[nodiscard]] SlotLight lightOf(const ProbeResult& result, const Trace& trace, const AttentionChoice& choice);

}  // namespace crystallite
