#pragma once

#include "app/show_budget.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace crystallite {

class RunDocument;

/// Decides when the views of a document hear of the steps that arrive (RunDocument::take), so that watching a run does not slow it down.
/// The newest step is shown as soon as the budget allows, and at once after a person has moved the cursor; the last one is shown by the
/// document itself. UI thread.
class LivePace : public QObject {
    Q_OBJECT
public:
    /// Nanoseconds, as ShowBudget takes them.
    struct Clocks {
        std::function<int64_t()> now;
        std::function<int64_t()> spent;
    };

    LivePace(RunDocument& document, Clocks clocks, QObject* parent = nullptr);

    void setLimits(const ShowBudget::Limits& limits);
    [[nodiscard]] const ShowBudget& budget() const { return budget_; }
    /// A step was taken: shows it, or sees to it that it is shown later.
    void arrived();

Q_SIGNALS:
    /// The next frame is shown now, so long after the one before; with frames that are dear, light should not move.
    void paceChanged(int milliseconds, bool isDear);

private:
    void show();
    void noteAPerson();

    RunDocument& document_;
    Clocks clocks_;
    ShowBudget budget_;
    QTimer later_;
    bool isShowing_ = false;
    bool isAsked_ = true;  // a person moved the cursor, or the run is new
    int64_t shownAt_ = 0;
};

/// The clocks of this machine, for the thread of the window.
[[nodiscard]] LivePace::Clocks showingClocks();
/// What showing may take of this machine while a model computes on its processors (0.02 of all of them), or elsewhere (half of one).
[[nodiscard]] ShowBudget::Limits showLimits(bool computesOnProcessors, unsigned processors, double screenHertz);

}  // namespace crystallite
