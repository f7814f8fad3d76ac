#pragma once

#include "engine/trace/trace.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace crystallite {

/// What is looked for: a token by its id, or a text, in any case of its letters.
struct SearchQuery {
    QString text;
    std::optional<TokenId> id;
    bool inCommits = true;  ///< tokens that were committed or exchanged
    bool inGuesses = true;  ///< recorded candidates
    bool inReading = true;  ///< the reading text of a frame, over several tokens; never for an id
    friend bool operator==(const SearchQuery&, const SearchQuery&) = default;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty() && !id; }
};

/// "#123" asks for the token with this id; everything else is text.
[[nodiscard]] SearchQuery parseSearch(const QString& typed);

/// Equal matches in steps that follow each other, as one.
struct SearchHit {
    enum class Kind : uint8_t {
        Committed,
        Exchanged,
        Guessed,  ///< a candidate of the same rank
        Read,     ///< the reading text over the same slots
    };
    Kind kind = Kind::Committed;
    uint32_t firstStep = 0;  ///< of Read, frames
    uint32_t lastStep = 0;
    uint32_t key = 0;      ///< of the slot, or of the first one
    uint32_t lastKey = 0;  ///< of the last slot of Read
    TokenId token = 0;     ///< not of Read
    uint32_t rank = 0;     ///< of Guessed, 1 the best
    float lowest = 0.0F;   ///< probability over the steps
    float highest = 0.0F;
    friend bool operator==(const SearchHit&, const SearchHit&) = default;
};

/// Looks through a trace frame by frame, so that whoever shows it can stop after any of them and go on later, also with frames that came
/// since. A value; it keeps nothing of the trace.
class TraceSearch {
public:
    /// Beyond these it stops.
    static constexpr size_t kMostHits = 100'000;

    TraceSearch() = default;
    explicit TraceSearch(SearchQuery query) : query_(std::move(query)) {}

    [[nodiscard]] const SearchQuery& query() const { return query_; }
    /// Rising by firstStep.
    [[nodiscard]] const std::vector<SearchHit>& hits() const { return hits_; }
    [[nodiscard]] uint32_t searchedFrames() const { return nextFrame_; }
    [[nodiscard]] bool isFull() const { return hits_.size() >= kMostHits; }
    /// Nothing is left to look at in the frames that the trace has now.
    [[nodiscard]] bool isDone(const Trace& trace) const;
    /// Looks at the next frame. `trace` is the same in every call, but for what was appended.
    void advance(const Trace& trace);

private:
    /// What a run of equal matches is known by: slot and rank, or the first and the last slot and the place in the first one.
    using RunKey = std::tuple<uint32_t, uint32_t, uint32_t>;
    using OpenRuns = std::map<RunKey, size_t>;  // to index of hits_

    void learnPieces(const Trace& trace);
    [[nodiscard]] bool matches(TokenId id) const;
    void addEvents(const Trace& trace, uint32_t step);
    void addGuesses(const Trace& trace, uint32_t step);
    void addReading(const Trace& trace, uint32_t frame);
    /// Continues the run that ended in the frame before, or begins one.
    void addToRun(const OpenRuns& before, OpenRuns& now, const RunKey& key, const SearchHit& hit);

    SearchQuery query_;
    std::vector<TokenId> ids_;  // that match, sorted
    size_t knownPieces_ = 0;
    uint32_t nextFrame_ = 0;
    std::vector<SearchHit> hits_;
    OpenRuns guesses_;
    OpenRuns readings_;
};

}  // namespace crystallite
