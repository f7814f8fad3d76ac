#include "app/time_controls.h"

#include "app/bookmark_dialog.h"
#include "app/go_to_dialog.h"
#include "app/message_bar.h"
#include "app/playback.h"
#include "app/run_document.h"
#include "app/run_until_dialog.h"
#include "app/stop_text.h"
#include "app/window_actions.h"

#include <QAction>

#include <utility>

namespace crystallite {

TimeControls::TimeControls(QWidget& window, const WindowActions& actions, RunDocument& document, Playback& playback, MessageBar& messages)
    : QObject(&window),
      document_(document),
      playback_(playback),
      messages_(messages),
      stops_(document),
      marks_(actions, document),
      bookmarks_(actions, document, playback),
      bookmark_(new BookmarkDialog(document, &window)),
      goTo_(new GoToDialog(document, playback, &window)),
      until_(new RunUntilDialog(document, &window)) {
    // A bookmark is about the frame that is seen, and playback would leave it.
    connect(actions.editBookmark, &QAction::triggered, this, [this] {
        playback_.pause();
        bookmark_->edit();
    });
    connect(actions.goTo, &QAction::triggered, goTo_, &GoToDialog::ask);
    connect(actions.runUntil, &QAction::triggered, until_, &RunUntilDialog::ask);
    connect(until_, &RunUntilDialog::wanted, this, &TimeControls::runUntil);
    connect(&playback_, &Playback::stoppedAtBreakpoint, this, &TimeControls::selectKey);
    connect(&stops_, &LiveStops::stoppedAtBreakpoint, this, &TimeControls::tellLiveBreak);
    connect(&stops_, &LiveStops::conditionMet, this, &TimeControls::tellMet);
    connect(&stops_, &LiveStops::runEndedBefore, this, &TimeControls::tellMissed);
    connect(&document_, &RunDocument::followsLiveChanged, this, [this](bool follows) {
        if (follows && messages_.sentence() == std::exchange(notice_, QString())) {
            messages_.hide();
        }
    });
}

/// A replay goes there at once; of a live run the steps that are there already count, and then those that arrive.
void TimeControls::runUntil(const StopCondition& condition) {
    const Trace& trace = document_.trace();
    const uint32_t from = document_.frame();
    if (const std::optional<uint32_t> found = nextFulfilling(condition, trace, from)) {
        until_->done(QDialog::Accepted);
        playback_.seek(*found);
        if (document_.isLive()) {
            document_.setFollowsLive(false);  // the newest step may be the one that is wanted
        }
        if (const auto* commit = std::get_if<SlotCommits>(&condition)) {
            selectKey(commit->key);
        }
    } else if (document_.isLive()) {
        until_->done(QDialog::Accepted);
        armFor(condition);
    } else {
        until_->showProblem(tr("There is no step after step %1 at which %2.").arg(from).arg(conditionText(condition, trace, from)));
    }
}

void TimeControls::armFor(const StopCondition& condition) {
    playback_.pause();
    document_.setFollowsLive(true);
    stops_.arm(condition);
    notify(tr("The cursor follows the run until %1.").arg(conditionText(condition, document_.trace(), document_.frame())), tr("Give up"),
           [this] { stops_.disarm(); });
}

void TimeControls::tellMet(const StopCondition& condition, uint32_t frame) {
    const QString clause = conditionText(condition, document_.trace(), frame);
    if (document_.frame() == frame) {
        notify(tr("Stopped at step %1, because %2. The run goes on.").arg(frame).arg(clause), tr("Follow live"),
               [this] { document_.setFollowsLive(true); });
    } else {
        notify(tr("At step %1 %2.").arg(frame).arg(clause), tr("Go there"), [this, frame] { playback_.seek(frame); });
    }
}

void TimeControls::tellMissed(const StopCondition& condition) {
    notify(tr("The run has ended, and at no step of it %1.").arg(conditionText(condition, document_.trace(), document_.frame())), QString(),
           nullptr);
}

void TimeControls::tellLiveBreak(uint32_t key) {
    selectKey(key);
    notify(tr("%1 The cursor stopped at this breakpoint; the run goes on.").arg(breakText(document_.trace(), key, document_.frame())),
           tr("Follow live"), [this] { document_.setFollowsLive(true); });
}

/// The slot that made the cursor stop is the one to look at.
void TimeControls::selectKey(uint32_t key) {
    if (const auto position = document_.trace().canvas(document_.frame()).positionOf(key)) {
        document_.selectSlot(*position);
    }
}

void TimeControls::notify(const QString& sentence, const QString& action, std::function<void()> act) {
    notice_ = sentence;
    messages_.showMessage(MessageBar::Kind::Note, sentence, action, std::move(act));
}

}  // namespace crystallite
