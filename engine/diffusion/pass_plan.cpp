#include "engine/diffusion/pass_plan.h"

#include "engine/base/assert.h"
#include "engine/model/pass_rows.h"
#include "engine/trace/block_grid.h"

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

PassRecord passOver(PassKind kind, uint32_t first, uint32_t end) {
    ENGINE_ASSERT(first < end);
    return {.kind = kind, .first = first, .rows = end - first};
}

/// How far the rows of a text see, and where those that are computed together begin and end.
class RowBlocks {
public:
    RowBlocks(const ModelConfig& config, const Trace& trace)
        : visibility_(config.visibility),
          grid_(trace.header().settings, trace.promptLength()),
          text_(trace.canvas(trace.steps()).textLength()) {}

    [[nodiscard]] uint32_t begin(uint32_t row) const {
        return visibility_ == Visibility::Causal ? row : visibility_ == Visibility::BlockCausal ? grid_.borderBefore(row) : 0;
    }
    /// The row sees rows [0, end).
    [[nodiscard]] uint32_t end(uint32_t row) const {
        return visibility_ == Visibility::Causal ? row + 1 : visibility_ == Visibility::BlockCausal ? grid_.borderBehind(row) : text_;
    }
    /// The rows before `end` that belong to whole blocks.
    [[nodiscard]] uint32_t wholeUpTo(uint32_t end) const { return end == text_ ? text_ : begin(end); }

private:
    Visibility visibility_;
    BlockGrid grid_;
    uint32_t text_;
};

bool hasPasses(const Trace& trace) {
    for (uint32_t step = trace.steps(); step > 0; --step) {
        if (!trace.record(step).passes.empty()) {
            return true;
        }
    }
    return false;
}

/// The first rows whose keys and values are those of the text as it is: no pass has left them out since one of them, or of their block,
/// changed.
uint32_t exactRows(const RowBlocks& blocks, const Trace& trace) {
    uint32_t exact = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        for (const PassRecord& pass : record.passes) {
            exact = pass.first <= exact ? std::max(exact, blocks.wholeUpTo(pass.end())) : exact;
        }
        for (const SlotEvent& event : record.events) {
            exact = leavesText(event.kind) ? exact : std::min(exact, blocks.begin(event.position));
        }
    }
    return exact;
}

bool changesTextByHand(const StepRecord& record) {
    return record.byHand &&
           !std::all_of(record.events.begin(), record.events.end(), [](const SlotEvent& event) { return leavesText(event.kind); });
}

/// Whether a pass of this kind over [first, end) at least has run since the block began and a hand changed the text: what a person
/// changes is never looked at through older keys and values.
bool hasRunInBlock(const Trace& trace, uint32_t block, const PassRecord& wanted) {
    for (uint32_t step = trace.steps(); step > 0 && trace.record(step).block == block; --step) {
        if (changesTextByHand(trace.record(step))) {
            return false;
        }
        const std::vector<PassRecord>& passes = trace.record(step).passes;
        const auto covers = [&wanted](const PassRecord& pass) {
            return pass.kind == wanted.kind && pass.first <= wanted.first && pass.end() >= wanted.end();
        };
        if (std::any_of(passes.begin(), passes.end(), covers)) {
            return true;
        }
    }
    return false;
}

/// Kind of a pass that keeps what is finished.
PassKind keepingKind(const Trace& trace) {
    return hasPasses(trace) ? PassKind::Commit : PassKind::Prefill;
}

std::vector<PassRecord> uncachedPasses(const ModelConfig& config, const Trace& trace, const StepPlan& step) {
    const RowBlocks blocks(config, trace);
    const PassKind kind = step.asksNext ? keepingKind(trace) : PassKind::Denoise;
    const PassRecord pass = passOver(kind, 0, blocks.end(predictingRow(config, step.slots.back())));
    return std::vector<PassRecord>(trace.header().settings.cfgScale > 0.0 ? 2 : 1, pass);
}

/// Rows of the sub-block when they can be computed alone, else those of the block.
PassRecord passInBlock(const Trace& trace, const StepPlan& step, uint32_t begin, uint32_t end) {
    const DecodeSettings& settings = trace.header().settings;
    const PassRecord whole = passOver(PassKind::Denoise, begin, end);
    if (settings.cache != CacheKind::SubBlock || !hasRunInBlock(trace, step.block, whole)) {
        return whole;
    }
    const uint32_t first = begin + (step.begin - begin) / settings.subBlock * settings.subBlock;
    const bool holdsToken = !trace.canvas(trace.steps()).isMasked(first);
    return holdsToken ? passOver(PassKind::Denoise, first, std::min(first + settings.subBlock, end)) : whole;
}

std::vector<PassRecord> exactPasses(const ModelConfig& config, const Trace& trace, const StepPlan& step) {
    const RowBlocks blocks(config, trace);
    const uint32_t firstRow = predictingRow(config, step.slots.front());
    const uint32_t lastRow = predictingRow(config, step.slots.back());
    const uint32_t blockRow = config.isAutoregressive() ? firstRow : step.begin;
    const uint32_t begin = blocks.begin(blockRow);
    std::vector<PassRecord> passes;
    const uint32_t exact = exactRows(blocks, trace);
    if (exact < begin) {
        passes.push_back(passOver(keepingKind(trace), exact, begin));
    }
    if (lastRow >= begin) {
        PassRecord pass = passInBlock(trace, step, begin, blocks.end(config.isAutoregressive() ? lastRow : blockRow));
        // With a shift the block's first slot is predicted by the row before the block, which sees no more than it did when it was kept.
        pass = passOver(pass.kind, std::min(pass.first, firstRow), pass.end());
        passes.push_back(pass);
    } else if (passes.empty() || firstRow < exact) {
        passes.push_back(passOver(PassKind::Denoise, firstRow, lastRow + 1));
    } else if (!step.asksNext) {
        // It keeps rows, but without a cache it would be an evaluation all the same.
        passes.back().kind = PassKind::Denoise;
    }
    return passes;
}

/// A full canvas; narrows what is asked to what the pass says.
std::vector<PassRecord> approximatePasses(const ModelConfig& config, const Trace& trace, StepPlan& step) {
    const DecodeSettings& settings = trace.header().settings;
    const Canvas& canvas = trace.canvas(trace.steps());
    const PassRecord whole = passOver(PassKind::Refresh, 0, canvas.textLength());
    const bool leavesOutRowBefore = config.shiftLogits && settings.strictReference;
    if (!hasRunInBlock(trace, step.block, whole)) {
        if (leavesOutRowBefore && canvas.isMasked(step.begin)) {
            step.end = step.begin + 1;
        }
        return {whole};
    }
    const uint32_t first = leavesOutRowBefore ? step.begin : predictingRow(config, step.begin);
    const uint32_t end = settings.cache == CacheKind::Dual ? std::min(step.end, canvas.textLength()) : canvas.textLength();
    const auto isPredicted = [&](uint32_t slot) {
        const uint32_t row = predictingRow(config, slot);
        return row >= first && row < end;
    };
    if (!std::all_of(step.slots.begin(), step.slots.end(), isPredicted)) {
        std::erase_if(step.slots, [&step](uint32_t slot) { return slot < step.begin || slot >= step.end; });
    }
    ENGINE_ASSERT(std::all_of(step.slots.begin(), step.slots.end(), isPredicted));
    return {passOver(PassKind::Denoise, first, end)};
}

/// Rows of a text that must be in the store.
class WantedRows {
public:
    explicit WantedRows(uint32_t text) : wanted_(text, 0) {}

    [[nodiscard]] bool hasAnyOf(const PassRecord& pass) const {
        return std::any_of(wanted_.begin() + pass.first, wanted_.begin() + pass.end(), [](uint8_t row) { return row != 0; });
    }
    /// What must be there before the pass, if it is to leave what must be there behind it.
    void stepBack(const PassRecord& pass, uint32_t seen) {
        std::fill(wanted_.begin() + pass.first, wanted_.begin() + pass.end(), uint8_t{0});
        std::fill(wanted_.begin(), wanted_.begin() + pass.first, uint8_t{1});
        std::fill(wanted_.begin() + pass.end(), wanted_.begin() + std::max(seen, pass.end()), uint8_t{1});
    }

private:
    std::vector<uint8_t> wanted_;
};

}  // namespace

PassPlan planPasses(const ModelConfig& config, const Trace& trace, const StepPlan& wanted) {
    PassPlan plan{.step = wanted};
    if (wanted.slots.empty()) {
        return plan;
    }
    switch (trace.header().settings.cache) {
        case CacheKind::None: plan.passes = uncachedPasses(config, trace, wanted); break;
        case CacheKind::Exact:
        case CacheKind::SubBlock: plan.passes = exactPasses(config, trace, wanted); break;
        case CacheKind::Prefix:
        case CacheKind::Dual: plan.passes = approximatePasses(config, trace, plan.step); break;
    }
    return plan;
}

std::vector<RepeatedPass> passesToRepeat(const ModelConfig& config, const Trace& trace, std::span<const PassRecord> next,
                                         uint32_t lookedAt) {
    std::vector<RepeatedPass> repeated;
    const uint32_t steps = trace.steps();
    if (trace.header().settings.cache == CacheKind::None) {
        // Not those of the records: a step whose text was that of the step before has none.
        for (uint32_t frame = steps - lookedAt; frame < steps; ++frame) {
            repeated.push_back({.frame = frame, .pass = next.back(), .isLookedAt = true});
        }
        return repeated;
    }
    const RowBlocks blocks(config, trace);
    WantedRows wanted(trace.canvas(steps).textLength());
    for (size_t index = next.size(); index-- > 0;) {
        wanted.stepBack(next[index], blocks.end(next[index].end() - 1));
    }
    for (uint32_t step = steps; step > 0; --step) {
        const std::vector<PassRecord>& passes = trace.record(step).passes;
        for (size_t index = passes.size(); index-- > 0;) {
            const bool isLookedAt = step + lookedAt > steps && index + 1 == passes.size();
            if (isLookedAt || wanted.hasAnyOf(passes[index])) {
                wanted.stepBack(passes[index], blocks.end(passes[index].end() - 1));
                repeated.push_back({.frame = step - 1, .pass = passes[index], .isLookedAt = isLookedAt});
            }
        }
    }
    std::reverse(repeated.begin(), repeated.end());
    return repeated;
}

}  // namespace crystallite
