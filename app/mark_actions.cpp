#include "app/mark_actions.h"

#include "app/run_document.h"
#include "app/window_actions.h"

#include <QAction>

namespace crystallite {
namespace {

/// What a breakpoint follows: the slot, wherever later steps push it.
std::optional<uint32_t> selectedKey(const RunDocument& document) {
    const std::optional<uint32_t> position = document.selectedSlot();
    return position ? std::optional(document.trace().canvas(document.frame()).key(*position)) : std::nullopt;
}

}  // namespace

MarkActions::MarkActions(const WindowActions& actions, RunDocument& document, QObject* parent)
    : QObject(parent), actions_(actions), document_(document) {
    connectRange();
    connectBreakpoints();
    connect(&document_.marks(), &RunMarks::changed, this, &MarkActions::refresh);
    connect(&document_, &RunDocument::selectionChanged, this, &MarkActions::refresh);
    connect(&document_, &RunDocument::traceReset, this, &MarkActions::refresh);
    connect(&document_, &RunDocument::frameChanged, this, &MarkActions::refresh);
    refresh();
}

void MarkActions::connectRange() {
    RunMarks& marks = document_.marks();
    connect(actions_.rangeIn, &QAction::triggered, this,
            [this, &marks] { marks.setRange(rangeFrom(marks.range(), document_.frame(), document_.trace().steps())); });
    connect(actions_.rangeOut, &QAction::triggered, this, [this, &marks] { marks.setRange(rangeUpTo(marks.range(), document_.frame())); });
    connect(actions_.clearRange, &QAction::triggered, this, [&marks] { marks.setRange(std::nullopt); });
    connect(actions_.loopRange, &QAction::triggered, &marks, &RunMarks::setLoops);
}

void MarkActions::connectBreakpoints() {
    connect(actions_.toggleBreakpoint, &QAction::triggered, this, [this] {
        if (const std::optional<uint32_t> key = selectedKey(document_)) {
            document_.marks().toggleBreakpoint(*key);
        }
    });
    connect(actions_.clearBreakpoints, &QAction::triggered, this, [this] { document_.marks().setBreakpoints({}); });
}

void MarkActions::refresh() {
    const RunMarks& marks = document_.marks();
    const std::optional<uint32_t> key = selectedKey(document_);
    actions_.toggleBreakpoint->setEnabled(key.has_value());
    actions_.toggleBreakpoint->setChecked(key && marks.breakpoints().contains(*key));
    actions_.clearBreakpoints->setEnabled(!marks.breakpoints().empty());
    actions_.loopRange->setChecked(marks.loops());
    actions_.clearRange->setEnabled(marks.range().has_value());
}

}  // namespace crystallite
