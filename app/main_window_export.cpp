#include "app/main_window.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/export/export_dialog.h"

#include <QFileInfo>

// The part of MainWindow that makes files for others out of the run that is shown.

namespace crystallite {

void MainWindow::askForExport() {
    playback_.pause();
    const PictureSettings picture{.theme = look_.theme(),
                                  .visual = canvas_->view().visualSettings(),
                                  .foldsEnds = canvas_->view().foldsEnds(),
                                  .reducedMotion = look_.isReducedMotion()};
    auto* dialog = new ExportDialog(document_.trace(), document_.frame(), picture, files_.questions().fileToExport, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSuggestion(QFileInfo(files_.displayName()).completeBaseName());
    dialog->open();
}

}  // namespace crystallite
