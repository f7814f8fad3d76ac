#include "app/branching.h"

#include "app/conversions.h"
#include "app/run_document.h"
#include "engine/trace/branch.h"
#include "engine/trace/run_id.h"

#include <QUndoCommand>

#include <algorithm>
#include <map>
#include <utility>

namespace crystallite {
namespace {

uint32_t insertsOf(const BranchRecipe& recipe) {
    uint32_t inserts = 0;
    for (const HandChange& change : recipe.changes) {
        inserts += static_cast<uint32_t>(
            std::ranges::count_if(change.events, [](const SlotEvent& event) { return event.kind == EventKind::Insert; }));
    }
    return inserts;
}

/// Steps that the model made behind the last one by hand.
uint32_t computedBehind(const Trace& trace) {
    uint32_t steps = 0;
    while (steps < trace.steps() && !trace.record(trace.steps() - steps).byHand) {
        ++steps;
    }
    return steps == trace.steps() ? 0 : steps;
}

void addTokens(Trace& trace, const std::vector<TypedToken>& tokens) {
    std::map<TokenId, std::string> pieces;
    std::vector<TokenId> controls;
    for (const TypedToken& token : tokens) {
        pieces.emplace(token.id, token.bytes);
        if (token.special) {
            controls.push_back(token.id);
        }
    }
    trace.addPieces(pieces, controls);
}

}  // namespace

/// Undo and redo are the same: what is shown makes place for what is held, and is held itself.
class RunChange final : public QUndoCommand {
public:
    RunChange(Branching& branching, Branching::Shown target, const QString& text)
        : QUndoCommand(text), branching_(branching), held_(std::move(target)) {}

    void undo() override {
        held_ = branching_.swap(std::move(held_));
        if (const uint32_t steps = held_.whole ? computedBehind(*held_.whole) : 0; steps > 0) {
            Q_EMIT branching_.tookBack(steps);
        }
    }
    void redo() override { held_ = branching_.swap(std::move(held_)); }

private:
    Branching& branching_;
    Branching::Shown held_;
};

Result<Trace> traceOf(const BranchRecipe& recipe) {
    Result<Trace> branch = branchOf(*recipe.parent, recipe.frame, insertsOf(recipe));
    if (!branch) {
        return branch.error();
    }
    branch->setId(recipe.id);
    for (const HandChange& change : recipe.changes) {
        addTokens(*branch, change.tokens);
        if (const Result<void> appended = appendByHand(*branch, change.events); !appended) {
            return appended.error();
        }
    }
    return branch;
}

Branching::Branching(RunDocument& document, TraceFiles& files, QObject* parent) : QObject(parent), document_(document), files_(files) {
    connect(&document_, &RunDocument::traceReset, this, [this] {
        if (!document_.keepsPlace()) {  // another run: what was changed in the one before is part of its own story
            recipe_.reset();
            parentName_.clear();
            stack_.clear();
        }
    });
    connect(&document_, &RunDocument::stepAppended, this, [this] {
        if (recipe_) {
            computed_.insert(recipe_->id);
            recipe_.reset();
        }
    });
}

BranchRecipe Branching::recipeAtCursor() const {
    const uint32_t frame = document_.frame();
    BranchRecipe recipe;
    if (recipe_) {
        recipe = *recipe_;
        const uint32_t kept = frame - std::min(frame, recipe.frame);
        recipe.changes.resize(std::min<size_t>(recipe.changes.size(), kept));
        if (frame < recipe.frame) {
            recipe.frame = frame;
            recipe.id = newRunId();
        }
        return recipe;
    }
    recipe.parent = std::make_shared<const Trace>(document_.trace());
    recipe.parentName = files_.displayName();
    recipe.frame = frame;
    recipe.id = newRunId();
    return recipe;
}

QString Branching::apply(HandChange change, std::optional<SlotSpan> selection) {
    BranchRecipe recipe = recipeAtCursor();
    const QString text = change.text;
    recipe.changes.push_back(std::move(change));
    return push(std::move(recipe), text, selection);
}

QString Branching::branchHere() {
    if (document_.isEmpty()) {
        return tr("There is no run to branch from.");
    }
    BranchRecipe recipe = recipeAtCursor();
    if (recipe_ && recipe.changes.size() == recipe_->changes.size() && recipe.frame == recipe_->frame) {
        return tr("This is a branch already, and nothing was computed behind the cursor.");
    }
    return push(std::move(recipe), tr("branch at step %1").arg(document_.frame()), document_.selection());
}

QString Branching::push(BranchRecipe recipe, const QString& text, std::optional<SlotSpan> selection) {
    const Result<Trace> made = traceOf(recipe);
    if (!made) {
        return toQString(made.error().message);
    }
    if (!recipe_ && files_.isOnlyInMemory() && !files_.mayLeave()) {
        return {};
    }
    Shown target{.recipe = recipe, .parentName = recipe.parentName, .place = {.unsaved = true}, .frame = made->steps()};
    target.selection = selection;
    stack_.push(new RunChange(*this, std::move(target), text));
    return {};
}

Branching::Shown Branching::whatIsShown() const {
    Shown shown{.recipe = recipe_, .parentName = parentName_, .frame = document_.frame(), .selection = document_.selection()};
    if (!recipe_) {
        shown.whole = std::make_shared<const Trace>(document_.trace());
    }
    return shown;
}

Branching::Shown Branching::swap(Shown target) {
    if (document_.isLive()) {
        document_.finish(RunStatus::Stopped);  // what is told of it from here on is of a run that is not shown
    }
    Shown left = whatIsShown();
    // Changes to one branch stay in one file; what was computed is a run of its own.
    const bool sameFile = left.recipe && target.recipe && left.recipe->id == target.recipe->id;
    if (!sameFile) {
        left.place = files_.leave();
    }
    Trace trace = target.recipe ? *traceOf(*target.recipe) : *target.whole;
    recipe_ = target.recipe;
    parentName_ = target.parentName;
    document_.replace(std::move(trace), target.frame, target.selection);
    if (sameFile) {
        files_.markChanged();
    } else {
        files_.comeBack(target.place);
    }
    Q_EMIT swapped();
    return left;
}

Trace Branching::takeForContinuing() {
    if (recipe_ && computed_.contains(recipe_->id)) {
        recipe_->id = newRunId();
        document_.rename(recipe_->id);
    }
    return document_.trace();
}

}  // namespace crystallite
