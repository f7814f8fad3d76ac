#include "app/run_tree_view.h"

#include "app/run_tree_delegate.h"

#include <QKeyEvent>

namespace crystallite {
namespace {

bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

bool isPlain(const QKeyEvent& event) {
    return (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
}

}  // namespace

RunTreeView::RunTreeView(QWidget* parent) : QTreeView(parent) {
    setItemDelegate(new RunTreeDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setIndentation(14);
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(this, &QTreeView::doubleClicked, this, &RunTreeView::openWanted);
}

bool RunTreeView::isOurs(const QKeyEvent& event) const {
    const bool isNamed = event.key() == Qt::Key_Delete || event.key() == Qt::Key_F2 || isEnter(event);
    return (isPlain(event) && isNamed) || (undoable_ && event.matches(QKeySequence::Undo));
}

bool RunTreeView::event(QEvent* event) {
    // The window's own command of the same key does not take it away while the focus is here.
    if (event->type() == QEvent::ShortcutOverride && isOurs(static_cast<const QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void RunTreeView::keyPressEvent(QKeyEvent* event) {
    if (!isOurs(*event) || state() == EditingState) {
        QTreeView::keyPressEvent(event);
    } else if (isEnter(*event)) {
        if (currentIndex().isValid()) {
            Q_EMIT openWanted(currentIndex());
        }
    } else if (event->key() == Qt::Key_F2) {
        Q_EMIT renameWanted();
    } else if (event->key() == Qt::Key_Delete) {
        Q_EMIT deleteWanted();
    } else {
        Q_EMIT undoWanted();
    }
}

}  // namespace crystallite
