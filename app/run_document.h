#pragma once

#include "app/run_marks.h"
#include "engine/trace/trace.h"

#include <QObject>

#include <optional>

namespace crystallite {

/// Slots first..last, both included.
struct SlotSpan {
    uint32_t first = 0;
    uint32_t last = 0;
    [[nodiscard]] uint32_t count() const { return last - first + 1; }
    friend bool operator==(const SlotSpan&, const SlotSpan&) = default;
};

/// The run that a window shows: its trace, the frame the cursor stands on and the selected slot. Every view reads this and nothing else,
/// so that all of them agree. UI thread only; steps arrive as values from the engine's thread.
///
/// Steps may arrive faster than they can be shown (LivePace decides). The trace has every step at once; views hear of those that came
/// meanwhile together (stepsTold), and always before the cursor moves or the run ends.
class RunDocument : public QObject {
    Q_OBJECT
public:
    explicit RunDocument(QObject* parent = nullptr);

    [[nodiscard]] const Trace& trace() const { return trace_; }
    [[nodiscard]] bool isEmpty() const { return trace_.slots() == 0; }
    /// 0 (initial canvas) .. trace().steps()
    [[nodiscard]] uint32_t frame() const { return frame_; }
    [[nodiscard]] std::optional<uint32_t> selectedSlot() const { return selectedSlot_; }
    /// Every selected slot: the selected one, and those up to where the selection was begun. Nothing without a selected slot.
    [[nodiscard]] std::optional<SlotSpan> selection() const;
    /// The slot under the pointer, in whichever view it is.
    [[nodiscard]] std::optional<uint32_t> hoveredSlot() const { return hoveredSlot_; }
    /// Steps are still arriving.
    [[nodiscard]] bool isLive() const { return live_; }
    /// The cursor moves with arriving steps. Seeking away from the end turns it off while live, seeking to the end turns it on.
    [[nodiscard]] bool followsLive() const { return followsLive_; }
    [[nodiscard]] RunMarks& marks() { return marks_; }
    [[nodiscard]] const RunMarks& marks() const { return marks_; }

    /// Replaces everything; `live` when more steps will be appended.
    void reset(Trace trace, bool live);
    /// The run in another form, of which the frames up to a branch are those that were seen: breakpoints, the range and the place on the
    /// canvas stay. Nothing is live.
    void replace(Trace trace, uint32_t frame, std::optional<SlotSpan> selection);
    void rename(std::string id) { trace_.setId(std::move(id)); }
    /// While traceReset() tells of replace().
    [[nodiscard]] bool keepsPlace() const { return keepsPlace_; }
    /// More steps will be appended to what is shown; the cursor goes to the end and follows them.
    void resume();
    /// A step that is shown at once: take() and showNewest().
    void append(const StepRecord& record, const std::map<TokenId, std::string>& newPieces, const std::vector<TokenId>& newControlIds);
    /// Adds a step; views hear of it later.
    void take(const StepRecord& record, const std::map<TokenId, std::string>& newPieces, const std::vector<TokenId>& newControlIds);
    /// Tells the views of all steps that were taken; a cursor that follows goes to the newest.
    void showNewest();
    /// How many steps the following cursor went on when it last moved: more than 1 when not every step is shown.
    [[nodiscard]] uint32_t stride() const { return stride_; }
    /// The last step is shown before the run is over.
    void finish(RunStatus status);

public Q_SLOTS:
    void setFrame(uint32_t frame);  ///< clamped to the last frame
    void selectSlot(std::optional<uint32_t> position);
    /// Selects all from where the selection was begun to `position`, which becomes the selected slot.
    void extendSelection(uint32_t position);
    void hoverSlot(std::optional<uint32_t> position);
    void setFollowsLive(bool follows);

Q_SIGNALS:
    void traceReset();
    void stepAppended(uint32_t step);               ///< for those who must not miss one; views wait for stepsTold()
    void stepsTold(uint32_t first, uint32_t last);  ///< steps that are new to the views
    void frameChanged(uint32_t frame);
    void selectionChanged();
    void hoverChanged();
    void liveChanged(bool live);
    void followsLiveChanged(bool follows);

private:
    void tellSteps();
    void tellReset();

    Trace trace_;
    RunMarks marks_;
    uint32_t frame_ = 0;
    uint32_t told_ = 0;  // steps that the views know of
    uint32_t stride_ = 1;
    std::optional<uint32_t> selectedSlot_;
    uint32_t anchor_ = 0;  ///< where the selection was begun
    std::optional<uint32_t> hoveredSlot_;
    bool keepsPlace_ = false;
    bool live_ = false;
    bool followsLive_ = true;
};

}  // namespace crystallite
