#include "app/timeline_series.h"

#include "app/canvas/hand_marks.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

// Share of the steps behind the slowest one whose time is drawn to scale.
constexpr double kTimeQuantile = 0.95;
// Keeps a run without any spread, or without steps, off a scale of zero.
constexpr double kLeastNats = 0.1;
constexpr double kLeastMilliseconds = 0.1;

/// The value at `share` of the way from the smallest to the largest, by rank and rounded down: of two or more values never the largest.
double lowerQuantile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0.0;
    }
    const auto rank = static_cast<ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<size_t>(rank)];
}

}  // namespace

double niceCeiling(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        // Guards against 0.3 / 0.1 > 3.
        if (value <= factor * power * (1.0 + 1e-9)) {
            return factor * power;
        }
    }
    return 10.0 * power;
}

uint32_t tickSpacing(double stepWidth, double leastWidth) {
    return static_cast<uint32_t>(std::max(1.0, std::round(niceCeiling(leastWidth / stepWidth))));
}

void TimelineSeries::reset(const Trace& trace) {
    numbers_.clear();
    blocks_.clear();
    for (uint32_t frame = 0; trace.slots() > 0 && frame <= trace.steps(); ++frame) {
        add(trace, frame);
    }
    refreshScales();
}

void TimelineSeries::append(const Trace& trace) {
    add(trace, frames());
    refreshScales();
}

void TimelineSeries::add(const Trace& trace, uint32_t frame) {
    FrameNumbers numbers{.masked = trace.canvas(frame).maskedCount()};
    if (frame > 0) {
        const StepRecord& record = trace.record(frame);
        if (!record.beliefs.empty()) {
            numbers.meanEntropy = meanEntropy(record);
        }
        for (const SlotEvent& event : record.events) {
            if (event.kind == EventKind::Commit) {
                ++numbers.commits;
            } else if (!isMarkByHand(event.kind)) {
                numbers.revisions.push_back(event.kind);
            }
        }
        numbers.byHand = record.byHand;
        numbers.milliseconds = record.milliseconds;
        numbers.block = record.block;
        if (blocks_.empty() || blocks_.back().block != record.block) {
            blocks_.push_back({.block = record.block, .first = frame, .last = frame});
        }
        blocks_.back().last = frame;
    }
    numbers_.push_back(std::move(numbers));
}

void TimelineSeries::refreshScales() {
    double nats = kLeastNats;
    uint32_t commits = 1;
    std::vector<double> times;
    for (size_t frame = 1; frame < numbers_.size(); ++frame) {
        nats = std::max(nats, numbers_[frame].meanEntropy.value_or(0.0));
        commits = std::max(commits, numbers_[frame].commits);
        if (!numbers_[frame].byHand) {
            times.push_back(numbers_[frame].milliseconds);
        }
    }
    scales_ = {.entropyNats = niceCeiling(nats),
               .commits = niceCeiling(commits),
               .mostCommits = commits,
               .milliseconds = niceCeiling(std::max(kLeastMilliseconds, lowerQuantile(std::move(times), kTimeQuantile)))};
}

std::optional<BlockSpan> TimelineSeries::blockAt(uint32_t frame) const {
    const auto behind =
        std::upper_bound(blocks_.begin(), blocks_.end(), frame, [](uint32_t wanted, const BlockSpan& span) { return wanted < span.first; });
    if (behind == blocks_.begin() || frame > std::prev(behind)->last) {
        return std::nullopt;
    }
    return *std::prev(behind);
}

}  // namespace crystallite
