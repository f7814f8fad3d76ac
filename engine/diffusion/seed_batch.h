#pragma once

#include "engine/base/result.h"
#include "engine/trace/answer_end.h"
#include "engine/trace/canvas.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Seeds [first, first + count).
struct SeedRange {
    uint64_t first = 0;
    uint32_t count = 1;
    friend bool operator==(const SeedRange&, const SeedRange&) = default;
};

inline constexpr uint32_t kMostSeeds = 256;  ///< of one batch: every pair of them is compared

/// InvalidArgument for no seeds, more than kMostSeeds, or a last one beyond 64 bits.
Result<SeedRange> checkSeeds(SeedRange range);
/// "1..16", the last one included, or "7"; InvalidArgument as checkSeeds() and for anything else.
Result<SeedRange> parseSeeds(std::string_view text);

/// What a finished run of a batch came to.
struct BatchRow {
    uint64_t seed = 0;
    AnswerEnd end;
    uint64_t evaluations = 0;  ///< NFE
    double milliseconds = 0.0;
    double confidence = 0.0;  ///< mean probability at the moment of the commit, over the tokens that the model committed; NaN: none
    std::string text;         ///< of the answer, up to its end; a masked slot is a box
    uint32_t answer = 0;      ///< runs of the same text have the same number: 0, 1, … as they came
};

/// Of those values that are numbers.
struct MeanAndSpread {
    uint32_t count = 0;
    double mean = 0.0;       ///< NaN without values
    double deviation = 0.0;  ///< of the sample, divided by count - 1; NaN with fewer than two values
};
MeanAndSpread meanAndSpread(const std::vector<double>& values);

struct BatchStatistics {
    uint32_t runs = 0;
    MeanAndSpread tokens;  ///< of the answers, up to their end
    MeanAndSpread evaluations, milliseconds, confidence;
    uint32_t ended = 0;       ///< runs that found the end of the text
    uint32_t distinct = 0;    ///< answers with a text of their own
    uint32_t commonest = 0;   ///< runs that gave the answer which most gave
    MeanAndSpread agreement;  ///< over all pairs of runs; the spread says how unlike they are, and is no error of the mean
};

/// One prompt and settings over a range of seeds. Whoever has the engine makes the runs, one after the other, with the seeds that are
/// handed out here, and tells each that was finished; the numbers are of these alone.
class SeedBatch {
public:
    explicit SeedBatch(SeedRange range) : range_(range) {}

    [[nodiscard]] const SeedRange& range() const { return range_; }
    /// The seed of the run that is to be made now; nothing when all have been told.
    [[nodiscard]] std::optional<uint64_t> next() const;
    /// The run of next(), as far as it came when it ended by itself.
    const BatchRow& add(const Trace& trace);
    [[nodiscard]] const std::vector<BatchRow>& rows() const { return rows_; }
    [[nodiscard]] BatchStatistics statistics() const;

private:
    SeedRange range_;
    std::vector<BatchRow> rows_;
    std::vector<Canvas> last_;  ///< of each row
    std::vector<double> agreements_;
    uint32_t answers_ = 0;
};

}  // namespace crystallite
