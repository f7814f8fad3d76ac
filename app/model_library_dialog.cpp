#include "app/model_library_dialog.h"

#include "app/shell_style.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace crystallite {
namespace {

constexpr QSize kUsualSize(980, 640);
constexpr int kFoldersHeight = 84;

}  // namespace

ModelLibraryDialog::ModelLibraryDialog(ModelIndex& index, ModelTable::FindSpeed findSpeed, AskFolder askFolder, QWidget* parent)
    : QDialog(parent), index_(index), askFolder_(std::move(askFolder)) {
    setWindowTitle(tr("Models on this machine"));
    table_ = new ModelTable(std::move(findSpeed), this);
    sorted_ = new QSortFilterProxyModel(this);
    sorted_->setSourceModel(table_);
    sorted_->setSortRole(ModelTable::kSortRole);
    sorted_->setFilterKeyColumn(-1);
    sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addWidget(makeFolders());
    layout->addWidget(makeModels(), 1);
    layout->addWidget(makeBottom());
    connectIndex();
    resize(kUsualSize.boundedTo(screen()->availableSize() - QSize(40, 60)));
    refreshFolders();
    refreshDetails();
    refreshSentence();
}

QWidget* ModelLibraryDialog::makeFolders() {
    auto* part = new QWidget(this);
    folders_ = new QListWidget(part);
    folders_->setObjectName(QStringLiteral("modelFolders"));
    folders_->setAccessibleName(tr("Folders that are looked into"));
    folders_->setFixedHeight(kFoldersHeight);
    auto* add = new QPushButton(tr("&Add folder…"), part);
    removeFolder_ = new QPushButton(tr("&Remove from list"), part);
    removeFolder_->setToolTip(tr("Takes the folder off this list; the folder and its files stay as they are"));
    for (QPushButton* button : {add, removeFolder_}) {
        button->setAutoDefault(false);
    }
    connect(add, &QPushButton::clicked, this, [this] { index_.addFolder(askFolder_()); });
    connect(removeFolder_, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem* folder = folders_->currentItem()) {
            index_.removeFolder(folder->data(Qt::UserRole).toString());
        }
    });
    connect(folders_, &QListWidget::currentRowChanged, this, [this](int row) { removeFolder_->setEnabled(row >= 0); });
    auto* buttons = new QVBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(removeFolder_);
    buttons->addStretch();
    auto* row = new QHBoxLayout;
    row->addWidget(folders_, 1);
    row->addLayout(buttons);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeCaption(tr("Folders"), part));
    layout->addLayout(row);
    return part;
}

QWidget* ModelLibraryDialog::makeModels() {
    auto* part = new QWidget(this);
    filter_ = new QLineEdit(part);
    filter_->setObjectName(QStringLiteral("modelFilter"));
    filter_->setPlaceholderText(tr("Filter by name, family, format or licence"));
    filter_->setAccessibleName(tr("Filter of the models"));
    filter_->setClearButtonEnabled(true);
    connect(filter_, &QLineEdit::textChanged, sorted_, &QSortFilterProxyModel::setFilterFixedString);
    connect(filter_, &QLineEdit::textChanged, this, &ModelLibraryDialog::refreshDetails);
    view_ = new QTableView(part);
    view_->setObjectName(QStringLiteral("models"));
    view_->setAccessibleName(tr("Models"));
    view_->setModel(sorted_);
    view_->setSortingEnabled(true);
    view_->sortByColumn(ModelTable::Name, Qt::AscendingOrder);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setTabKeyNavigation(false);
    view_->setShowGrid(false);
    view_->verticalHeader()->hide();
    view_->horizontalHeader()->setHighlightSections(false);
    view_->horizontalHeader()->setStretchLastSection(true);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ModelLibraryDialog::refreshDetails);
    connect(view_, &QTableView::activated, this, &ModelLibraryDialog::choose);
    details_ = makeSentence(style_class::kMuted, part);
    details_->setObjectName(QStringLiteral("modelDetails"));
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeCaption(tr("Models"), part));
    layout->addWidget(filter_);
    layout->addWidget(view_, 1);
    layout->addWidget(details_);
    return part;
}

QWidget* ModelLibraryDialog::makeBottom() {
    auto* part = new QWidget(this);
    sentence_ = makeSentence(style_class::kMuted, part);
    progress_ = new QProgressBar(part);
    progress_->setAccessibleName(tr("Looking for models"));
    progress_->setTextVisible(false);
    progress_->setFixedWidth(140);
    progress_->hide();
    refresh_ = new QPushButton(tr("Re&fresh"), part);
    auto* close = new QPushButton(tr("&Close"), part);
    load_ = new QPushButton(tr("&Look into it…"), part);
    load_->setToolTip(tr("What the model is and whether it fits, and then loads it"));
    setStyleClass(load_, style_class::kPrimary);
    refresh_->setAutoDefault(false);
    close->setAutoDefault(false);
    load_->setDefault(true);
    connect(refresh_, &QPushButton::clicked, this, [this] { index_.isLooking() ? index_.cancel() : index_.refresh(); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(load_, &QPushButton::clicked, this, &ModelLibraryDialog::choose);
    auto* layout = new QHBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sentence_, 1);
    layout->addWidget(progress_);
    layout->addWidget(refresh_);
    layout->addWidget(close);
    layout->addWidget(load_);
    return part;
}

void ModelLibraryDialog::connectIndex() {
    connect(&index_, &ModelIndex::foldersChanged, this, &ModelLibraryDialog::refreshFolders);
    connect(&index_, &ModelIndex::started, this, [this] {
        hasLooked_ = true;
        seen_.clear();
        progress_->setRange(0, 0);
        progress_->show();
        refresh_->setText(tr("&Stop"));
        refreshSentence();
    });
    connect(&index_, &ModelIndex::found, this, [this](const ModelEntry& entry) {
        seen_ << entry.files.path;
        const bool first = table_->rowCount() == 0;
        table_->put(entry);
        if (first) {
            view_->selectRow(0);
        }
        refreshDetails();
    });
    connect(&index_, &ModelIndex::progressed, this, [this](int done, int total) {
        progress_->setRange(0, total);
        progress_->setValue(total > 0 ? done : 0);
        refreshSentence();
    });
    connect(&index_, &ModelIndex::finished, this, [this](bool cancelled) {
        if (!cancelled) {
            table_->keepOnly(seen_);
        }
        progress_->hide();
        refresh_->setText(tr("Re&fresh"));
        view_->resizeColumnsToContents();
        refreshDetails();
        refreshSentence();
    });
}

void ModelLibraryDialog::setDevices(const std::vector<DeviceInfo>& devices) {
    table_->setDevices(devices);
    refreshDetails();
}

void ModelLibraryDialog::open() {
    if (!std::exchange(hasLooked_, true)) {
        index_.refresh();
    }
    table_->refreshSpeeds();
    show();
    raise();
    activateWindow();
    filter_->setFocus(Qt::OtherFocusReason);
}

/// Escape first empties the filter, as in other lists.
void ModelLibraryDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !filter_->text().isEmpty()) {
        filter_->clear();
        return;
    }
    QDialog::keyPressEvent(event);
}

void ModelLibraryDialog::refreshFolders() {
    folders_->clear();
    for (const QString& folder : index_.folders()) {
        auto* item = new QListWidgetItem(QDir::toNativeSeparators(folder), folders_);
        item->setData(Qt::UserRole, folder);
    }
    folders_->setCurrentRow(folders_->count() - 1);
    removeFolder_->setEnabled(folders_->count() > 0);
    refreshSentence();
}

const ModelEntry* ModelLibraryDialog::selected() const {
    const QModelIndexList rows = view_->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : table_->entry(sorted_->mapToSource(rows.front()).row());
}

void ModelLibraryDialog::refreshDetails() {
    const ModelEntry* const entry = selected();
    load_->setEnabled(entry != nullptr);
    details_->setVisible(entry != nullptr);
    details_->setText(entry == nullptr ? QString() : table_->detailsOf(*entry).join(QLatin1Char('\n')));
}

void ModelLibraryDialog::refreshSentence() {
    const int count = table_->rowCount();
    if (index_.folders().isEmpty()) {
        sentence_->setText(tr("Add a folder in which you keep models. They are used where they are; nothing is copied, moved or deleted."));
    } else if (index_.isLooking()) {
        sentence_->setText(progress_->maximum() > 0 ? tr("Reading headers, %1 of %2").arg(progress_->value()).arg(progress_->maximum())
                                                    : tr("Looking for model files…"));
    } else {
        sentence_->setText(count == 1 ? tr("1 model") : tr("%1 models").arg(count));
    }
}

QString ModelLibraryDialog::sentence() const {
    return sentence_->text();
}

void ModelLibraryDialog::choose() {
    if (const ModelEntry* const entry = selected()) {
        const QString path = entry->files.path;
        hide();
        Q_EMIT modelChosen(path);
    }
}

}  // namespace crystallite
