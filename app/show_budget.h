#pragma once

#include <cstdint>

namespace crystallite {

/// Which steps of a run that is being computed are worth their cost on screen, as a value: times and costs go in, "show" or "wait" comes
/// out. What is shown is paid for from an allowance of processor time that grows with the time that passes and is never saved up; what it
/// costs, steps that are only taken note of included, is measured. So the share of showing in the machine's processor time is bounded on
/// average, whatever draws: where a frame is cheap every step is shown, where it is dear as many as can be paid for.
///
/// All times are nanoseconds; `now` counts from any origin, `spent` is the processor time that showing has taken since any other. Neither
/// ever goes back.
class ShowBudget {
public:
    struct Limits {
        double rate = 0.04;                  ///< processor time per time: 0.02 of two processors
        int64_t leastInterval = 16'000'000;  ///< between two frames: a screen shows no more
        friend bool operator==(const Limits&, const Limits&) = default;
    };

    ShowBudget() = default;
    explicit ShowBudget(const Limits& limits) : limits_(limits) {}
    [[nodiscard]] const Limits& limits() const { return limits_; }

    /// A run begins, or a person asked for what was shown: nothing is owed for it. What a frame costs is remembered.
    void forgive(int64_t now, int64_t spent);
    /// Takes note of what was spent; true when a frame may be shown.
    [[nodiscard]] bool mayShow(int64_t now, int64_t spent);
    /// A frame is being shown. It is drawn later: what the last one cost is put aside for it, and what is left of that is given back when
    /// it has been drawn.
    void shown(int64_t now, int64_t spent);
    /// From now on until mayShow(), if nothing is spent meanwhile. At least 0.
    [[nodiscard]] int64_t wait(int64_t now, int64_t spent);

    /// Frames cannot be drawn as often as the screen shows them: nothing should move by itself.
    [[nodiscard]] bool isDear() const {
        return static_cast<double>(frameCost_) > limits_.rate * static_cast<double>(limits_.leastInterval);
    }
    /// Processor time of the last frame, with what came along with it; a guess before the first.
    [[nodiscard]] int64_t frameCost() const { return frameCost_; }

    /// After this a frame that was shown is drawn, so that its cost is known.
    static constexpr int64_t kDrawnAfter = 150'000'000;

private:
    void account(int64_t now, int64_t spent);
    void settle(int64_t spent);

    Limits limits_;
    double balance_ = 0.0;  // at most 0
    double aside_ = 0.0;    // for the frame that is being drawn
    int64_t now_ = 0;       // of the last account()
    int64_t spent_ = 0;
    int64_t frameCost_ = 10'000'000;
    bool isDrawing_ = false;  // since shownAt_
    bool hasShown_ = false;
    int64_t shownAt_ = 0;
    int64_t spentAtShown_ = 0;
};

}  // namespace crystallite
