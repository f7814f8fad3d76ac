#include "app/announcer.h"

#include "app/canvas/canvas_widget.h"
#include "app/playback.h"
#include "app/run_document.h"
#include "app/step_summary.h"

#include <QAccessible>
#include <QWidget>

namespace crystallite {

Announcer::Announcer(RunDocument& document, Playback& playback, CanvasWidget& canvas, QWidget& slider, QObject* parent)
    : QObject(parent), document_(document), playback_(playback), canvas_(canvas), slider_(slider) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &Announcer::say);
    connect(&document_, &RunDocument::frameChanged, this, &Announcer::saySoon);
    connect(&document_, &RunDocument::liveChanged, this, &Announcer::saySoon);
    connect(&playback_, &Playback::playingChanged, this, &Announcer::saySoon);
}

void Announcer::saySoon() {
    const bool moves = playback_.isPlaying() || (document_.isLive() && document_.followsLive());
    if (!moves && !document_.isEmpty()) {
        soon_.start();
    }
}

void Announcer::say() {
    if (playback_.isPlaying() || document_.isEmpty()) {
        return;
    }
    const QString sentence = stepSummary(document_.trace(), document_.frame(), listsWords_);
    canvas_.setSpokenNote(QString());
    if (!slider_.hasFocus()) {
        speak(sentence);
    }
    Q_EMIT said(sentence);
}

void Announcer::tell(const QString& sentence) {
    canvas_.setSpokenNote(sentence);
    speak(sentence);
    Q_EMIT said(sentence);
}

/// Before Qt 6.8 through the name of the canvas, which says the note first.
void Announcer::speak(const QString& sentence) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(&canvas_, sentence);
    QAccessible::updateAccessibility(&event);
#else
    static_cast<void>(sentence);
    if (canvas_.hasFocus()) {
        QAccessibleEvent event(&canvas_, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
    }
#endif
}

}  // namespace crystallite
