#include "app/key_map_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QScreen>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

namespace crystallite {

KeyMapDialog::KeyMapDialog(const std::vector<KeyMapEntry>& entries, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* table = new QTableWidget(static_cast<int>(entries.size()), 3, this);
    table->setObjectName(QStringLiteral("keys"));
    table->setAccessibleName(tr("Commands and their keys"));
    table->setHorizontalHeaderLabels({tr("Menu"), tr("Command"), tr("Keys")});
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int row = 0; row < table->rowCount(); ++row) {
        const KeyMapEntry& entry = entries[static_cast<size_t>(row)];
        table->setItem(row, 0, new QTableWidgetItem(entry.menu));
        table->setItem(row, 1, new QTableWidgetItem(entry.command));
        table->setItem(row, 2, new QTableWidgetItem(entry.keys));
    }
    table->resizeColumnsToContents();
    constexpr int kGap = 24;
    for (int column = 0; column < 2; ++column) {
        table->setColumnWidth(column, table->columnWidth(column) + kGap);
    }
    // Of the text's own width, so that no key is out of view, whatever the size of the text.
    const int columns = table->horizontalHeader()->length() + kGap + table->verticalScrollBar()->sizeHint().width();
    table->horizontalHeader()->setStretchLastSection(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table);
    layout->addWidget(buttons);
    const QMargins around = layout->contentsMargins();
    const QSize room = screen()->availableSize() * 9 / 10;
    resize(QSize(columns + around.left() + around.right() + 2 * table->frameWidth(), room.height() * 4 / 5).boundedTo(room));
}

}  // namespace crystallite
