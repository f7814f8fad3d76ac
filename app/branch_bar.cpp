#include "app/branch_bar.h"

#include "app/shell_style.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace crystallite {

BranchBar::BranchBar(QAction* continueRun, QAction* computeStep, QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("branchBar"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Going on"));
    where_ = new QLabel(this);
    where_->setWordWrap(true);
    notes_ = new QLabel(this);
    notes_->setWordWrap(true);
    setStyleClass(notes_, style_class::kMuted);
    load_ = new QPushButton(this);
    load_->hide();
    auto* texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(where_);
    texts->addWidget(notes_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 12, 6);
    layout->setSpacing(8);
    layout->addLayout(texts, 1);
    layout->addWidget(load_);
    layout->addWidget(addActionButton(computeStep));
    layout->addWidget(addActionButton(continueRun));
    connect(load_, &QPushButton::clicked, this, &BranchBar::modelWanted);
    hide();
}

QPushButton* BranchBar::addActionButton(QAction* action) {
    auto* button = new QPushButton(this);
    const auto follow = [button, action] {
        button->setText(action->iconText());
        button->setAccessibleName(action->iconText());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

void BranchBar::tell(const QString& where, const QString& notes) {
    where_->setText(where);
    notes_->setText(notes);
    notes_->setVisible(!notes.isEmpty());
    setVisible(!where.isEmpty());
}

void BranchBar::offerModel(const QString& name) {
    load_->setText(tr("Load “%1”").arg(name));
    load_->setVisible(!name.isEmpty());
}

QString BranchBar::text() const {
    if (isHidden()) {
        return {};
    }
    return notes_->text().isEmpty() ? where_->text() : where_->text() + QLatin1Char(' ') + notes_->text();
}

}  // namespace crystallite
