#include "app/branch_bar.h"
#include "app/canvas/canvas_widget.h"
#include "app/continue_text.h"
#include "app/conversions.h"
#include "app/hand_controls.h"
#include "app/run_document.h"
#include "app/slot_decision.h"
#include "app/slot_note.h"
#include "app/token_text.h"
#include "app/window_actions.h"

#include <QAction>
#include <QStringList>

#include <utility>

// The half of HandControls that is about going on: what it would cost, what speaks against it, and asking for it.

namespace crystallite {
namespace {

uint32_t stepsByHand(const Trace& trace) {
    uint32_t steps = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        steps += trace.record(step).byHand ? 1 : 0;
    }
    return steps;
}

}  // namespace

bool HandControls::isSameModelLoaded() const {
    return model_ && !document_.isEmpty() && isSameModel(document_.trace().header(), *model_);
}

QString HandControls::reasonAgainstModel() const {
    if (isSameModelLoaded() || document_.isEmpty()) {
        return {};
    }
    const QString made = toQString(document_.trace().header().modelName);
    return model_ ? tr("This run was made by “%1”, but “%2” is loaded; load the model that made it.").arg(made, toQString(model_->name))
                  : tr("No model is loaded; load “%1”, which made this run.").arg(made);
}

PassesToCome HandControls::passesToCome() const {
    const bool known = model_ && model_->passesToCome && !document_.isEmpty();
    return known ? model_->passesToCome(document_.trace()) : PassesToCome{};
}

HandControls::Outlook HandControls::outlook() const {
    if (document_.isEmpty() || document_.isLive()) {
        return {.against = document_.isLive() ? tr("The run goes on already.") : tr("There is no run yet.")};
    }
    if (const QString reason = reasonAgainstModel(); !reason.isEmpty()) {
        return {.against = reason};
    }
    const PassesToCome passes = passesToCome();
    if (passes.passes == 0) {
        return {.against = tr("Nothing is open: remask a slot to have the model fill it again.")};
    }
    return {.against = {}, .passes = passes};
}

void HandControls::goOn(uint32_t steps) {
    if (const QString reason = outlook().against; !reason.isEmpty()) {
        // At the end of a run that is over, a step on leads nowhere, as it always did.
        if (document_.trace().status() != RunStatus::Complete) {
            refuse(reason);
        }
        return;
    }
    ContinueRequest request{.trace = branching_.takeForContinuing(), .steps = steps};
    asked_ = {request.trace.header().id, request.trace.steps()};
    Q_EMIT continueWanted(request);
}

bool HandControls::takeContinued(const QString& journal) {
    const auto asked = std::exchange(asked_, std::nullopt);
    const bool isShown = asked && !document_.isEmpty() && !document_.isLive() &&
                         *asked == std::pair(document_.trace().header().id, document_.trace().steps());
    if (isShown) {
        document_.resume();
        files_.continueRun(journal);
    }
    return isShown;
}

void HandControls::refresh() {
    followSelection();
    const Outlook ahead = outlook();
    refreshActions(ahead);
    refreshBar(ahead);
}

/// A step arrived: the branch bar says what was so before it as well.
void HandControls::refreshStep() {
    refreshActions(outlook());
}

/// What going on costs is a matter of the run, which may be imagined to its end to count it: nothing for every step of the cursor.
void HandControls::followFrame() {
    note_->hide();
    refreshRepeat();
}

void HandControls::refreshRepeat() {
    // A held key stops at the end: what is computed is asked for with a press of its own.
    for (QAction* action : {actions_.stepForward, actions_.runForward}) {
        action->setAutoRepeat(!document_.isEmpty() && document_.frame() < document_.trace().steps());
    }
}

void HandControls::followSelection() {
    note_->hide();
    const bool enabled = !document_.isEmpty() && document_.selectedSlot().has_value();
    for (QAction* action : {actions_.pin, actions_.typeWords, actions_.remask, actions_.candidates, actions_.commitNext,
                            actions_.insertBefore, actions_.insertBehind, actions_.deleteSlots}) {
        action->setEnabled(enabled);
    }
}

void HandControls::refreshActions(const Outlook& outlook) {
    actions_.branch->setEnabled(!document_.isEmpty());
    const QString& reason = outlook.against;
    const QString cost = reason.isEmpty() ? passesText(outlook.passes, millisecondsPerPass(document_.trace())) : QString();
    const QString text = cost.isEmpty() ? tr("&Continue") : tr("&Continue: %1").arg(cost);
    actions_.continueRun->setText(text);
    actions_.continueRun->setIconText(QString(text).remove(QLatin1Char('&')));
    actions_.continueRun->setToolTip(reason.isEmpty() ? tr("Computes the rest of the run: %1 (F5 at the end)").arg(cost) : reason);
    actions_.computeStep->setToolTip(reason.isEmpty() ? tr("Computes one step (F10 at the end)") : reason);
    for (QAction* action : {actions_.continueRun, actions_.computeStep}) {
        action->setStatusTip(action->toolTip());
        action->setEnabled(reason.isEmpty());
    }
    refreshRepeat();
}

QString HandControls::whereText(const Outlook& outlook) const {
    const Trace& trace = document_.trace();
    const uint32_t changes = stepsByHand(trace);
    QString text;
    if (const auto& origin = trace.header().origin) {
        const QString parent = branching_.parentName();
        text = parent.isEmpty() ? tr("Branch at step %1").arg(origin->step) : tr("Branch of “%1” at step %2").arg(parent).arg(origin->step);
    } else if (trace.status() != RunStatus::Complete && !document_.isLive() && outlook.against.isEmpty()) {
        text = tr("Stopped at step %1 of %2").arg(trace.steps()).arg(plannedSteps(trace));
    }
    if (changes > 0) {
        text += (text.isEmpty() ? QString() : QStringLiteral(" · ")) +
                (changes == 1 ? tr("1 change by hand") : tr("%1 changes by hand").arg(changes));
    }
    return text;
}

void HandControls::refreshBar(const Outlook& outlook) {
    if (document_.isEmpty()) {
        bar_.tell({}, {});
        return;
    }
    const Trace& trace = document_.trace();
    const QString where = whereText(outlook);
    QStringList notes;
    if (!where.isEmpty() && !revisesTokens(trace.header().settings)) {
        notes << tr("This sampler will not change committed tokens.");
    }
    const QString reason = document_.isLive() ? QString() : outlook.against;
    notes << reason;
    notes.removeAll(QString());
    bar_.tell(where, notes.join(QLatin1Char(' ')));
    const bool findable = !where.isEmpty() && !isSameModelLoaded() && findModel_ && findModel_(trace.header()).has_value();
    bar_.offerModel(findable ? toQString(trace.header().modelName) : QString());
}

}  // namespace crystallite
