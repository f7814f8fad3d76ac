#pragma once

#include "app/icons.h"
#include "app/theme.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QToolButton;

namespace crystallite {

class Playback;
class RunDocument;
class TimelineTracks;
struct WindowActions;

/// Transport buttons, the numbers of the current step, and the tracks.
class TimelinePanel : public QWidget {
    Q_OBJECT
public:
    TimelinePanel(RunDocument& document, Playback& playback, const WindowActions& actions, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setTracksVisible(bool visible);
    [[nodiscard]] TimelineTracks* tracks() const { return tracks_; }

private:
    QToolButton* addButton(QAction* action);
    void refreshStep();
    void refreshFollowing();
    void refreshIcons();

    RunDocument& document_;
    Playback& playback_;
    Theme theme_ = Theme::darkTheme();
    QToolButton* first_ = nullptr;
    QToolButton* back_ = nullptr;
    QToolButton* play_ = nullptr;
    QToolButton* forward_ = nullptr;
    QToolButton* last_ = nullptr;
    QLabel* step_ = nullptr;
    QLabel* pace_ = nullptr;
    QLabel* behind_ = nullptr;
    QCheckBox* follow_ = nullptr;
    TimelineTracks* tracks_ = nullptr;
};

}  // namespace crystallite
