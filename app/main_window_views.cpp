#include "app/main_window.h"

#include "app/branch_bar.h"
#include "app/canvas/canvas_widget.h"
#include "app/header_bar.h"
#include "app/inspector_docks.h"
#include "app/measure_panel.h"
#include "app/message_bar.h"
#include "app/prompt_panel.h"
#include "app/reading_view.h"
#include "app/run_info_dialog.h"
#include "app/run_verdict.h"
#include "app/search_panel.h"
#include "app/shell_style.h"
#include "app/start_page.h"
#include "app/timeline_panel.h"
#include "app/window_layout.h"

#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

// The half of MainWindow that says which view lies where; main_window.cpp connects them.

namespace crystallite {
namespace {

/// As narrow as `least`, and wider when larger text leaves its content no room.
class PanelArea final : public QScrollArea {
public:
    PanelArea(QWidget* content, int least) : least_(least) {
        setWidget(content);
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus);
    }

    [[nodiscard]] QSize minimumSizeHint() const override {
        const int content = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
        return {std::max(least_, content), QScrollArea::minimumSizeHint().height()};
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == widget() && event->type() == QEvent::LayoutRequest && minimumSizeHint() != told_) {
            told_ = minimumSizeHint();
            updateGeometry();
        }
        return QScrollArea::eventFilter(watched, event);
    }

private:
    int least_;
    QSize told_;  // docks are laid out again only when there is a reason
};

}  // namespace

void MainWindow::setupViews() {
    auto* name = new QLabel(QStringLiteral("Crystallite"), menuBar());
    setStyleClass(name, style_class::kName);
    menuBar()->setCornerWidget(name, Qt::TopLeftCorner);
    auto* bar = new QToolBar(tr("Model and run"), this);
    bar->setObjectName(QStringLiteral("header"));
    bar->setMovable(false);
    bar->toggleViewAction()->setVisible(false);
    header_ = new HeaderBar(document_, actions_, bar);
    header_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(header_);
    addToolBar(Qt::TopToolBarArea, bar);

    prompt_ = new PromptPanel;
    measure_ = new MeasurePanel(document_);
    timeline_ = new TimelinePanel(document_, playback_, actions_);
    setupCentre();
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    promptDock_ = addDock(tr("Run"), "promptDock", makeRunPanel(), Qt::LeftDockWidgetArea);
    setupInspection();
    measureDock_ = addDock(tr("Measure"), "measureDock", new PanelArea(measure_, 292), Qt::RightDockWidgetArea);
    tabifyDockWidget(inspectors_->firstDock(), measureDock_);
    inspectors_->firstDock()->raise();
    timelineDock_ = addDock(tr("Timeline"), "timelineDock", timeline_, Qt::BottomDockWidgetArea);
    timelineDock_->setTitleBarWidget(timeline_->transportBar());
}

void MainWindow::sizeDocks() {
    resizeDocks({promptDock_, inspectors_->firstDock()}, {268, 304}, Qt::Horizontal);
    resizeDocks({timelineDock_}, {kTimelineHeight}, Qt::Vertical);
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (!isSized_) {
        isSized_ = true;
        sizeDocks();  // before the window has its size, a dock takes a share of another one
    }
}

void MainWindow::setupInspection() {
    const auto addInspector = [this](const QString& title, const char* name, QWidget* content) {
        return addDock(title, name, new PanelArea(content, 292), Qt::RightDockWidgetArea);
    };
    inspectors_ = new InspectorDocks(document_, addInspector, this);
    search_ = new SearchPanel(document_);
    searchDock_ = addDock(tr("Search"), "searchDock", search_, Qt::LeftDockWidgetArea);
    tabifyDockWidget(promptDock_, searchDock_);
    searchDock_->hide();
    runInfo_ = new RunInfoDialog(document_, this);
}

QWidget* MainWindow::makeRunPanel() {
    auto* panel = new QWidget(this);
    panel->setObjectName(QStringLiteral("runPanel"));
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new PanelArea(prompt_, 250), 1);
    layout->addWidget(prompt_->verdict());
    return panel;
}

void MainWindow::setupCentre() {
    auto* centre = new QWidget(this);
    centre->setObjectName(QStringLiteral("centre"));
    messages_ = new MessageBar(centre);
    canvas_ = new CanvasWidget(centre);
    canvas_->setDocument(&document_);
    canvas_->setMinimumSize(280, 160);
    reading_ = new ReadingView(document_, centre);
    auto* splitter = new QSplitter(Qt::Vertical, centre);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(canvas_);
    splitter->addWidget(reading_);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({1000, reading_->sizeHint().height()});
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(messages_);
    layout->addWidget(splitter, 1);
    branchBar_ = new BranchBar(actions_.continueRun, actions_.computeStep, centre);
    layout->addWidget(branchBar_);
    setCentralWidget(centre);
    new StartPage(document_, actions_, *canvas_, centre);
}

QDockWidget* MainWindow::addDock(const QString& title, const char* name, QWidget* content, Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(content);
    addDockWidget(area, dock);
    actions_.view->addAction(dock->toggleViewAction());
    return dock;
}

}  // namespace crystallite
