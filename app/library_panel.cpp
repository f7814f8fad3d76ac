#include "app/library_panel.h"

#include "app/conversions.h"
#include "app/run_tree_model.h"
#include "app/run_tree_view.h"
#include "app/shell_style.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <utility>

namespace crystallite {
namespace {

constexpr int kNoteLines = 3;

}  // namespace

LibraryPanel::LibraryPanel(RunLibrary& library, AskToDelete askToDelete, QWidget* parent)
    : QWidget(parent), library_(library), askToDelete_(std::move(askToDelete)) {
    setObjectName(QStringLiteral("libraryPanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(6);
    addField();
    addChoices();
    addTree();
    addNote();
    connectLibrary();
    // Headings are about today, which ends.
    midnight_.setSingleShot(true);
    connect(&midnight_, &QTimer::timeout, this, [this] {
        library_.dropExpired();
        rebuild();
    });
}

void LibraryPanel::addField() {
    field_ = new QLineEdit(this);
    field_->setPlaceholderText(tr("Search prompts, answers, titles, notes"));
    field_->setAccessibleName(tr("Search the history"));
    field_->setToolTip(tr("Finds runs that have every word, each as the beginning of one"));
    field_->setClearButtonEnabled(true);
    connect(field_, &QLineEdit::textChanged, this, &LibraryPanel::requestList);
    layout()->addWidget(field_);
}

void LibraryPanel::addChoices() {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    place_ = new QComboBox(this);
    place_->setAccessibleName(tr("What is listed"));
    place_->addItems({tr("Runs"), tr("Trash")});
    connect(place_, &QComboBox::currentIndexChanged, this, &LibraryPanel::requestList);
    sort_ = new QComboBox(this);
    sort_->setAccessibleName(tr("Order of the runs"));
    sort_->addItem(tr("Newest first"), static_cast<int>(RunSort::Newest));
    sort_->addItem(tr("Oldest first"), static_cast<int>(RunSort::Oldest));
    sort_->addItem(tr("By title"), static_cast<int>(RunSort::Title));
    sort_->addItem(tr("By model"), static_cast<int>(RunSort::Model));
    sort_->addItem(tr("Most steps first"), static_cast<int>(RunSort::Steps));
    connect(sort_, &QComboBox::currentIndexChanged, this, &LibraryPanel::rebuild);
    for (QComboBox* box : {place_, sort_}) {
        box->setMinimumContentsLength(5);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        row->addWidget(box, 1);
    }
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void LibraryPanel::addTree() {
    status_ = makeSentence(style_class::kMuted, this);
    layout()->addWidget(status_);
    model_ = new RunTreeModel(this);
    view_ = new RunTreeView(this);
    view_->setObjectName(QStringLiteral("runTree"));
    view_->setAccessibleName(tr("Runs"));
    view_->setModel(model_);
    connect(view_, &RunTreeView::openWanted, this, &LibraryPanel::open);
    connect(view_, &RunTreeView::renameWanted, this, &LibraryPanel::renameChosen);
    connect(view_, &RunTreeView::deleteWanted, this, [this] { isTrash() ? deleteChosen() : trashChosen(); });
    connect(view_, &RunTreeView::undoWanted, this, &LibraryPanel::undoTrash);
    connect(view_, &QWidget::customContextMenuRequested, this, &LibraryPanel::showMenu);
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this, &LibraryPanel::showChosen);
    connect(model_, &RunTreeModel::renamed, &library_, &RunLibrary::setTitle);
    static_cast<QVBoxLayout*>(layout())->addWidget(view_, 1);

    trashBar_ = new QWidget(this);
    auto* row = new QHBoxLayout(trashBar_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const auto addButton = [&](const QString& text, void (LibraryPanel::*act)()) {
        auto* button = new QPushButton(text, trashBar_);
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
    };
    addButton(tr("Restore"), &LibraryPanel::restoreChosen);
    addButton(tr("Delete…"), &LibraryPanel::deleteChosen);
    addButton(tr("Empty…"), &LibraryPanel::emptyTrash);
    layout()->addWidget(trashBar_);
}

void LibraryPanel::addNote() {
    note_ = new QPlainTextEdit(this);
    note_->setObjectName(QStringLiteral("runNote"));
    note_->setPlaceholderText(tr("Note on the chosen run"));
    note_->setAccessibleName(tr("Note on the chosen run"));
    note_->setTabChangesFocus(true);
    note_->setFixedHeight(note_->fontMetrics().lineSpacing() * kNoteLines + 2 * note_->frameWidth() + 12);
    note_->setEnabled(false);
    layout()->addWidget(note_);
    // What is typed is kept when the cursor leaves, and when it pauses.
    auto* pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(800);
    connect(note_, &QPlainTextEdit::textChanged, pause, qOverload<>(&QTimer::start));
    connect(pause, &QTimer::timeout, this, &LibraryPanel::saveNote);
}

void LibraryPanel::connectLibrary() {
    connect(&library_, &RunLibrary::changed, this, &LibraryPanel::requestList);
    connect(&library_, &RunLibrary::listed, this, &LibraryPanel::take);
    connect(&library_, &RunLibrary::trashed, this, &LibraryPanel::noteTrashed);
    refreshStatus();
}

bool LibraryPanel::isTrash() const {
    return place_->currentIndex() == 1;
}

LibraryQuery LibraryPanel::query() const {
    return {.typed = field_->text().trimmed(), .trashed = isTrash()};
}

/// Nothing is read for a panel that nobody sees.
void LibraryPanel::requestList() {
    isStale_ = !isVisible();
    if (!isStale_) {
        library_.list(query());
    }
}

void LibraryPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (isStale_) {
        requestList();
    }
}

void LibraryPanel::hideEvent(QHideEvent* event) {
    saveNote();
    QWidget::hideEvent(event);
}

void LibraryPanel::take(const LibraryQuery& asked, const RunEntries& entries) {
    if (asked == query()) {
        entries_ = entries;
        rebuild();
    }
}

/// The same rows stay open, chosen and in view.
void LibraryPanel::rebuild() {
    if (!entries_) {
        return;
    }
    const QDateTime now = QDateTime::currentDateTime();
    midnight_.start(static_cast<int>(now.msecsTo(now.date().addDays(1).startOfDay())) + 1000);
    QSet<QString> closed;
    QSet<QString> opened;
    const auto remember = [&](const auto& self, const QModelIndex& parent) -> void {
        for (int row = 0; row < model_->rowCount(parent); ++row) {
            const QModelIndex index = model_->index(row, 0, parent);
            if (model_->rowCount(index) > 0) {
                (view_->isExpanded(index) ? opened : closed).insert(model_->keyOf(index));
                self(self, index);
            }
        }
    };
    remember(remember, {});
    const QString chosen = model_->keyOf(view_->currentIndex());
    const QString above = model_->keyOf(view_->indexAt(QPoint(1, 1)));
    model_->setTree(RunTree(entries_, static_cast<RunSort>(sort_->currentData().toInt()), today_()));
    model_->setOpenRun(openRun_);
    const auto reopen = [&](const auto& self, const QModelIndex& parent) -> void {
        for (int row = 0; row < model_->rowCount(parent); ++row) {
            const QModelIndex index = model_->index(row, 0, parent);
            if (model_->rowCount(index) == 0) {
                continue;
            }
            const QString key = model_->keyOf(index);
            const bool isDay = model_->node(index)->kind == RunTree::Kind::Day;
            if (isDay ? !closed.contains(key) : opened.contains(key)) {
                view_->setExpanded(index, true);
            }
            self(self, index);
        }
    };
    reopen(reopen, {});
    restoreView(chosen, above);
    refreshStatus();
}

void LibraryPanel::restoreView(const QString& chosen, const QString& above) {
    const auto find = [&](const auto& self, const QModelIndex& parent, const QString& key) -> QModelIndex {
        for (int row = 0; row < model_->rowCount(parent); ++row) {
            const QModelIndex index = model_->index(row, 0, parent);
            if (model_->keyOf(index) == key) {
                return index;
            }
            if (const QModelIndex below = self(self, index, key); below.isValid()) {
                return below;
            }
        }
        return {};
    };
    if (!above.isEmpty()) {
        view_->scrollTo(find(find, {}, above), QAbstractItemView::PositionAtTop);
    }
    const QModelIndex again = chosen.isEmpty() ? QModelIndex() : find(find, {}, chosen);
    if (again.isValid()) {
        view_->setCurrentIndex(again);
    } else if (model_->rowCount() > 0) {
        // So that the keyboard has somewhere to begin.
        view_->selectionModel()->setCurrentIndex(model_->index(0, 0), QItemSelectionModel::NoUpdate);
    }
    showChosen();
}

void LibraryPanel::setOpenRun(const QString& id) {
    openRun_ = id;
    model_->setOpenRun(id);
}

void LibraryPanel::showChosen() {
    const RunEntry* entry = currentRun();
    const QString id = entry == nullptr ? QString() : toQString(entry->id);
    note_->setEnabled(entry != nullptr && !isTrash());
    if (id == noteOf_ && note_->hasFocus()) {
        return;  // what is being typed is newer
    }
    saveNote();
    noteOf_ = id;
    const QSignalBlocker quiet(note_);
    note_->setPlainText(entry == nullptr ? QString() : toQString(entry->note));
    note_->document()->setModified(false);
}

void LibraryPanel::saveNote() {
    if (!noteOf_.isEmpty() && note_->document()->isModified()) {
        note_->document()->setModified(false);
        library_.setNote(noteOf_, note_->toPlainText());
    }
}

QString LibraryPanel::status() const {
    return status_->text();
}

void LibraryPanel::refreshStatus() {
    trashBar_->setVisible(isTrash());
    const size_t runs = model_->tree().runs();
    const QString count = runs == 1 ? tr("1 run") : tr("%1 runs").arg(runs);
    if (!field_->text().trimmed().isEmpty()) {
        status_->setText(runs == 0 ? tr("No run has all of these words.") : tr("Found in %1").arg(count));
    } else if (isTrash()) {
        status_->setText(runs == 0 ? tr("The trash is empty.") : tr("%1; each goes after %2 days").arg(count).arg(kTrashDays));
    } else {
        status_->setText(runs == 0 ? tr("Every run that ends appears here.") : count);
    }
}

}  // namespace crystallite
