#include "app/canvas/legend_run.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace crystallite {

namespace {

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 1;
constexpr TokenId kFirstWord = 2;
constexpr uint32_t kVocabulary = 4096;
constexpr uint32_t kSteps = 12;
constexpr uint32_t kHandStep = 10;
constexpr std::array<const char*, 8> kWords = {" cat", " dog", " fox", " owl", " hen", " bee", " ant", " elk"};

QString translated(const char* text) {
    return QCoreApplication::translate("crystallite::CanvasLegend", text);
}

/// Slots of the run, in the order of the legend.
enum Sample : uint32_t {
    Given,
    Unknown,
    Faint,
    Sure,
    Rivals,
    Spread,
    New,
    Young,
    Old,
    Doubtful,
    Certain,
    Remasked,
    Edited,
    End,
    ByHand,
    Queued,
    Waiting,
    Count
};

std::vector<float> probabilitiesOf(Sample sample) {
    switch (sample) {
        case Faint: return {0.28F, 0.06F, 0.05F, 0.04F};
        case Sure: return {0.93F, 0.03F};
        case Rivals: return {0.47F, 0.44F};
        case Spread: return {0.16F, 0.15F, 0.14F, 0.13F, 0.11F, 0.09F, 0.08F, 0.06F};
        case Waiting: return {0.45F, 0.10F, 0.05F};
        default: return {0.06F, 0.05F, 0.05F, 0.04F, 0.04F, 0.03F, 0.03F, 0.02F};
    }
}

SlotBelief beliefOf(uint32_t position, Sample sample) {
    SlotBelief belief;
    belief.position = position;
    double entropy = 0.0;
    double rest = 1.0;
    for (const float p : probabilitiesOf(sample)) {
        belief.candidates.push_back({.id = kFirstWord + static_cast<TokenId>(belief.candidates.size()), .probability = p});
        entropy -= static_cast<double>(p) * std::log(static_cast<double>(p));
        rest -= static_cast<double>(p);
    }
    // What is left is spread over some dozen words, as models do, not over the whole vocabulary.
    constexpr double kOthers = 12.0;
    entropy -= rest > 1e-6 ? rest * std::log(rest / kOthers) : 0.0;
    belief.entropy = static_cast<float>(entropy);
    belief.margin = belief.candidates[0].probability - belief.candidates[1].probability;
    return belief;
}

/// What happens to the samples, by step.
std::vector<std::pair<uint32_t, SlotEvent>> eventsOfSamples() {
    const auto commit = [](Sample sample, float probability, TokenId token = kFirstWord) {
        return SlotEvent{.kind = EventKind::Commit, .position = sample, .before = kMask, .after = token, .probability = probability};
    };
    return {{1, commit(Old, 0.6F)},
            {1, commit(Doubtful, 0.2F)},
            {1, commit(Certain, 0.9F)},
            {1, commit(Remasked, 0.5F)},
            {1, commit(Edited, 0.5F)},
            {1, commit(End, 0.9F, kEnd)},
            {kSteps - 1, commit(Young, 0.6F)},
            {kSteps, commit(New, 0.6F)},
            {kSteps, {.kind = EventKind::Remask, .position = Remasked, .before = kFirstWord, .after = kMask, .probability = 0.1F}},
            {kSteps, {.kind = EventKind::Edit, .position = Edited, .before = kFirstWord, .after = kFirstWord + 1, .probability = 0.7F}}};
}

/// A person pins the guess of one sample, and wants another to be committed next.
StepRecord changesByHand(const Trace& trace) {
    const uint32_t masked = trace.canvas(kHandStep - 1).maskedCount();
    return {.number = kHandStep,
            .forwardPasses = 0,
            .maskedBefore = masked,
            .maskedAfter = masked - 1,
            .byHand = true,
            .events = {{.kind = EventKind::Commit, .position = ByHand, .before = kMask, .after = kFirstWord, .probability = 0.4F},
                       {.kind = EventKind::Pin, .position = ByHand, .before = kFirstWord, .after = kFirstWord},
                       {.kind = EventKind::Prefer, .position = Queued, .before = kMask, .after = kMask}}};
}

Trace runOfSamples() {
    std::map<TokenId, std::string> pieces = {{kMask, "<|mask|>"}, {kEnd, "<|endoftext|>"}};
    for (const char* word : kWords) {
        pieces.emplace(static_cast<TokenId>(pieces.size()), word);
    }
    TraceHeader header;
    header.vocabulary = kVocabulary;
    header.maskId = kMask;
    header.endIds = {kEnd};
    header.settings = {.length = Count - 1, .steps = kSteps};
    const std::array<TokenId, 1> prompt = {kFirstWord};
    Trace trace(std::move(header), Canvas(prompt, Count - 1, kMask), std::move(pieces), {kMask, kEnd});
    for (uint32_t step = 1; step <= kSteps; ++step) {
        if (step == kHandStep) {
            trace.append(changesByHand(trace));
            continue;
        }
        StepRecord record{.number = step, .eligibleBegin = 1, .eligibleEnd = Waiting};
        Canvas canvas = trace.canvas(step - 1);
        record.maskedBefore = canvas.maskedCount();
        for (const uint32_t position : canvas.maskedSlots()) {
            record.beliefs.push_back(beliefOf(position, static_cast<Sample>(position)));
        }
        for (const auto& [when, event] : eventsOfSamples()) {
            if (when == step) {
                record.events.push_back(event);
                canvas.apply(event);
            }
        }
        record.maskedAfter = canvas.maskedCount();
        trace.append(std::move(record));
    }
    trace.setStatus(RunStatus::Complete);
    return trace;
}

}  // namespace

LegendRun legendRun() {
    const QString measured = translated("measured");
    const QString derived = translated("derived");
    LegendRun run{.trace = runOfSamples()};
    const auto add = [&](Sample sample, const char* meaning, const char* bound, const QString& tag) {
        run.entries.push_back({.position = sample, .meaning = translated(meaning), .bound = translated(bound), .tag = tag});
    };
    add(Given, "Given: prompt or pinned", "region of the slot", measured);
    add(Unknown, "Masked, and no word is likely", "the likeliest candidate is below 10 %", measured);
    add(Faint, "Masked, with a faint guess", "opacity: probability of the likeliest candidate", measured);
    add(Sure, "Masked, with a sure guess", "opacity: probability of the likeliest candidate", measured);
    add(Rivals, "Masked; two words compete", "soft edge: margin of the first candidate over the second", measured);
    add(Spread, "Masked; many words are left", "lightness: entropy", measured);
    add(New, "Committed in this step", "commit of this step", measured);
    add(Young, "Committed one or two steps ago", "steps since the commit, three classes", derived);
    add(Old, "Committed more than eight steps ago", "steps since the commit, three classes", derived);
    add(Doubtful, "Committed with doubt: small notch", "probability at the commit, four classes", measured);
    add(Certain, "Committed for certain: large notch", "probability at the commit, four classes", measured);
    add(Remasked, "Remasked in this step; the number says how often", "remasks and edits of the slot", measured);
    add(Edited, "Exchanged in this step", "remasks and edits of the slot", measured);
    add(End, "End of text, padding", "end ids of the model", measured);
    add(ByHand, "Changed by a person: pencil; pinned: lock", "step by hand; region of the slot", measured);
    add(Queued, "A person wants it to be committed next: number in the queue", "order by hand", measured);
    add(Waiting, "Not yet its turn", "slots that the step may commit", measured);
    return run;
}

std::vector<LegendEntry> legendOfLayers() {
    const auto entry = [](const char* meaning, const char* bound, const char* tag) {
        return LegendEntry{.meaning = translated(meaning), .bound = translated(bound), .tag = translated(tag)};
    };
    return {entry("Column at the left edge", "masked slots over the slots of the answer", "derived"),
            entry("Shards in a slot, and small words", "exp(entropy): as many words are left; at most 8", "derived"),
            entry("Strip above a slot (View menu)",
                  "KL divergence from the belief of the step before, over the recorded candidates: a lower bound; full from 2 nats on",
                  "derived"),
            entry("Cool light in the slots", "weight over the largest weight, of a measurement of its own pass", "measured"),
            entry("Thin line between two slots", "border of two blocks", "measured")};
}

}  // namespace crystallite
