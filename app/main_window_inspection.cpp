#include "app/main_window.h"

#include "app/canvas/canvas_widget.h"
#include "app/dialogs.h"
#include "app/inspector.h"
#include "app/inspector_docks.h"
#include "app/run_info_dialog.h"
#include "app/run_tables.h"
#include "app/search_panel.h"

#include <QDockWidget>

// The part of MainWindow about looking closer: inspectors, search, tables and the run's information.

namespace crystallite {

Inspector& MainWindow::inspector() {
    return inspectors_->first();
}

void MainWindow::connectInspection() {
    connect(actions_.copyNumbers, &QAction::triggered, this, [this] { inspectors_->active().copyAsTsv(); });
    connect(actions_.copyStepNumbers, &QAction::triggered, this,
            [this] { copyToClipboard(frameAsTsv(document_.trace(), document_.frame())); });
    connect(actions_.copyCurves, &QAction::triggered, this, [this] { copyToClipboard(curvesAsTsv(document_.trace())); });
    connect(actions_.runInformation, &QAction::triggered, this, [this] {
        runInfo_->show();
        runInfo_->raise();
        runInfo_->activateWindow();
    });
    connect(actions_.newInspector, &QAction::triggered, inspectors_, &InspectorDocks::openAnother);
    connect(actions_.lockInspector, &QAction::triggered, this, [this] {
        // Which one is meant changes with the focus, and the mark of the action may be about another.
        Inspector& meant = inspectors_->active();
        meant.setLocked(!meant.isLocked());
        refreshInspectionActions();
    });
    connect(inspectors_, &InspectorDocks::locksChanged, this, &MainWindow::refreshInspectionActions);
    connect(inspectors_, &InspectorDocks::frameChosen, &playback_, &Playback::seek);
}

void MainWindow::connectSearch() {
    connect(actions_.find, &QAction::triggered, this, [this] {
        searchDock_->show();
        searchDock_->raise();
        search_->focusField();
    });
    connect(actions_.findNext, &QAction::triggered, search_, &SearchPanel::chooseNext);
    connect(actions_.findPrevious, &QAction::triggered, search_, &SearchPanel::choosePrevious);
    connect(search_, &SearchPanel::matchChosen, this, [this](uint32_t frame, std::optional<uint32_t> position) {
        playback_.seek(frame);
        document_.selectSlot(position);
        if (position) {
            canvas_->scrollToSlot(*position);
        }
    });
    connect(search_, &SearchPanel::closed, this, [this] {
        searchDock_->hide();
        canvas_->setFocus();
    });
}

void MainWindow::refreshInspectionActions() {
    const bool shown = !document_.isEmpty();
    actions_.copyNumbers->setEnabled(inspectors_->active().report().has_value());
    for (QAction* action : {actions_.copyStepNumbers, actions_.copyCurves, actions_.runInformation}) {
        action->setEnabled(shown);
    }
    const Inspector& active = inspectors_->active();
    actions_.lockInspector->setEnabled(active.isLocked() || active.report().has_value());
    actions_.lockInspector->setChecked(active.isLocked());
}

}  // namespace crystallite
