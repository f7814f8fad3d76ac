#include "app/timeline_panel.h"

#include "app/pass_text.h"
#include "app/playback.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/steady_box.h"
#include "app/timeline_tracks.h"
#include "app/token_text.h"
#include "app/window_actions.h"
#include "app/window_layout.h"
#include "engine/trace/block_grid.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

namespace crystallite {
namespace {

const QString kFoldedKey = QStringLiteral("timeline/heatmapFolded");

}  // namespace

TimelinePanel::TimelinePanel(RunDocument& document, Playback& playback, const WindowActions& actions, QWidget* parent)
    : QWidget(parent), document_(document), playback_(playback) {
    bar_ = new QWidget(this);
    bar_->setObjectName(QStringLiteral("transport"));
    first_ = addButton(actions.firstFrame);
    back_ = addButton(actions.stepBack);
    play_ = addButton(actions.togglePlay);
    forward_ = addButton(actions.stepForward);
    last_ = addButton(actions.lastFrame);
    step_ = addNumbers();
    step_->setTextFormat(Qt::RichText);
    pace_ = addNumbers();
    // Gives way when the window is narrow; the tool tip has all of it.
    pace_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setStyleClass(pace_, style_class::kMuted);
    zoom_ = addNumbers();
    setStyleClass(zoom_, style_class::kMuted);
    behind_ = addNumbers();
    setStyleClass(behind_, style_class::kMuted);
    follow_ = new QCheckBox(tr("follow live"), bar_);
    follow_->setToolTip(tr("Show every step as it is computed (End turns it on, seeking back turns it off)"));
    tracks_ = new TimelineTracks(document, playback, this);

    auto* row = new QHBoxLayout(bar_);
    row->setContentsMargins(10, 6, 14, 2);
    row->setSpacing(2);
    for (QToolButton* button : {first_, back_, play_, forward_, last_}) {
        row->addWidget(button);
    }
    row->addSpacing(12);
    row->addWidget(new SteadyBox(step_));
    row->addSpacing(12);
    row->addWidget(new SteadyBox(pace_), 1);
    row->addSpacing(12);
    row->addWidget(new SteadyBox(zoom_));
    row->addSpacing(12);
    row->addWidget(new SteadyBox(behind_));
    row->addSpacing(12);
    row->addWidget(follow_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(tracks_, 1);

    connectDocument();
    connectActions(actions);
    tracks_->setHeatmapFolded(QSettings().value(kFoldedKey).toBool());
    refreshStep();
    refreshZoom();
}

void TimelinePanel::connectDocument() {
    connect(follow_, &QCheckBox::clicked, &document_, &RunDocument::setFollowsLive);
    connect(&document_, &RunDocument::frameChanged, this, &TimelinePanel::refreshStep);
    connect(&document_, &RunDocument::stepsTold, this, [this] {
        if (!document_.followsLive()) {
            refreshStep();  // else the cursor moves next
        }
    });
    connect(&document_, &RunDocument::traceReset, this, &TimelinePanel::refreshStep);
    connect(&document_, &RunDocument::liveChanged, this, &TimelinePanel::refreshStep);
    connect(&document_, &RunDocument::followsLiveChanged, this, &TimelinePanel::refreshFollowing);
    connect(&playback_, &Playback::speedChanged, this, &TimelinePanel::refreshStep);
    connect(&playback_, &Playback::playingChanged, this, &TimelinePanel::refreshIcons);
    connect(&playback_, &Playback::playingChanged, this, &TimelinePanel::refreshSpoken);
}

void TimelinePanel::connectActions(const WindowActions& actions) {
    zoomOut_ = actions.timeZoomOut;
    wholeRun_ = actions.timeZoomWhole;
    connect(actions.timeZoomIn, &QAction::triggered, tracks_, &TimelineTracks::zoomIn);
    connect(zoomOut_, &QAction::triggered, tracks_, &TimelineTracks::zoomOut);
    connect(actions.timeZoomBlock, &QAction::triggered, tracks_, [this] { tracks_->toggleBlock(document_.frame()); });
    connect(wholeRun_, &QAction::triggered, tracks_, &TimelineTracks::showWholeRun);
    connect(tracks_, &TimelineTracks::timeWindowChanged, this, &TimelinePanel::refreshZoom);
    actions.heatmap->setChecked(true);
    connect(actions.heatmap, &QAction::toggled, tracks_, [this](bool shown) { tracks_->setHeatmapFolded(!shown); });
    connect(tracks_, &TimelineTracks::heatmapFoldedChanged, actions.heatmap,
            [heatmap = actions.heatmap](bool folded) { heatmap->setChecked(!folded); });
    connect(tracks_, &TimelineTracks::heatmapFoldedChanged, this, &TimelinePanel::takeFold);
    connect(tracks_, &TimelineTracks::maximumHeightChanged, this, &TimelinePanel::refreshHeight);
}

QLabel* TimelinePanel::addNumbers() {
    auto* label = new QLabel(bar_);
    // A label whose name is its text tells assistive technology of every change; these change with every frame of a playback.
    label->setAccessibleName(QStringLiteral(" "));
    return label;
}

void TimelinePanel::takeFold(bool folded) {
    QSettings().setValue(kFoldedKey, folded);
    if (!folded) {
        Q_EMIT heightWanted(unfoldedHeight_ > 0 ? unfoldedHeight_ + bar_->height() : kTimelineHeight);
    }
}

void TimelinePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (tracksShown_ && !tracks_->isHeatmapFolded()) {
        unfoldedHeight_ = height();
    }
}

void TimelinePanel::setTracksShown(bool shown) {
    tracksShown_ = shown;
    tracks_->setVisible(shown);
    refreshHeight();
}

void TimelinePanel::refreshHeight() {
    setMaximumHeight(tracksShown_ ? tracks_->maximumHeight() : 0);
    if (tracksShown_ && tracks_->isHeatmapFolded()) {
        Q_EMIT heightWanted(tracks_->maximumHeight() + bar_->height());
    }
}

QToolButton* TimelinePanel::addButton(QAction* action) {
    auto* button = new QToolButton(bar_);
    button->setDefaultAction(action);
    button->setIconSize(QSize(18, 18));
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->iconText());
    return button;
}

void TimelinePanel::setTheme(const Theme& theme) {
    theme_ = theme;
    tracks_->setTheme(theme);
    refreshIcons();
}

void TimelinePanel::refreshIcons() {
    first_->defaultAction()->setIcon(transportIcon(TransportSymbol::First, theme_));
    back_->defaultAction()->setIcon(transportIcon(TransportSymbol::StepBack, theme_));
    forward_->defaultAction()->setIcon(transportIcon(TransportSymbol::StepForward, theme_));
    last_->defaultAction()->setIcon(transportIcon(TransportSymbol::Last, theme_));
    QAction* play = play_->defaultAction();
    play->setIcon(transportIcon(playback_.isPlaying() ? TransportSymbol::Pause : TransportSymbol::Play, theme_));
    play->setText(playback_.isPlaying() ? tr("&Pause") : tr("&Play"));
    play_->setAccessibleName(playback_.isPlaying() ? tr("Pause") : tr("Play"));
}

void TimelinePanel::refreshStep() {
    const Trace& trace = document_.trace();
    const uint32_t frame = document_.frame();
    const QLocale locale;
    step_->setText(tr("step <b>%1</b>/%2").arg(frame).arg(plannedSteps(trace)));
    QString pace = tr("%1 steps/s playback").arg(locale.toString(playback_.stepsPerSecond(), 'g', 3));
    if (frame > 0) {
        pace += QStringLiteral("  ·  ") + tr("%1 ms measured").arg(locale.toString(trace.record(frame).milliseconds, 'f', 1));
        const BlockGrid grid(trace.header().settings, trace.promptLength());
        pace += QStringLiteral("  ·  ") + tr("block %1 of %2").arg(trace.record(frame).block + 1).arg(grid.count());
        if (const QString passes = passesText(trace.record(frame)); !passes.isEmpty()) {
            pace += QStringLiteral("  ·  ") + passes;
        }
    }
    pace_->setText(pace);
    pace_->setToolTip(pace);
    refreshFollowing();
}

/// What is on screen while it rests; a playback, or a run that is followed, is silent.
void TimelinePanel::refreshSpoken() {
    if (playback_.isPlaying() || (document_.isLive() && document_.followsLive())) {
        return;
    }
    step_->setAccessibleName(tr("step %1 of %2").arg(document_.frame()).arg(plannedSteps(document_.trace())));
    for (QLabel* label : {pace_, zoom_, behind_}) {
        label->setAccessibleName(label->text().isEmpty() ? QStringLiteral(" ") : label->text());
    }
}

void TimelinePanel::refreshZoom() {
    const TimeWindow& window = tracks_->timeWindow();
    zoom_->setText(window.isWhole() ? QString() : tr("showing steps %1–%2").arg(window.first()).arg(window.last()));
    zoom_->setVisible(!window.isWhole());
    zoomOut_->setEnabled(!window.isWhole());
    wholeRun_->setEnabled(!window.isWhole());
    refreshSpoken();
}

void TimelinePanel::refreshFollowing() {
    follow_->setEnabled(document_.isLive());
    follow_->setChecked(document_.followsLive());
    const uint32_t behind = document_.trace().steps() - document_.frame();
    QString distance;
    if (document_.isLive() && !document_.followsLive() && behind > 0) {
        distance = behind == 1 ? tr("1 step behind") : tr("%1 steps behind").arg(behind);
    } else if (document_.isLive() && document_.followsLive() && document_.stride() > 1) {
        distance = tr("1 step in %1 shown").arg(document_.stride());
    }
    behind_->setText(distance);
    behind_->setToolTip(document_.followsLive() ? tr("Every step is recorded. Not every one is drawn, because drawing would take the "
                                                     "processor's time from the model; go back to see those between.")
                                                : QString());
    behind_->setVisible(!behind_->text().isEmpty());
    refreshSpoken();
}

}  // namespace crystallite
