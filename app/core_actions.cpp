#include "app/core_actions.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/window_actions.h"

#include <QAction>

namespace crystallite {
namespace {

void show(const WindowActions& actions, CanvasWidget& canvas, bool core) {
    canvas.setShape(core ? CanvasShape::CoreSample : CanvasShape::Page);
    for (QAction* action : {actions.coreLeft, actions.coreRight, actions.coreUp, actions.coreDown, actions.coreNearer, actions.coreFarther,
                            actions.coreReset}) {
        action->setEnabled(core);
    }
    for (QAction* action : {actions.zoomIn, actions.zoomOut, actions.zoomReset}) {
        action->setEnabled(!core);
    }
}

}  // namespace

void connectCoreActions(const WindowActions& actions, CanvasWidget& canvas) {
    QObject::connect(actions.layoutCore, &QAction::toggled, &canvas, [actions, &canvas](bool core) { show(actions, canvas, core); });
    QObject::connect(actions.layoutNext, &QAction::triggered, &canvas,
                     [actions] { (actions.layoutCore->isChecked() ? actions.layoutPage : actions.layoutCore)->setChecked(true); });
    const auto onTrigger = [&canvas](QAction* action, auto does) {
        QObject::connect(action, &QAction::triggered, &canvas, [&canvas, does] {
            if (CoreSample* core = canvas.core()) {
                does(*core);
            }
        });
    };
    onTrigger(actions.coreLeft, [](CoreSample& core) { core.orbit(-CoreSample::kOrbitStep, 0.0F); });
    onTrigger(actions.coreRight, [](CoreSample& core) { core.orbit(CoreSample::kOrbitStep, 0.0F); });
    onTrigger(actions.coreUp, [](CoreSample& core) { core.orbit(0.0F, CoreSample::kOrbitStep); });
    onTrigger(actions.coreDown, [](CoreSample& core) { core.orbit(0.0F, -CoreSample::kOrbitStep); });
    onTrigger(actions.coreNearer, [](CoreSample& core) { core.dolly(CoreSample::kDollyStep); });
    onTrigger(actions.coreFarther, [](CoreSample& core) { core.dolly(1.0F / CoreSample::kDollyStep); });
    onTrigger(actions.coreReset, [](CoreSample& core) { core.resetView(); });
    show(actions, canvas, false);
}

}  // namespace crystallite
