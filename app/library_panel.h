#pragma once

#include "app/run_library.h"
#include "app/run_tree.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QModelIndex;
class QPlainTextEdit;
class QPushButton;

namespace crystallite {

class RunTreeModel;
class RunTreeView;

/// The history: a field that searches, the tree of runs or of the trash, and the note of the run that is chosen. Asks the library for
/// everything and waits for nothing.
class LibraryPanel : public QWidget {
    Q_OBJECT
public:
    using AskToDelete = std::function<bool(const QString& sentence)>;

    LibraryPanel(RunLibrary& library, AskToDelete askToDelete, QWidget* parent = nullptr);

    [[nodiscard]] RunTreeView& view() { return *view_; }
    [[nodiscard]] RunTreeModel& model() { return *model_; }
    [[nodiscard]] bool canUndo() const { return !lastTrashed_.isEmpty(); }
    [[nodiscard]] QString status() const;
    /// The run that the window shows.
    void setOpenRun(const QString& id);
    /// Where headings begin; the local date without it.
    void setToday(std::function<QDate()> today) { today_ = std::move(today); }

public Q_SLOTS:
    void focusField();
    /// Opens the chosen run, or the run of the chosen bookmark at its frame.
    void openChosen();
    void renameChosen();
    void editNote();
    void trashChosen();
    /// Brings back what was moved to the trash last.
    void undoTrash();
    void restoreChosen();
    void deleteChosen();
    void emptyTrash();

Q_SIGNALS:
    void openWanted(const QString& id, std::optional<uint32_t> frame);
    /// A run that only a trace file holds.
    void fileWanted(const QString& path);
    void movedToTrash(const QString& sentence);
    void undoChanged(bool possible);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void addField();
    void addChoices();
    void addTree();
    void addNote();
    void connectLibrary();
    void requestList();
    void take(const LibraryQuery& query, const RunEntries& entries);
    void rebuild();
    void restoreView(const QString& chosen, const QString& above);
    void open(const QModelIndex& index);
    void showMenu(const QPoint& place);
    void showChosen();
    void saveNote();
    void setUndoable(const QStringList& ids);
    void noteTrashed(const QStringList& ids);
    void refreshStatus();
    [[nodiscard]] bool isTrash() const;
    [[nodiscard]] QStringList chosenRuns() const;
    [[nodiscard]] const RunEntry* currentRun() const;
    [[nodiscard]] LibraryQuery query() const;

    RunLibrary& library_;
    AskToDelete askToDelete_;
    std::function<QDate()> today_ = &QDate::currentDate;
    QTimer midnight_;
    RunEntries entries_;
    QStringList lastTrashed_;
    QString openRun_;
    QString noteOf_;  // the run whose note stands in the field
    bool isStale_ = true;

    QLineEdit* field_ = nullptr;
    QComboBox* place_ = nullptr;
    QComboBox* sort_ = nullptr;
    RunTreeModel* model_ = nullptr;
    RunTreeView* view_ = nullptr;
    QLabel* status_ = nullptr;
    QWidget* trashBar_ = nullptr;
    QPlainTextEdit* note_ = nullptr;
};

}  // namespace crystallite
