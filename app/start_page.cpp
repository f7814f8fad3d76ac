#include "app/start_page.h"

#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/window_actions.h"

#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace crystallite {

StartPage::StartPage(RunDocument& document, const WindowActions& actions, QWidget& place, QWidget* parent)
    : QWidget(parent), place_(place) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* heading = new QLabel(tr("Nothing has been denoised yet"), this);
    setStyleClass(heading, style_class::kTitle);
    auto* ways = new QGridLayout;
    ways->setHorizontalSpacing(28);
    ways->setVerticalSpacing(6);
    for (const QAction* action : {actions.run, actions.open, actions.openModel, actions.legend, actions.keyMap}) {
        const int row = ways->rowCount();
        auto* name = new QLabel(action->iconText(), this);
        auto* keys = new QLabel(action->shortcut().toString(QKeySequence::NativeText), this);
        setStyleClass(name, style_class::kMuted);
        ways->addWidget(name, row, 0);
        ways->addWidget(keys, row, 1, Qt::AlignRight);
    }
    auto* column = new QVBoxLayout;
    column->setSpacing(14);
    column->addWidget(heading);
    column->addLayout(ways);
    auto* outer = new QGridLayout(this);
    outer->addLayout(column, 1, 1);
    outer->setColumnStretch(0, 1);
    outer->setColumnStretch(2, 1);
    // A page sits a little above the middle.
    outer->setRowStretch(0, 2);
    outer->setRowStretch(2, 3);
    place_.installEventFilter(this);
    connect(&document, &RunDocument::traceReset, this, [this, &document] { setVisible(document.isEmpty()); });
    lieOver();
}

bool StartPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::Show) {
        lieOver();
    }
    return QWidget::eventFilter(watched, event);
}

void StartPage::lieOver() {
    setGeometry(QRect(place_.mapTo(parentWidget(), QPoint()), place_.size()));
    raise();
}

}  // namespace crystallite
