#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

class QWidget;

namespace crystallite {

class CanvasWidget;
class Playback;
class RunDocument;

/// Tells a screen reader where the run stands: one sentence after a step, a seek, a pause or the end of a run; silence while steps follow
/// each other. Since Qt 6.8 it is an announcement. Before, a desktop reads only what has the focus: the timeline speaks for itself as a
/// slider, and the canvas, whose name says step and masked slots, says that its name is new.
class Announcer : public QObject {
    Q_OBJECT
public:
    /// Borrows all of them. `slider`: says every step on its own while it has the focus.
    Announcer(RunDocument& document, Playback& playback, CanvasWidget& canvas, QWidget& slider, QObject* parent = nullptr);

    /// The sentence lists the words that changed, for those who see no motion.
    void setListsWords(bool lists) { listsWords_ = lists; }
    /// What a person is to hear now, wherever the run stands.
    void tell(const QString& sentence);

Q_SIGNALS:
    void said(const QString& sentence);

private:
    void saySoon();
    void say();
    void speak(const QString& sentence);

    RunDocument& document_;
    Playback& playback_;
    CanvasWidget& canvas_;
    QWidget& slider_;
    QTimer soon_;  // a pause and the seek that caused it are one occasion
    bool listsWords_ = false;
};

}  // namespace crystallite
