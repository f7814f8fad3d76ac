#include "app/canvas/canvas_legend.h"

#include "app/canvas/canvas_painter.h"
#include "app/canvas/canvas_view.h"
#include "app/canvas/legend_run.h"
#include "app/run_document.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPixmap>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace crystallite {

namespace {

constexpr int kAround = 4;  // logical pixels of ground that a sample keeps around its slot

QTableWidgetItem* textItem(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(text);
    return item;
}

}  // namespace

CanvasLegend::CanvasLegend(const Theme& theme, QWidget* parent) : QDialog(parent), table_(new QTableWidget(this)) {
    setWindowTitle(tr("What the canvas shows"));
    setAttribute(Qt::WA_DeleteOnClose);
    table_->setObjectName(QStringLiteral("legend"));
    table_->setAccessibleName(tr("Looks of a slot, their meanings, and the numbers they are bound to"));
    table_->setColumnCount(4);
    table_->setHorizontalHeaderLabels({tr("Sample"), tr("Meaning"), tr("Bound to"), tr("Tag")});
    table_->verticalHeader()->hide();
    table_->setShowGrid(false);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(true);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    fillTable(theme);
    auto* note = new QLabel(tr("Samples are made up; on the canvas nothing is drawn without a number of the trace."), this);
    note->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table_);
    layout->addWidget(note);
    layout->addWidget(buttons);
    resize(860, 700);
}

void CanvasLegend::fillTable(const Theme& theme) {
    LegendRun run = legendRun();
    RunDocument document;
    document.reset(std::move(run.trace), false);
    CanvasView view(canvasFont());
    view.setTheme(theme);
    view.setDocument(&document);
    view.setViewport({900, 700}, devicePixelRatioF());
    view.setTextZoom(20.0 / 32.0);
    document.setFrame(document.trace().steps());
    const QImage drawn = paintedCanvas(view);

    const auto addRow = [&](const LegendEntry& entry) {
        const int row = table_->rowCount();
        table_->insertRow(row);
        table_->setItem(row, 0, new QTableWidgetItem);
        table_->setItem(row, 1, textItem(entry.meaning));
        table_->setItem(row, 2, textItem(entry.bound));
        table_->setItem(row, 3, textItem(entry.tag));
    };
    for (const LegendEntry& entry : run.entries) {
        addRow(entry);
        const QRectF slot = view.slotRect(entry.position).adjusted(-kAround, -kAround, kAround, kAround);
        const double ratio = drawn.devicePixelRatio();
        QPixmap sample = QPixmap::fromImage(drawn.copy(QRectF(slot.topLeft() * ratio, slot.size() * ratio).toAlignedRect()));
        sample.setDevicePixelRatio(ratio);
        auto* label = new QLabel(table_);
        label->setPixmap(sample);
        label->setAlignment(Qt::AlignCenter);
        label->setAccessibleName(entry.meaning);
        table_->setCellWidget(table_->rowCount() - 1, 0, label);
    }
    for (const LegendEntry& entry : legendOfLayers()) {
        addRow(entry);
    }
    constexpr std::array<int, 3> kWidths = {120, 270, 330};
    for (int column = 0; column < 3; ++column) {
        table_->setColumnWidth(column, kWidths[static_cast<size_t>(column)]);
    }
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->resizeRowsToContents();
    for (int row = 0; row < static_cast<int>(run.entries.size()); ++row) {
        const auto height = view.slotRect(run.entries[static_cast<size_t>(row)].position).height();
        table_->setRowHeight(row, std::max(table_->rowHeight(row), static_cast<int>(height) + 2 * kAround + 4));
    }
}

}  // namespace crystallite
