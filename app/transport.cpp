#include "app/transport.h"

#include "app/playback.h"
#include "app/run_document.h"
#include "app/trace_events.h"
#include "app/window_actions.h"

#include <QAction>

#include <limits>

namespace crystallite {
namespace {

constexpr int kLargeStep = 10;

}  // namespace

void connectTransport(const WindowActions& actions, Playback& playback, RunDocument& document) {
    const auto onTrigger = [&playback](QAction* action, auto does) { QObject::connect(action, &QAction::triggered, &playback, does); };
    onTrigger(actions.togglePlay, [&playback] { playback.toggle(); });
    onTrigger(actions.playForward, [&playback] { playback.play(PlayDirection::Forward); });
    onTrigger(actions.playBackward, [&playback] { playback.play(PlayDirection::Backward); });
    onTrigger(actions.stepForward, [&playback] { playback.stepOn(); });
    onTrigger(actions.stepBack, [&playback] { playback.stepBy(-1); });
    onTrigger(actions.tenForward, [&playback] { playback.stepBy(kLargeStep); });
    onTrigger(actions.tenBack, [&playback] { playback.stepBy(-kLargeStep); });
    onTrigger(actions.firstFrame, [&playback] { playback.seek(0); });
    onTrigger(actions.lastFrame, [&playback] { playback.seek(std::numeric_limits<uint32_t>::max()); });
    const auto seekBy = [&](QAction* action, uint32_t (*target)(const Trace&, uint32_t)) {
        onTrigger(action, [&playback, &document, target] {
            if (!document.isEmpty()) {
                playback.seek(target(document.trace(), document.frame()));
            }
        });
    };
    seekBy(actions.nextEvent, nextEventFrame);
    seekBy(actions.previousEvent, previousEventFrame);
    seekBy(actions.nextBlock, nextBlockFrame);
    seekBy(actions.previousBlock, previousBlockFrame);
    onTrigger(actions.runForward, [&playback] { playback.runTo(PlayDirection::Forward); });
    onTrigger(actions.runBackward, [&playback] { playback.runTo(PlayDirection::Backward); });
    onTrigger(actions.slower, [&playback] { playback.slower(); });
    onTrigger(actions.faster, [&playback] { playback.faster(); });
    onTrigger(actions.normalSpeed, [&playback] { playback.resetSpeed(); });
}

void setStepActionsEnabled(const WindowActions& actions, bool enabled) {
    for (QAction* action :
         {actions.togglePlay,    actions.playBackward, actions.playForward, actions.stepForward, actions.stepBack,      actions.tenForward,
          actions.tenBack,       actions.firstFrame,   actions.lastFrame,   actions.nextEvent,   actions.previousEvent, actions.nextBlock,
          actions.previousBlock, actions.runForward,   actions.runBackward, actions.runUntil,    actions.goTo,          actions.rangeIn,
          actions.rangeOut,      actions.loopRange,    actions.editBookmark}) {
        action->setEnabled(enabled);
    }
}

}  // namespace crystallite
