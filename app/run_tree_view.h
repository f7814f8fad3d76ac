#pragma once

#include <QTreeView>

namespace crystallite {

/// The tree of the history with its keys: Enter opens, F2 renames, Delete moves to the trash and Ctrl+Z brings that back. They mean that
/// here alone; Backspace deletes nothing.
class RunTreeView : public QTreeView {
    Q_OBJECT
public:
    explicit RunTreeView(QWidget* parent = nullptr);

    void setUndoable(bool undoable) { undoable_ = undoable; }

Q_SIGNALS:
    void openWanted(const QModelIndex& index);
    void renameWanted();
    void deleteWanted();
    void undoWanted();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] bool isOurs(const QKeyEvent& event) const;

    bool undoable_ = false;
};

}  // namespace crystallite
