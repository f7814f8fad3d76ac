#pragma once

#include "app/bookmark_menu.h"
#include "app/live_stops.h"
#include "app/mark_actions.h"

#include <QObject>
#include <QString>

#include <functional>

class QWidget;

namespace crystallite {

class BookmarkDialog;
class GoToDialog;
class MessageBar;
class Playback;
class RunDocument;
class RunUntilDialog;
struct WindowActions;

/// What a person does with time beyond stepping: bookmarks, the range, breakpoints, "run until" and "go to", and what is said when the
/// cursor stopped by itself.
class TimeControls : public QObject {
    Q_OBJECT
public:
    /// All are borrowed; `window` is what the dialogs belong to.
    TimeControls(QWidget& window, const WindowActions& actions, RunDocument& document, Playback& playback, MessageBar& messages);

private:
    void runUntil(const StopCondition& condition);
    void armFor(const StopCondition& condition);
    void tellMet(const StopCondition& condition, uint32_t frame);
    void tellMissed(const StopCondition& condition);
    void tellLiveBreak(uint32_t key);
    void selectKey(uint32_t key);
    void notify(const QString& sentence, const QString& action, std::function<void()> act);

    RunDocument& document_;
    Playback& playback_;
    MessageBar& messages_;
    LiveStops stops_;
    MarkActions marks_;
    BookmarkMenu bookmarks_;
    BookmarkDialog* bookmark_ = nullptr;
    GoToDialog* goTo_ = nullptr;
    RunUntilDialog* until_ = nullptr;
    QString notice_;  ///< what messages_ says because of this
};

}  // namespace crystallite
