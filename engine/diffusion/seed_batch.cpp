#include "engine/diffusion/seed_batch.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"
#include "engine/trace/agreement.h"
#include "engine/trace/run_cost.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace crystallite {
namespace {

std::optional<uint64_t> wholeNumber(std::string_view text) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value) : std::nullopt;
}

/// Tokens that a person chose have none.
double commitConfidence(const Trace& trace) {
    std::vector<double> probabilities;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        for (const SlotEvent& event : record.events) {
            if (event.kind == EventKind::Commit && !record.byHand) {
                probabilities.push_back(double{event.probability});
            }
        }
    }
    return meanAndSpread(probabilities).mean;
}

template <typename Value>
MeanAndSpread spreadOf(const std::vector<BatchRow>& rows, Value value) {
    std::vector<double> values;
    std::transform(rows.begin(), rows.end(), std::back_inserter(values), value);
    return meanAndSpread(values);
}

}  // namespace

Result<SeedRange> checkSeeds(SeedRange range) {
    if (range.count == 0 || range.count > kMostSeeds) {
        return Error{ErrorKind::InvalidArgument, "a batch takes 1 to " + std::to_string(kMostSeeds) + " seeds, not " +
                                                     std::to_string(range.count) + "; choose fewer, or make several batches"};
    }
    if (range.first > std::numeric_limits<uint64_t>::max() - (range.count - 1)) {
        return Error{ErrorKind::InvalidArgument, std::to_string(range.count) + " seeds from " + std::to_string(range.first) +
                                                     " go beyond the largest, 18446744073709551615; begin with a smaller one"};
    }
    return range;
}

Result<SeedRange> parseSeeds(std::string_view text) {
    const size_t dots = text.find("..");
    const auto first = wholeNumber(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : wholeNumber(text.substr(dots + 2));
    if (!first || !last || *last < *first) {
        return Error{
            ErrorKind::InvalidArgument,
            "seeds are given as '1..16', the first and the last of them, both from 0 to 18446744073709551615, not as " + inQuotes(text)};
    }
    const uint64_t more = std::min<uint64_t>(*last - *first, std::numeric_limits<uint32_t>::max() - 1);
    return checkSeeds({.first = *first, .count = static_cast<uint32_t>(more + 1)});
}

MeanAndSpread meanAndSpread(const std::vector<double>& values) {
    MeanAndSpread result{.mean = std::numeric_limits<double>::quiet_NaN(), .deviation = std::numeric_limits<double>::quiet_NaN()};
    double sum = 0.0;
    for (const double value : values) {
        sum += std::isfinite(value) ? value : 0.0;
        result.count += std::isfinite(value) ? 1 : 0;
    }
    if (result.count == 0) {
        return result;
    }
    result.mean = sum / result.count;
    double squares = 0.0;
    for (const double value : values) {
        squares += std::isfinite(value) ? (value - result.mean) * (value - result.mean) : 0.0;
    }
    if (result.count > 1) {
        result.deviation = std::sqrt(squares / (result.count - 1));
    }
    return result;
}

std::optional<uint64_t> SeedBatch::next() const {
    return rows_.size() < range_.count ? std::optional(range_.first + rows_.size()) : std::nullopt;
}

const BatchRow& SeedBatch::add(const Trace& trace) {
    ENGINE_ASSERT(next() == trace.header().settings.seed);
    const RunCost cost = costOf(trace);
    BatchRow row{.seed = trace.header().settings.seed,
                 .end = answerEnd(trace, trace.steps()),
                 .evaluations = cost.evaluations,
                 .milliseconds = cost.milliseconds,
                 .confidence = commitConfidence(trace),
                 .text = trace.answerText(trace.steps(), "\xE2\x96\xA1", true)};
    const auto same = std::find_if(rows_.begin(), rows_.end(), [&](const BatchRow& other) { return other.text == row.text; });
    row.answer = same == rows_.end() ? answers_++ : same->answer;
    const Canvas& last = trace.canvas(trace.steps());
    for (const Canvas& other : last_) {
        agreements_.push_back(agreement(last, other));
    }
    last_.push_back(last);
    rows_.push_back(std::move(row));
    return rows_.back();
}

BatchStatistics SeedBatch::statistics() const {
    BatchStatistics all{.runs = static_cast<uint32_t>(rows_.size()),
                        .tokens = spreadOf(rows_, [](const BatchRow& row) { return static_cast<double>(row.end.tokens); }),
                        .evaluations = spreadOf(rows_, [](const BatchRow& row) { return static_cast<double>(row.evaluations); }),
                        .milliseconds = spreadOf(rows_, [](const BatchRow& row) { return row.milliseconds; }),
                        .confidence = spreadOf(rows_, [](const BatchRow& row) { return row.confidence; }),
                        .distinct = answers_,
                        .agreement = meanAndSpread(agreements_)};
    std::vector<uint32_t> given(answers_, 0);
    for (const BatchRow& row : rows_) {
        all.ended += row.end.isEnded ? 1 : 0;
        all.commonest = std::max(all.commonest, ++given[row.answer]);
    }
    return all;
}

}  // namespace crystallite
