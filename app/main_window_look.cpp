#include "app/main_window.h"

#include "app/announcer.h"
#include "app/canvas/canvas_widget.h"
#include "app/hand_controls.h"
#include "app/inspector_docks.h"
#include "app/measure_panel.h"
#include "app/reading_view.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "app/window_layout.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QScreen>

#include <iterator>
#include <utility>

// The part of MainWindow that is about how it looks and speaks: Watch or Study, theme, text, motion, and what of it is remembered.

namespace crystallite {

void MainWindow::connectLook() {
    announcer_ = new Announcer(document_, playback_, *canvas_, *timeline_->tracks(), this);
    connect(&look_, &Look::changed, this, &MainWindow::refreshLook);
    connect(actions_.study, &QAction::toggled, this, &MainWindow::setStudy);
    connect(actions_.themeAuto, &QAction::triggered, this, [this] { look_.setTheme(ThemeChoice::Automatic); });
    connect(actions_.themeLight, &QAction::triggered, this, [this] { look_.setTheme(ThemeChoice::Light); });
    connect(actions_.themeDark, &QAction::triggered, this, [this] { look_.setTheme(ThemeChoice::Dark); });
    connect(actions_.highContrast, &QAction::triggered, &look_, &Look::setHighContrast);
    connect(actions_.reducedMotion, &QAction::triggered, &look_, &Look::setReducedMotion);
    connect(actions_.textLarger, &QAction::triggered, &look_, &Look::enlargeText);
    connect(actions_.textSmaller, &QAction::triggered, &look_, &Look::shrinkText);
    connect(actions_.textReset, &QAction::triggered, &look_, &Look::resetText);
    connect(actions_.resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
}

void MainWindow::refreshLook() {
    const LookChoices& choices = look_.choices();
    actions_.themeAuto->setChecked(choices.theme == ThemeChoice::Automatic);
    actions_.themeLight->setChecked(choices.theme == ThemeChoice::Light);
    actions_.themeDark->setChecked(choices.theme == ThemeChoice::Dark);
    actions_.highContrast->setChecked(look_.isHighContrast());
    actions_.reducedMotion->setChecked(look_.isReducedMotion());
    actions_.textLarger->setEnabled(choices.textPercent < *std::rbegin(kTextPercents));
    actions_.textSmaller->setEnabled(choices.textPercent > *std::begin(kTextPercents));
    const Theme theme = look_.theme();
    canvas_->setTheme(theme);
    timeline_->setTheme(theme);
    inspectors_->setTheme(theme);
    measure_->setTheme(theme);
    hands_->setTheme(theme);
    const bool still = look_.isReducedMotion();
    setAnimated(!still);
    canvas_->setReducedMotion(still);
    reading_->setListsChanges(still);
    announcer_->setListsWords(still);
    playback_.setUsualRate(still ? kReducedStepsPerSecond : kStepsPerSecond);
}

/// Each mode keeps the docks as they were when it was left.
void MainWindow::setStudy(bool study) {
    if (study == isStudy_) {
        return;
    }
    (isStudy_ ? studyState_ : watchState_) = saveState(kLayoutVersion);
    isStudy_ = study;
    arrangeDocks();
}

void MainWindow::arrangeDocks() {
    (isStudy_ ? actions_.study : actions_.watch)->setChecked(true);
    // The transport buttons are the dock's title bar and stay.
    timeline_->setTracksShown(isStudy_);
    if (restoreState(isStudy_ ? studyState_ : watchState_, kLayoutVersion)) {
        isSized_ = true;
        return;
    }
    if (isStudy_) {
        restoreState(defaultLayout_, kLayoutVersion);
        sizeDocks();
        return;
    }
    for (QDockWidget* dock : findChildren<QDockWidget*>()) {
        dock->setVisible(dock == promptDock_ || dock == timelineDock_);
    }
}

void MainWindow::resetLayout() {
    studyState_.clear();
    watchState_.clear();
    isStudy_ = true;
    arrangeDocks();
    inspectors_->closeOthers();
    // What was just closed, or had a larger text, still holds its room until the layouts have heard of it.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    sizeDocks();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    look_.takeWindowEvent(event->type());
}

void MainWindow::restoreLayout() {
    WindowLayout layout = loadWindowLayout();
    resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    restoreGeometry(layout.geometry);
    studyState_ = std::move(layout.studyState);
    watchState_ = std::move(layout.watchState);
    isStudy_ = layout.study;
    arrangeDocks();
    look_.setChoices(layout.look);
    (layout.coreSample ? actions_.layoutCore : actions_.layoutPage)->setChecked(true);
    actions_.detailScale->setChecked(layout.detailScale);
    actions_.beliefShifts->setChecked(layout.beliefShifts);
    actions_.foldEnds->setChecked(layout.foldEnds);
}

void MainWindow::saveLayout() {
    inspectors_->save();
    (isStudy_ ? studyState_ : watchState_) = saveState(kLayoutVersion);
    saveWindowLayout({.geometry = saveGeometry(),
                      .studyState = studyState_,
                      .watchState = watchState_,
                      .study = isStudy_,
                      .coreSample = actions_.layoutCore->isChecked(),
                      .detailScale = actions_.detailScale->isChecked(),
                      .beliefShifts = actions_.beliefShifts->isChecked(),
                      .foldEnds = actions_.foldEnds->isChecked(),
                      .look = look_.choices()});
}

}  // namespace crystallite
