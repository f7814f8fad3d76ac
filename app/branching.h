#pragma once

#include "app/hand_change.h"
#include "app/trace_files.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crystallite {

class RunDocument;

/// A branch as what it is made of: the frames of a run up to one of them, and what a person changed behind it, one step each.
struct BranchRecipe {
    std::shared_ptr<const Trace> parent;
    QString parentName;
    uint32_t frame = 0;  ///< the last that is shared
    std::vector<HandChange> changes;
    std::string id;  ///< of the trace that it makes
};

/// The same recipe makes the same trace to the bit. One sentence where a change does not fit the frame that it is made to.
[[nodiscard]] Result<Trace> traceOf(const BranchRecipe& recipe);

/// What a person changes in the run that is shown, and the way back. The first change makes a branch at the cursor; the run itself is never
/// altered. A change to a branch of which nothing was computed yet joins it. Undo and redo swap what is shown for what was shown, cursor
/// and selection with it: a branch without computed steps is made anew from its recipe, and steps that were computed come back with redo.
class Branching : public QObject {
    Q_OBJECT
public:
    Branching(RunDocument& document, TraceFiles& files, QObject* parent = nullptr);

    [[nodiscard]] QUndoStack& stack() { return stack_; }
    /// What is shown is a branch to which no step was computed yet.
    [[nodiscard]] bool isUncomputed() const { return recipe_.has_value(); }
    /// Of the run that the shown branch left, where this window knows it.
    [[nodiscard]] QString parentName() const { return parentName_; }
    /// Makes the change to the shown frame; `selection` is what is selected behind it. Empty, or one sentence that refuses it.
    QString apply(HandChange change, std::optional<SlotSpan> selection);
    /// A branch at the cursor in which nothing was changed yet.
    QString branchHere();
    /// The shown run, as it is continued: what was computed before with the same changes keeps its own name.
    [[nodiscard]] Trace takeForContinuing();

Q_SIGNALS:
    /// Another form of the run is shown.
    void swapped();
    /// An undo took `steps` computed steps with it.
    void tookBack(uint32_t steps);

private:
    friend class RunChange;
    /// What a window shows.
    struct Shown {
        std::shared_ptr<const Trace> whole;  ///< nullptr: made from the recipe
        std::optional<BranchRecipe> recipe;
        QString parentName;
        TraceFiles::Place place;
        uint32_t frame = 0;
        std::optional<SlotSpan> selection;
    };
    [[nodiscard]] BranchRecipe recipeAtCursor() const;
    QString push(BranchRecipe recipe, const QString& text, std::optional<SlotSpan> selection);
    [[nodiscard]] Shown whatIsShown() const;
    Shown swap(Shown target);

    RunDocument& document_;
    TraceFiles& files_;
    std::optional<BranchRecipe> recipe_;
    QString parentName_;
    std::set<std::string> computed_;  ///< ids under which steps were computed
    QUndoStack stack_;
};

}  // namespace crystallite
