#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/run_document.h"

// How keys and the mouse select one slot or several of them.

namespace crystallite {

bool CanvasWidget::moveSelection(Direction direction, bool extends) {
    if (view_->isEmpty()) {
        return false;
    }
    RunDocument& run = *document();
    const auto selected = run.selectedSlot();
    const uint32_t target = selected ? view_->layout().neighbour(*selected, direction) : run.trace().promptLength() % run.trace().slots();
    extends ? run.extendSelection(target) : run.selectSlot(target);
    return true;
}

void CanvasWidget::dragSelection(QPointF point) {
    if (const auto position = view_->slotAt(point); position && !view_->isEmpty() && !view_->layout().foldAt(*position)) {
        document()->extendSelection(*position);
    }
}

}  // namespace crystallite
