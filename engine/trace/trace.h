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

struct RunOrigin {
    std::string parent;
    uint32_t step = 0;
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
    std::string id;
    std::optional<RunOrigin> origin;
    uint32_t extraRoom = 0;
    std::optional<GridLayout> layout;  ///< the canvas is this board; nothing: a text
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
    [[nodiscard]] const Canvas& canvas(uint32_t frame) const;     ///< frame 0..steps()
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
    void setStatus(RunStatus status) { status_ = status; }
    void setId(std::string id) { header_.id = std::move(id); }
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
    RunStatus status_ = RunStatus::Running;
};

}  // namespace crystallite
