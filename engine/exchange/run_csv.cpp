#include "engine/exchange/run_csv.h"

#include "engine/base/assert.h"
#include "engine/exchange/number_text.h"
#include "engine/exchange/region_name.h"
#include "engine/exchange/token_text.h"
#include "engine/trace/find_named.h"

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

constexpr std::array kEventKinds = {EventKind::Commit, EventKind::Remask, EventKind::Edit,  EventKind::Insert,
                                    EventKind::Delete, EventKind::Pin,    EventKind::Unpin, EventKind::Prefer};

/// Cells of one record; the end of the object is the end of the line.
class Line {
public:
    explicit Line(std::string& text) : text_(text) {}
    ~Line() { text_ += "\r\n"; }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    Line& add(std::string_view cell) {
        if (!first_) {
            text_ += ',';
        }
        first_ = false;
        text_ += csvCell(cell);
        return *this;
    }
    Line& add(const char* cell) { return add(std::string_view(cell)); }
    Line& add(uint64_t value) { return add(std::string_view(std::to_string(value))); }
    Line& add(float value) { return add(std::string_view(numberText(value))); }
    Line& add(double value) { return add(std::string_view(numberText(value))); }
    Line& skip(uint32_t cells) {
        for (uint32_t cell = 0; cell < cells; ++cell) {
            add(std::string_view());
        }
        return *this;
    }

private:
    std::string& text_;
    bool first_ = true;
};

constexpr uint32_t kBeliefCells = 7 + 2 * kRecordedCandidates;

void addSlotsHeader(std::string& text) {
    Line line(text);
    for (const char* name : {"step", "position", "slot", "region", "masked", "token_id", "token", "changed_by", "changed_at_step",
                             "change_p", "log_sum_exp", "entropy_nats", "margin", "drawn_id", "drawn", "drawn_p", "score"}) {
        line.add(name);
    }
    for (uint32_t rank = 1; rank <= kRecordedCandidates; ++rank) {
        line.add(std::string_view("id_" + std::to_string(rank))).add(std::string_view("p_" + std::to_string(rank)));
    }
}

void addBelief(Line& line, const Trace& trace, const SlotBelief* belief) {
    if (belief == nullptr) {
        line.skip(kBeliefCells);
        return;
    }
    line.add(belief->logSumExp).add(belief->entropy).add(belief->margin);
    line.add(uint64_t{belief->sampledId}).add(std::string_view(escapedToken(trace.piece(belief->sampledId))));
    line.add(belief->sampledProbability).add(belief->score);
    for (uint32_t rank = 0; rank < kRecordedCandidates; ++rank) {
        if (rank < belief->candidates.size()) {
            line.add(uint64_t{belief->candidates[rank].id}).add(belief->candidates[rank].probability);
        } else {
            line.skip(2);
        }
    }
}

void addSlotLine(std::string& text, const Trace& trace, uint32_t frame, uint32_t position) {
    const Canvas& canvas = trace.canvas(frame);
    const bool isMasked = canvas.isMasked(position);
    Line line(text);
    line.add(uint64_t{frame}).add(uint64_t{position} + 1).add(uint64_t{canvas.key(position)} + 1);
    line.add(nameOf(canvas.region(position))).add(uint64_t{isMasked ? 1U : 0U});
    if (isMasked || canvas.region(position) == SlotRegion::Room) {
        line.skip(2);
    } else {
        line.add(uint64_t{canvas.token(position)}).add(std::string_view(escapedToken(trace.piece(canvas.token(position)))));
    }
    if (const auto change = trace.lastChange(position, frame)) {
        line.add(nameOf(change->event.kind)).add(uint64_t{change->step}).add(change->event.probability);
    } else {
        line.skip(3);
    }
    addBelief(line, trace, frame == 0 ? nullptr : trace.belief(frame, position, frame));
}

Result<void> writeSlots(const Trace& trace, const ExportSink& sink, const ExportWatch& watch) {
    std::string text;
    addSlotsHeader(text);
    for (uint32_t frame = 0; trace.slots() > 0 && frame <= trace.steps(); ++frame) {
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            addSlotLine(text, trace, frame, position);
        }
        if (const auto going = watch.reach(frame, trace.steps()); !going) {
            return going;
        }
        if (const auto written = sink(text); !written) {
            return written;
        }
        text.clear();
    }
    return sink(text);
}

Result<void> writeSteps(const Trace& trace, const ExportSink& sink, const ExportWatch& watch) {
    std::string text;
    {
        Line line(text);
        for (const char* name : {"step", "by_hand", "block", "eligible_from", "eligible_to", "masked_before", "masked_after"}) {
            line.add(name);
        }
        for (const EventKind kind : kEventKinds) {
            line.add(nameOf(kind));
        }
        for (const char* name : {"mean_entropy_nats", "milliseconds", "forward_passes", "rows_computed"}) {
            line.add(name);
        }
    }
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        if (const auto going = watch.reach(step, trace.steps()); !going) {
            return going;
        }
        const StepRecord& record = trace.record(step);
        Line line(text);
        line.add(uint64_t{step})
            .add(uint64_t{record.byHand})
            .add(uint64_t{record.block} + 1)
            .add(uint64_t{record.eligibleBegin} + 1)
            .add(uint64_t{record.eligibleEnd});
        line.add(uint64_t{record.maskedBefore}).add(uint64_t{record.maskedAfter});
        for (const EventKind kind : kEventKinds) {
            const auto isOfKind = [kind](const SlotEvent& event) { return event.kind == kind; };
            line.add(static_cast<uint64_t>(std::count_if(record.events.begin(), record.events.end(), isOfKind)));
        }
        if (record.beliefs.empty()) {
            line.skip(1);
        } else {
            line.add(meanEntropy(record));
        }
        line.add(record.milliseconds).add(uint64_t{record.forwardPasses}).add(uint64_t{record.rowsComputed});
    }
    return sink(text);
}

Result<void> writeTokens(const Trace& trace, const ExportSink& sink) {
    std::string text;
    Line(text).add("token_id").add("control").add("end").add("token").add("bytes");
    for (const auto& [id, bytes] : trace.pieces()) {
        Line line(text);
        line.add(uint64_t{id}).add(uint64_t{trace.isControl(id) ? 1U : 0U}).add(uint64_t{trace.isEnd(id) ? 1U : 0U});
        line.add(std::string_view(escapedToken(bytes))).add(std::string_view(hexOf(bytes)));
    }
    return sink(text);
}

}  // namespace

std::string_view nameOf(CsvTable table) {
    switch (table) {
        case CsvTable::Slots: return "slots";
        case CsvTable::Steps: return "steps";
        case CsvTable::Tokens: return "tokens";
    }
    ENGINE_ASSERT(false);
}

Result<CsvTable> parseCsvTable(std::string_view name) {
    return findNamed(std::array{CsvTable::Slots, CsvTable::Steps, CsvTable::Tokens}, "table", name);
}

Result<void> writeCsv(const Trace& trace, CsvTable table, const ExportSink& sink, const ExportWatch& watch) {
    switch (table) {
        case CsvTable::Slots: return writeSlots(trace, sink, watch);
        case CsvTable::Steps: return writeSteps(trace, sink, watch);
        case CsvTable::Tokens: break;
    }
    return writeTokens(trace, sink);
}

}  // namespace crystallite
