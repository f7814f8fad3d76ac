#include "app/log_dialog.h"

#include "app/dialogs.h"
#include "app/log_file.h"
#include "app/shell_style.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace crystallite {

LogDialog::LogDialog(LogFile* log, QWidget* parent) : QDialog(parent), log_(log) {
    setWindowTitle(tr("Log"));
    setAttribute(Qt::WA_DeleteOnClose);
    new QVBoxLayout(this);
    setupFilters();
    text_ = new QPlainTextEdit(this);
    text_->setObjectName(QStringLiteral("logText"));
    text_->setAccessibleName(tr("Messages of the program, oldest first"));
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    layout()->addWidget(text_);
    problem_ = makeSentence(style_class::kWarning, this);
    problem_->hide();
    layout()->addWidget(problem_);
    setupButtons();
    resize(820, 520);
    if (log_ != nullptr) {
        connect(log_, &LogFile::added, this, &LogDialog::append, Qt::QueuedConnection);
    }
    refresh();
    words_->setFocus();
}

void LogDialog::setupFilters() {
    auto* row = new QHBoxLayout;
    auto* levelLabel = new QLabel(tr("Show &from"), this);
    level_ = new QComboBox(this);
    level_->setObjectName(QStringLiteral("logLevel"));
    level_->setAccessibleName(tr("Least level of the messages that are shown"));
    level_->addItems({tr("Details"), tr("Information"), tr("Warnings"), tr("Errors")});
    levelLabel->setBuddy(level_);
    auto* wordsLabel = new QLabel(tr("&Search"), this);
    words_ = new QLineEdit(this);
    words_->setObjectName(QStringLiteral("logWords"));
    words_->setAccessibleName(tr("Words that the messages contain"));
    words_->setClearButtonEnabled(true);
    wordsLabel->setBuddy(words_);
    row->addWidget(levelLabel);
    row->addWidget(level_);
    row->addWidget(wordsLabel);
    row->addWidget(words_, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(level_, &QComboBox::currentIndexChanged, this, &LogDialog::refresh);
    connect(words_, &QLineEdit::textChanged, this, &LogDialog::refresh);
}

void LogDialog::setupButtons() {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* copy = buttons->addButton(tr("&Copy what is shown"), QDialogButtonBox::ActionRole);
    QPushButton* open = buttons->addButton(tr("&Open folder"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    open->setAutoDefault(false);
    open->setEnabled(log_ != nullptr);
    if (log_ != nullptr) {
        open->setToolTip(log_->folder());
    }
    connect(copy, &QPushButton::clicked, this, [this] { copyToClipboard(shownText()); });
    connect(open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(log_->folder())); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

QString LogDialog::shownText() const {
    return text_->toPlainText();
}

LogLevel LogDialog::level() const {
    return static_cast<LogLevel>(level_->currentIndex());
}

void LogDialog::refresh() {
    if (log_ != nullptr) {
        const std::deque<LogLine> lines = log_->lines();
        last_ = lines.empty() ? 0 : lines.back().number;
        text_->setPlainText(shownLog(lines, level(), words_->text()).join(QLatin1Char('\n')));
        text_->moveCursor(QTextCursor::End);
    }
    tellProblem();
}

/// Whoever reads farther up stays there: the view follows only when its last line is in view.
void LogDialog::append(const LogLine& line) {
    if (line.number <= last_) {
        return;  // written between the look at the log and now
    }
    last_ = line.number;
    if (isShownInLog(line, level(), words_->text())) {
        text_->appendPlainText(logText(line));
    }
    tellProblem();
}

void LogDialog::tellProblem() {
    const QString sentence = log_ == nullptr ? tr("This process keeps no log.") : log_->problem();
    problem_->setText(sentence);
    problem_->setVisible(!sentence.isEmpty());
}

}  // namespace crystallite
