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

/// The tracks, and above them transport buttons and the numbers of the current step. The row of buttons is handed out, because it serves
/// as the title bar of the dock and so costs no height of its own. Whether the heatmap is folded is remembered.
class TimelinePanel : public QWidget {
    Q_OBJECT
public:
    TimelinePanel(RunDocument& document, Playback& playback, const WindowActions& actions, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] TimelineTracks* tracks() const { return tracks_; }
    [[nodiscard]] QWidget* transportBar() const { return bar_; }
    /// Without its tracks the timeline is the transport bar.
    void setTracksShown(bool shown);

Q_SIGNALS:
    /// With the transport bar, so that the tracks have the room that they had before the heatmap was folded.
    void heightWanted(int height);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    static QLabel* addNumbers(QLabel* label);
    void connectDocument();
    void connectActions(const WindowActions& actions);
    void takeFold(bool folded);
    void refreshHeight();
    QToolButton* addButton(QAction* action);
    void refreshStep();
    void refreshFollowing();
    void refreshSpoken();
    void refreshZoom();
    void refreshIcons();

    RunDocument& document_;
    Playback& playback_;
    Theme theme_ = Theme::darkTheme();
    QWidget* bar_ = nullptr;
    QToolButton* first_ = nullptr;
    QToolButton* back_ = nullptr;
    QToolButton* play_ = nullptr;
    QToolButton* forward_ = nullptr;
    QToolButton* last_ = nullptr;
    QLabel* step_ = nullptr;
    QLabel* pace_ = nullptr;
    QLabel* zoom_ = nullptr;
    QLabel* behind_ = nullptr;
    QCheckBox* follow_ = nullptr;
    TimelineTracks* tracks_ = nullptr;
    QAction* zoomOut_ = nullptr;
    QAction* wholeRun_ = nullptr;
    bool tracksShown_ = true;
    int unfoldedHeight_ = 0;  // of this widget before the heatmap was folded; 0: not known
};

}  // namespace crystallite
