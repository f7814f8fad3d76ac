#include "app/run_info_dialog.h"

#include "app/dialogs.h"
#include "app/run_document.h"
#include "app/run_report.h"
#include "app/shell_style.h"
#include "app/value_list.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QShowEvent>
#include <QVBoxLayout>

namespace crystallite {

RunInfoDialog::RunInfoDialog(RunDocument& document, QWidget* parent) : QDialog(parent), document_(document) {
    setWindowTitle(tr("Run information"));
    auto* content = new QWidget(this);
    sections_ = new QVBoxLayout(content);
    sections_->setSpacing(5);
    sections_->addStretch();
    auto* area = new QScrollArea(this);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(tr("What the engine used for this run"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* copy = buttons->addButton(tr("Copy as table"), QDialogButtonBox::ActionRole);
    copy->setToolTip(tr("Copy everything as tab separated values"));
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    connect(copy, &QPushButton::clicked, this, &RunInfoDialog::copyAsTsv);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(area, 1);
    layout->addWidget(buttons);
    resize(500, 640);
    connect(&document_, &RunDocument::stepsTold, this, &RunInfoDialog::refresh);
    connect(&document_, &RunDocument::traceReset, this, &RunInfoDialog::refresh);
    connect(&document_, &RunDocument::liveChanged, this, &RunInfoDialog::refresh);
}

void RunInfoDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    refresh();
}

void RunInfoDialog::refresh() {
    if (!isVisible()) {
        return;
    }
    const std::vector<ReportSection> sections = reportRun(document_.trace());
    for (size_t index = 0; index < sections.size(); ++index) {
        if (index == lists_.size()) {
            lists_.push_back(new ValueList(this));
            const int before = sections_->count() - 1;  // the stretch stays last
            sections_->insertWidget(before, makeCaption(sections[index].title, this));
            sections_->insertWidget(before + 1, lists_.back());
            sections_->insertSpacing(before + 2, 10);
        }
        lists_[index]->setLines(sections[index].lines);
    }
}

void RunInfoDialog::copyAsTsv() const {
    copyToClipboard(sectionsAsTsv(reportRun(document_.trace())));
}

}  // namespace crystallite
