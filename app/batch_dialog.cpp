#include "app/batch_dialog.h"

#include "app/conversions.h"
#include "app/run_document.h"
#include "app/shell_style.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace crystallite {
namespace {

constexpr int kUsualCount = 8;

enum Column { Seed, End, Evaluations, Time, Confidence, Answer, Text, ColumnCount };

QString number(double value, int digits) {
    return std::isfinite(value) ? QLocale().toString(value, 'f', digits) : QStringLiteral("–");
}

}  // namespace

QString spreadText(const MeanAndSpread& value, double scale, int digits) {
    return value.count > 1 ? QStringLiteral("%1 ± %2").arg(number(value.mean * scale, digits), number(value.deviation * scale, digits))
                           : number(value.mean * scale, digits);
}

BatchDialog::BatchDialog(EngineWorker& worker, RunDocument& document, Host host, QWidget* parent)
    : QDialog(parent), document_(document), host_(std::move(host)) {
    setObjectName(QStringLiteral("batchDialog"));
    setWindowTitle(tr("Batch over seeds"));
    addFields();
    connectRuns(worker);
    resize(720, 480);
    refresh();
}

void BatchDialog::addFields() {
    first_ = new QLineEdit(QStringLiteral("1"), this);
    first_->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,20}")), first_));
    count_ = new QSpinBox(this);
    count_->setRange(1, static_cast<int>(kMostSeeds));
    count_->setValue(kUsualCount);
    auto* form = new QFormLayout;
    form->addRow(tr("&First seed"), first_);
    form->addRow(tr("&Runs"), count_);
    progress_ = new QProgressBar(this);
    progress_->setAccessibleName(tr("Finished runs"));
    progress_->setTextVisible(false);
    table_ = new QTableWidget(0, ColumnCount, this);
    table_->setAccessibleName(tr("Finished runs"));
    table_->setHorizontalHeaderLabels({tr("Seed"), tr("Answer end"), tr("NFE"), tr("Time"), tr("Confidence"), tr("Answer"), tr("Text")});
    table_->horizontalHeaderItem(Confidence)->setToolTip(tr("Mean probability of the tokens at the moment of their commit"));
    table_->horizontalHeaderItem(Answer)->setToolTip(tr("Runs with the same text have the same number"));
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(Text, QHeaderView::Stretch);
    table_->verticalHeader()->hide();
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    connect(table_, &QTableWidget::cellActivated, this, [this](int row) { host_.show(runs_[static_cast<size_t>(row)]); });
    sentence_ = makeSentence(style_class::kMuted, this);
    sentence_->setObjectName(QStringLiteral("batchSentence"));
    statistics_ = makeSentence("", this);
    statistics_->setObjectName(QStringLiteral("batchStatistics"));
    statistics_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    start_ = buttons->addButton(tr("&Start"), QDialogButtonBox::ActionRole);
    start_->setObjectName(QStringLiteral("startBatch"));
    setStyleClass(start_, style_class::kPrimary);
    connect(start_, &QPushButton::clicked, this, &BatchDialog::startOrStop);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(sentence_);
    layout->addWidget(progress_);
    layout->addWidget(table_, 1);
    layout->addWidget(statistics_);
    layout->addWidget(buttons);
}

void BatchDialog::connectRuns(EngineWorker& worker) {
    connect(&worker, &EngineWorker::runStarted, this, [this](const Trace& trace) {
        if (isRunning_ && current_.empty() && trace.header().settings.seed == request_.wanted.seed) {
            current_ = trace.header().id;
        }
    });
    connect(&worker, &EngineWorker::failed, this, [this](const QString& sentence) {
        if (isRunning_ && current_.empty()) {
            end(sentence);
        }
    });
    connect(&document_, &RunDocument::liveChanged, this, &BatchDialog::takeEnded);
    connect(&document_, &RunDocument::traceReset, this, [this] {
        if (isRunning_ && !current_.empty() && document_.trace().header().id != current_) {
            end(tr("Another run was opened, so the batch ended; finished runs are in the history."));
        }
    });
}

void BatchDialog::open() {
    show();
    raise();
    activateWindow();
    first_->setFocus();
}

QString BatchDialog::sentence() const {
    return sentence_->text();
}

void BatchDialog::startOrStop() {
    if (isRunning_) {
        end(tr("Cancelled; finished runs are in the history."));
        host_.stop();
        return;
    }
    bool isNumber = false;
    const uint64_t first = first_->text().toULongLong(&isNumber);
    const auto seeds = checkSeeds({.first = first, .count = static_cast<uint32_t>(count_->value())});
    const auto request = host_.request();
    if (!isNumber || !seeds || !request) {
        sentence_->setText(!isNumber  ? tr("The first seed must be a whole number from 0 to 18446744073709551615.")
                           : !request ? tr("Load a model first, and settle what the Run panel says about the settings.")
                                      : toQString(seeds.error().message));
        return;
    }
    batch_.emplace(*seeds);
    request_ = *request;
    runs_.clear();
    table_->setRowCount(0);
    isRunning_ = true;
    startNext();
}

void BatchDialog::startNext() {
    if (!isRunning_) {
        return;
    }
    const auto seed = batch_->next();
    if (!seed) {
        end(tr("%n run(s) finished; each is in the history.", nullptr, static_cast<int>(batch_->rows().size())));
        return;
    }
    request_.wanted.seed = *seed;
    current_.clear();
    sentence_->setText(tr("Run %1 of %2, seed %3").arg(batch_->rows().size() + 1).arg(batch_->range().count).arg(*seed));
    refresh();
    host_.start(request_);
}

void BatchDialog::takeEnded() {
    if (!isRunning_ || document_.isLive() || current_.empty() || document_.trace().header().id != current_) {
        return;
    }
    if (document_.trace().status() != RunStatus::Complete) {
        end(tr("Run of seed %1 was stopped, so the batch ended; finished runs are in the history.").arg(request_.wanted.seed));
        return;
    }
    addRow(batch_->add(document_.trace()));
    current_.clear();
    // The window has the run that has ended to keep first.
    QTimer::singleShot(0, this, &BatchDialog::startNext);
}

void BatchDialog::end(const QString& sentence) {
    isRunning_ = false;
    current_.clear();
    sentence_->setText(sentence);
    refresh();
}

void BatchDialog::addRow(const BatchRow& row) {
    runs_.push_back(toQString(document_.trace().header().id));
    const QString cells[ColumnCount] = {
        QString::number(row.seed),
        row.end.isEnded ? tr("%1 of %2").arg(row.end.tokens).arg(row.end.slots) : tr("full, %1").arg(row.end.slots),
        QString::number(row.evaluations),
        tr("%1 s").arg(number(row.milliseconds / 1000.0, 2)),
        number(row.confidence, 3),
        QString::number(row.answer + 1),
        toQString(row.text).simplified()};
    const int at = table_->rowCount();
    table_->insertRow(at);
    for (int column = 0; column < ColumnCount; ++column) {
        table_->setItem(at, column, new QTableWidgetItem(cells[column]));
        table_->item(at, column)->setToolTip(column == Text ? cells[column] : QString());
    }
    table_->scrollToBottom();
    refresh();
}

void BatchDialog::refresh() {
    const int made = batch_ ? static_cast<int>(batch_->rows().size()) : 0;
    start_->setText(isRunning_ ? tr("&Cancel the batch") : tr("&Start"));
    first_->setEnabled(!isRunning_);
    count_->setEnabled(!isRunning_);
    progress_->setRange(0, batch_ ? static_cast<int>(batch_->range().count) : 1);
    progress_->setValue(made);
    statistics_->setVisible(made > 0);
    if (made > 0) {
        const BatchStatistics all = batch_->statistics();
        statistics_->setText(
            tr("Mean ± standard deviation: answer %1 tokens (ended in %2 of %3), NFE %4, time %5 s, confidence %6. "
               "%7 distinct answers, the commonest %8 times; pairs of runs agree in %9 % of their slots.")
                .arg(spreadText(all.tokens, 1.0, 1))
                .arg(all.ended)
                .arg(all.runs)
                .arg(spreadText(all.evaluations, 1.0, 1), spreadText(all.milliseconds, 1e-3, 2), spreadText(all.confidence, 1.0, 3))
                .arg(all.distinct)
                .arg(all.commonest)
                .arg(spreadText(all.agreement, 100.0, 1)));
    }
}

}  // namespace crystallite
