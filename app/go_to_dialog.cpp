#include "app/go_to_dialog.h"

#include "app/go_to.h"
#include "app/playback.h"
#include "app/problem_line.h"
#include "app/run_document.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace crystallite {

GoToDialog::GoToDialog(RunDocument& document, Playback& playback, QWidget* parent)
    : QDialog(parent), document_(document), playback_(playback) {
    setObjectName(QStringLiteral("goToDialog"));
    setWindowTitle(tr("Go to a step or position"));
    where_ = new QLineEdit(this);
    where_->setObjectName(QStringLiteral("where"));
    where_->setAccessibleName(tr("Step or position"));
    where_->setPlaceholderText(tr("12 or s12: a step   ·   p40: a position"));
    problem_ = new ProblemLine(this);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(where_);
    layout->addWidget(problem_);
    connect(where_, &QLineEdit::returnPressed, this, &QDialog::accept);
    connect(where_, &QLineEdit::textEdited, problem_, [this] { problem_->tell(QString()); });
    connect(&document_, &RunDocument::traceReset, this, &QDialog::reject);
    resize(360, 0);
}

void GoToDialog::ask() {
    problem_->tell(QString());
    where_->clear();
    where_->setFocus();
    open();
}

void GoToDialog::accept() {
    const GoTo target = readGoTo(where_->text(), document_.trace(), document_.frame());
    problem_->tell(target.problem);
    if (!target.problem.isEmpty()) {
        where_->selectAll();
        return;
    }
    if (target.frame) {
        playback_.seek(*target.frame);
    } else {
        document_.selectSlot(target.position);
    }
    QDialog::accept();
}

QString GoToDialog::problem() const {
    return problem_->sentence();
}

}  // namespace crystallite
