#include "tests/exchange/hostile_trace.h"

#include "tests/support/synthetic_trace.h"

namespace crystallite {

using testing::kFirstScriptedPiece;

Trace hostileTrace() {
    testing::ScriptedRun run;
    run.pieces = {"</script><script>document.title='taken'</script>",
                  "<img src=x onerror=\"document.title='taken'\">",
                  "=HYPERLINK(\"http://x\",\"a,b\")",
                  "\"quoted\", and\r\n\tmore",
                  std::string("\xE2\x82", 2),
                  "\xE2\x80\xA8&amp;\\",
                  std::string("nul\0", 4),
                  "-->]]><!--"};
    run.length = static_cast<uint32_t>(run.pieces.size());
    std::vector<SlotBelief> beliefs;
    for (uint32_t slot = 0; slot < run.length; ++slot) {
        const auto other = (slot + 1) % run.length;
        beliefs.push_back(testing::handWorkedBelief(
            slot + 1, {{.id = kFirstScriptedPiece + slot, .probability = 0.7F}, {.id = kFirstScriptedPiece + other, .probability = 0.1F}}));
    }
    std::vector<SlotEvent> commits;
    for (uint32_t slot = 0; slot < run.length; ++slot) {
        commits.push_back({.kind = EventKind::Commit, .position = slot + 1, .after = kFirstScriptedPiece + slot, .probability = 0.7F});
    }
    run.steps = {{.beliefs = beliefs, .events = {}}, {.beliefs = beliefs, .events = commits}};
    return testing::scriptedTrace(run);
}

Trace changingTrace() {
    constexpr TokenId kMask = 0;
    TraceHeader header;
    header.modelName = "changing";
    header.vocabulary = 100;
    header.maskId = kMask;
    header.endIds = {1};
    header.settings = {.length = 4, .steps = 4, .order = UnmaskOrder::Entropy, .policy = DecodePolicy::DreamOn, .maxLength = 6};
    const std::vector<TokenId> prompt = {2};
    const std::vector<PinnedSlot> given = {{.position = 4, .id = 3}};
    Trace trace(header, Canvas(prompt, 4, kMask, given, 2),
                {{kMask, "<mask>"}, {1, "<end>"}, {2, "Q"}, {3, " dog"}, {4, " cat"}, {5, " old"}}, {kMask, 1});
    const std::vector<std::vector<SlotEvent>> steps = {
        {{.kind = EventKind::Commit, .position = 1, .before = kMask, .after = 4, .probability = 0.5F},
         {.kind = EventKind::Insert, .position = 2, .before = kMask, .after = kMask, .probability = 0.25F}},
        {{.kind = EventKind::Edit, .position = 1, .before = 4, .after = 5, .probability = 1.0F / 3.0F},
         {.kind = EventKind::Commit, .position = 3, .before = kMask, .after = 4, .probability = 0.875F}},
        {{.kind = EventKind::Delete, .position = 2, .before = kMask, .after = kMask, .probability = 0.75F},
         {.kind = EventKind::Remask, .position = 2, .before = 4, .after = kMask, .probability = 0.125F}},
        {{.kind = EventKind::Commit, .position = 2, .before = kMask, .after = 4, .probability = 0.9F},
         {.kind = EventKind::Commit, .position = 3, .before = kMask, .after = 1, .probability = 0.6F}}};
    for (const std::vector<SlotEvent>& events : steps) {
        Canvas canvas = trace.canvas(trace.steps());
        StepRecord record{.number = trace.steps() + 1, .eligibleBegin = 1, .eligibleEnd = canvas.textLength()};
        record.maskedBefore = canvas.maskedCount();
        for (const uint32_t position : canvas.maskedSlots()) {
            const float first = 0.2F + 0.1F * static_cast<float>(position) + 0.01F * static_cast<float>(record.number);
            record.beliefs.push_back(
                testing::handWorkedBelief(position, {{.id = 4, .probability = first}, {.id = 5, .probability = 0.1F}}, 100));
        }
        for (const SlotEvent& event : events) {
            canvas.apply(event);
        }
        record.events = events;
        record.maskedAfter = canvas.maskedCount();
        trace.append(std::move(record));
    }
    trace.setBookmarks({{.frame = 2, .position = 1, .note = "here it changed <b>"}});
    trace.setStatus(RunStatus::Complete);
    return trace;
}

}  // namespace crystallite
