#include "app/library_panel.h"

#include "app/conversions.h"
#include "app/run_tree_model.h"
#include "app/run_tree_view.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>

// What a person can do to the runs of the history.

namespace crystallite {

void LibraryPanel::focusField() {
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

const RunEntry* LibraryPanel::currentRun() const {
    const RunTree::Node* node = model_->node(view_->currentIndex());
    return node == nullptr || node->entry == RunTree::kNone ? nullptr : &model_->tree().entry(*node);
}

/// Those that are selected, or else the one that the cursor stands on.
QStringList LibraryPanel::chosenRuns() const {
    QStringList ids;
    QModelIndexList chosen = view_->selectionModel()->selectedIndexes();
    if (chosen.isEmpty()) {
        chosen << view_->currentIndex();
    }
    for (const QModelIndex& index : chosen) {
        const RunTree::Node* node = model_->node(index);
        if (node != nullptr && node->kind == RunTree::Kind::Run) {
            ids << toQString(model_->tree().entry(*node).id);
        }
    }
    return ids;
}

void LibraryPanel::openChosen() {
    open(view_->currentIndex());
}

void LibraryPanel::open(const QModelIndex& index) {
    const RunTree::Node* node = model_->node(index);
    if (node == nullptr) {
        return;
    }
    if (node->kind == RunTree::Kind::Day) {
        view_->setExpanded(index, !view_->isExpanded(index));
        return;
    }
    const RunEntry& entry = model_->tree().entry(*node);
    if (!entry.hasSteps) {
        Q_EMIT fileWanted(toQString(entry.file));
        return;
    }
    std::optional<uint32_t> frame;
    if (node->kind == RunTree::Kind::Bookmark) {
        frame = entry.bookmarks[static_cast<size_t>(node->bookmark)].frame;
    }
    Q_EMIT openWanted(toQString(entry.id), frame);
}

void LibraryPanel::renameChosen() {
    const RunTree::Node* node = model_->node(view_->currentIndex());
    if (node != nullptr && node->kind == RunTree::Kind::Run) {
        view_->edit(view_->currentIndex());
    }
}

void LibraryPanel::editNote() {
    note_->setFocus(Qt::OtherFocusReason);
}

void LibraryPanel::trashChosen() {
    if (const QStringList ids = chosenRuns(); !ids.isEmpty()) {
        saveNote();
        library_.trash(ids);
    }
}

void LibraryPanel::noteTrashed(const QStringList& ids) {
    setUndoable(ids);
    QString what = tr("%n runs", "", static_cast<int>(ids.size()));
    if (const QModelIndex index = model_->indexOfRun(ids.front()); ids.size() == 1 && index.isValid()) {
        what = tr("“%1”").arg(runTitle(model_->tree().entry(*model_->node(index))).left(60));
    } else if (ids.size() == 1) {
        what = tr("1 run");
    }
    Q_EMIT movedToTrash(tr("Moved %1 to the trash, which keeps it for %2 days.").arg(what).arg(kTrashDays));
}

void LibraryPanel::undoTrash() {
    if (const QStringList ids = lastTrashed_; !ids.isEmpty()) {
        setUndoable({});
        library_.restore(ids);
    }
}

void LibraryPanel::setUndoable(const QStringList& ids) {
    lastTrashed_ = ids;
    view_->setUndoable(canUndo());
    Q_EMIT undoChanged(canUndo());
}

void LibraryPanel::restoreChosen() {
    if (const QStringList ids = chosenRuns(); !ids.isEmpty()) {
        library_.restore(ids);
    }
}

void LibraryPanel::deleteChosen() {
    const QStringList ids = chosenRuns();
    if (ids.isEmpty() || !isTrash() || !askToDelete_) {
        return;
    }
    const QString what = ids.size() == 1 ? tr("this run") : tr("these %1 runs").arg(ids.size());
    if (askToDelete_(tr("Delete %1 for good? This cannot be undone.").arg(what))) {
        library_.remove(ids);
    }
}

void LibraryPanel::emptyTrash() {
    if (isTrash() && model_->tree().runs() > 0 && askToDelete_ &&
        askToDelete_(tr("Delete everything in the trash for good? This cannot be undone."))) {
        library_.emptyTrash();
    }
}

void LibraryPanel::showMenu(const QPoint& place) {
    QMenu menu(this);
    const bool isRun = !chosenRuns().isEmpty();
    const auto add = [&](const QString& text, const QKeySequence& keys, bool enabled, void (LibraryPanel::*act)()) {
        QAction* action = menu.addAction(text, this, act);
        action->setShortcut(keys);
        action->setEnabled(enabled);
    };
    add(tr("&Open"), Qt::Key_Return, currentRun() != nullptr, &LibraryPanel::openChosen);
    if (isTrash()) {
        add(tr("&Restore"), {}, isRun, &LibraryPanel::restoreChosen);
        add(tr("&Delete for good…"), Qt::Key_Delete, isRun, &LibraryPanel::deleteChosen);
        menu.addSeparator();
        add(tr("&Empty the trash…"), {}, model_->tree().runs() > 0, &LibraryPanel::emptyTrash);
    } else {
        add(tr("&Rename"), Qt::Key_F2, isRun, &LibraryPanel::renameChosen);
        add(tr("&Note"), {}, isRun, &LibraryPanel::editNote);
        menu.addSeparator();
        add(tr("Move to &trash"), Qt::Key_Delete, isRun, &LibraryPanel::trashChosen);
    }
    add(tr("&Undo move to trash"), QKeySequence::Undo, canUndo(), &LibraryPanel::undoTrash);
    menu.exec(view_->viewport()->mapToGlobal(place));
}

}  // namespace crystallite
