#pragma once

#include "engine/trace/bookmark.h"
#include "engine/trace/canvas.h"
#include "engine/trace/decode_settings.h"
#include "engine/trace/grid_layout.h"
#include "engine/trace/step_record.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crystallite {

enum class RunStatus : uint8_t { Running = 0, Complete = 1, Stopped = 2, Failed = 3 };

/// Where a run branched off another one.
struct RunOrigin {
    std::string parent;  ///< id of that run
    uint32_t step = 0;   ///< the last step that both share; 0: only the initial canvas
    friend bool operator==(const RunOrigin&, const RunOrigin&) = default;
};

/// What is known of a run before its first step.
struct TraceHeader {
    std::string appVersion;
    std::string modelName;
    std::string modelFingerprint;
    std::string modelFormat;  ///< of the large weights: "F16"
    std::string architecture;
    uint64_t parameters = 0;
    uint32_t vocabulary = 0;
    std::string device;
    std::string driver;
    std::string startedAt;  ///< UTC, ISO 8601
    std::string prompt;     ///< as typed
    DecodeSettings settings;
    TokenId maskId = 0;
    std::vector<TokenId> endIds;
    std::optional<GridLayout> layout;  ///< the canvas is this board; nothing: a text
    std::string id;                    ///< of the run and no other, see run_id.h; empty only of a trace that was never run
    std::optional<RunOrigin> origin;   ///< nothing: it began with its prompt
    uint32_t extraRoom = 0;            ///< slots behind the text that slots inserted by hand may take, beyond settings.room()
    friend bool operator==(const TraceHeader&, const TraceHeader&) = default;
};

/// A run as a value: header, initial canvas, every finished step, and the bytes of every token it mentions, so that it can be shown
/// without its model. Seeking is constant time in both directions.
class Trace {
public:
    Trace() = default;
    Trace(TraceHeader header, Canvas initial, std::map<TokenId, std::string> pieces, std::vector<TokenId> controlIds);

    [[nodiscard]] const TraceHeader& header() const { return header_; }
    /// Of every frame; the text may take fewer.
    [[nodiscard]] uint32_t slots() const { return frames_.empty() ? 0 : frames_.front().size(); }
    [[nodiscard]] uint32_t promptLength() const;
    /// Finished steps. Frames run from 0 (initial) to steps().
    [[nodiscard]] uint32_t steps() const { return static_cast<uint32_t>(records_.size()); }
    [[nodiscard]] const StepRecord& record(uint32_t step) const;  ///< step 1..steps()
    /// Numbers of the steps that a person made, rising.
    [[nodiscard]] const std::vector<uint32_t>& handSteps() const { return handSteps_; }
    /// Steps 1..frame that are the work of the model: what schedules count.
    [[nodiscard]] uint32_t modelSteps(uint32_t frame) const;
    [[nodiscard]] uint32_t modelSteps() const { return modelSteps(steps()); }
    /// The last step at or before `frame` that asked the model; 0: none did. At a frame that a hand made, what is shown as belief is as of
    /// this step, about the text that it saw.
    [[nodiscard]] uint32_t beliefStep(uint32_t frame) const;
    /// Slots that a hand masked again or inserted: what a run takes beyond its settings' steps.
    [[nodiscard]] uint32_t openedByHand() const { return openedByHand_; }
    [[nodiscard]] const Canvas& canvas(uint32_t frame) const;  ///< frame 0..steps()
    /// The event that last changed the slot at or before `frame`, with its step; nothing while it is as it was at frame 0.
    struct DatedEvent {
        uint32_t step = 0;
        SlotEvent event;
    };
    [[nodiscard]] std::optional<DatedEvent> lastChange(uint32_t position, uint32_t frame) const;
    /// Every event, of earlier and later steps, of the slot that stands at `position` at `frame`. Where they happened it may have stood
    /// elsewhere.
    [[nodiscard]] const std::vector<DatedEvent>& history(uint32_t position, uint32_t frame) const;

    /// What step `step` believed about the slot that stands at `position` at `frame`, wherever it stood then; nullptr when it was not asked
    /// about.
    [[nodiscard]] const SlotBelief* belief(uint32_t step, uint32_t position, uint32_t frame) const;

    /// Record numbers must follow each other.
    void append(StepRecord record);
    /// Adds pieces not seen before (a step may bring new candidate ids).
    void addPieces(const std::map<TokenId, std::string>& pieces, const std::vector<TokenId>& controlIds);
    /// A name of its own, or the one that the same steps had before: of a branch that is made again. isRunId() of run_id.h.
    void setId(std::string id) { header_.id = std::move(id); }
    void setStatus(RunStatus status) { status_ = status; }
    [[nodiscard]] RunStatus status() const { return status_; }
    /// What a person wants to find again, rising by frame.
    [[nodiscard]] const std::vector<Bookmark>& bookmarks() const { return bookmarks_; }
    void setBookmarks(std::vector<Bookmark> bookmarks);  ///< sound for this run: findContradiction() of bookmark.h

    [[nodiscard]] const std::string& piece(TokenId id) const;  ///< bytes; empty for an id the trace does not mention
    [[nodiscard]] bool isControl(TokenId id) const;
    [[nodiscard]] bool isEnd(TokenId id) const;
    [[nodiscard]] const std::map<TokenId, std::string>& pieces() const { return pieces_; }

    /// Text of the answer at `frame`: pieces of its visible slots; each masked slot is `maskText`. With `stopAtEnd`, ends before the first
    /// end id that has no masked slot in front of it.
    [[nodiscard]] std::string answerText(uint32_t frame, std::string_view maskText, bool stopAtEnd) const;

private:
    TraceHeader header_;
    std::vector<Canvas> frames_;
    std::vector<StepRecord> records_;
    std::vector<std::vector<DatedEvent>> historyOfSlot_;  // by key
    std::map<TokenId, std::string> pieces_;
    std::vector<TokenId> controlIds_;  // sorted
    std::vector<Bookmark> bookmarks_;
    std::vector<uint32_t> handSteps_;
    uint32_t openedByHand_ = 0;
    RunStatus status_ = RunStatus::Running;
};

/// The most steps that a run with this past can take: what its settings allow, the steps by hand, and those for slots that a hand opened.
uint64_t mostSteps(const Trace& trace);

}  // namespace crystallite
