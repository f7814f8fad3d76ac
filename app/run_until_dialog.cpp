#include "app/run_until_dialog.h"

#include "app/problem_line.h"
#include "app/run_document.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace crystallite {
namespace {

enum Choice { kShare, kEntropy, kRevision, kCommit, kText, kBlock };

struct Scale {
    double least = 0.0;
    double most = 0.0;
    double step = 0.0;
    int decimals = 0;
};
constexpr Scale kPercent{.least = 1.0, .most = 100.0, .step = 5.0, .decimals = 0};
constexpr Scale kNats{.least = 0.01, .most = 20.0, .step = 0.1, .decimals = 2};

QDoubleSpinBox* makeNumber(const Scale& scale, double value, QWidget* parent) {
    auto* number = new QDoubleSpinBox(parent);
    number->setRange(scale.least, scale.most);
    number->setDecimals(scale.decimals);
    number->setSingleStep(scale.step);
    number->setValue(value);
    return number;
}

}  // namespace

RunUntilDialog::RunUntilDialog(RunDocument& document, QWidget* parent) : QDialog(parent), document_(document) {
    setObjectName(QStringLiteral("runUntilDialog"));
    setWindowTitle(tr("Run until"));
    choice_ = new QComboBox(this);
    choice_->setObjectName(QStringLiteral("condition"));
    choice_->setAccessibleName(tr("Condition to run until"));
    fields_ = new QStackedWidget(this);
    share_ = makeNumber(kPercent, 50.0, this);
    share_->setSuffix(tr(" %"));
    share_->setAccessibleName(tr("Masked share in percent"));
    entropy_ = makeNumber(kNats, 1.0, this);
    entropy_->setSuffix(tr(" nats"));
    entropy_->setAccessibleName(tr("Mean entropy in nats"));
    position_ = new QSpinBox(this);
    position_->setAccessibleName(tr("Position that is committed"));
    text_ = new QLineEdit(this);
    text_->setAccessibleName(tr("Text that is contained"));
    addChoice(tr("the masked share is below"), share_);
    addChoice(tr("the mean entropy is below"), entropy_);
    addChoice(tr("a token is masked again or exchanged"), new QWidget(this));
    addChoice(tr("this position is committed:"), position_);
    addChoice(tr("the text contains"), text_);
    addChoice(tr("the next block begins"), new QWidget(this));
    problem_ = new ProblemLine(this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* run = buttons->addButton(tr("&Run"), QDialogButtonBox::AcceptRole);
    run->setDefault(true);
    auto* form = new QFormLayout;
    form->addRow(tr("Run &until"), choice_);
    form->addRow(QString(), fields_);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(problem_);
    layout->addWidget(buttons);
    connect(choice_, &QComboBox::currentIndexChanged, fields_, &QStackedWidget::setCurrentIndex);
    connect(choice_, &QComboBox::currentIndexChanged, problem_, [this] { problem_->tell(QString()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&document_, &RunDocument::traceReset, this, &QDialog::reject);
    resize(420, 0);
}

void RunUntilDialog::addChoice(const QString& text, QWidget* field) {
    choice_->addItem(text);
    fields_->addWidget(field);
}

void RunUntilDialog::ask() {
    refreshBounds();
    problem_->tell(QString());
    choice_->setFocus();
    open();
}

/// The positions of the text that is shown, and the selected one to begin with.
void RunUntilDialog::refreshBounds() {
    const uint32_t length = document_.trace().canvas(document_.frame()).textLength();
    position_->setRange(1, static_cast<int>(length));
    if (document_.selectedSlot()) {
        position_->setValue(static_cast<int>(*document_.selectedSlot()) + 1);
    }
}

StopCondition RunUntilDialog::condition() const {
    switch (choice_->currentIndex()) {
        case kShare: return MaskedShareBelow{share_->value() / 100.0};
        case kEntropy: return MeanEntropyBelow{entropy_->value()};
        case kRevision: return AnyRevision{};
        case kCommit: {
            const Canvas& canvas = document_.trace().canvas(document_.frame());
            return SlotCommits{canvas.key(static_cast<uint32_t>(position_->value() - 1))};
        }
        case kText: return TextContains{text_->text().toStdString()};
        default: return NextBlock{};
    }
}

void RunUntilDialog::accept() {
    if (choice_->currentIndex() == kText && text_->text().isEmpty()) {
        showProblem(tr("Type the text to run until."));
    } else {
        Q_EMIT wanted(condition());
    }
}

void RunUntilDialog::showProblem(const QString& sentence) {
    problem_->tell(sentence);
}

QString RunUntilDialog::problem() const {
    return problem_->sentence();
}

}  // namespace crystallite
