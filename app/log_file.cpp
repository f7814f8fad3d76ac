#include "app/log_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

#include <algorithm>
#include <atomic>
#include <utility>

namespace crystallite {
namespace {

std::atomic<LogFile*> theLog = nullptr;
QtMessageHandler before = nullptr;
/// What Qt says about writing the log would be written in turn, without end.
thread_local bool isWriter = false;

LogLevel levelOf(QtMsgType type) {
    switch (type) {
        case QtDebugMsg: return LogLevel::Debug;
        case QtInfoMsg: return LogLevel::Info;
        case QtWarningMsg: return LogLevel::Warning;
        default: return LogLevel::Error;
    }
}

void takeMessage(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (LogFile* log = theLog; log != nullptr && !isWriter) {
        const QString category = QString::fromUtf8(context.category == nullptr ? "" : context.category);
        const bool isPlain = category.isEmpty() || category == QLatin1String("default");
        log->add({QDateTime::currentDateTimeUtc(), levelOf(type), isPlain ? text : category + QStringLiteral(": ") + text, 0});
        if (type == QtFatalMsg) {
            log->flush();  // the process ends with this message
        }
    }
    // A terminal is told what went wrong, and not what went on: that is what the log is for.
    if (before != nullptr && levelOf(type) >= LogLevel::Warning) {
        before(type, context, text);
    }
}

}  // namespace

LogFile::LogFile(QString folder, Limits limits) : folder_(std::move(folder)), limits_(limits) {
    qRegisterMetaType<LogLine>();
    writer_ = std::thread([this] { writeAll(); });
}

LogFile::~LogFile() {
    if (theLog == this) {
        qInstallMessageHandler(before);
        theLog = nullptr;
    }
    {
        const std::lock_guard lock(mutex_);
        isEnding_ = true;
    }
    changed_.notify_all();
    writer_.join();
}

QString LogFile::usualFolder() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    // Qt knows this place only since 6.7.
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base = QDir::isAbsolutePath(state) ? state : QDir::home().filePath(QStringLiteral(".local/state"));
    return QDir(base).filePath(QCoreApplication::applicationName());
#else
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)).filePath(QStringLiteral("log"));
#endif
}

LogFile* LogFile::installed() {
    return theLog;
}

void LogFile::install() {
    theLog = this;
    before = qInstallMessageHandler(takeMessage);
}

void LogFile::add(LogLine line) {
    {
        const std::lock_guard lock(mutex_);
        line.number = ++count_;
        waiting_ += logText(line).toUtf8() + '\n';
        lines_.push_back(line);
        if (lines_.size() > limits_.lines) {
            lines_.pop_front();
        }
    }
    changed_.notify_all();
    Q_EMIT added(line);
}

void LogFile::flush() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.isEmpty() && !isWriting_; });
}

std::deque<LogLine> LogFile::lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
}

QString LogFile::problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
}

QString LogFile::pathOf(int age) const {
    const QString name = age == 0 ? QStringLiteral("crystallite.log") : QStringLiteral("crystallite.%1.log").arg(age);
    return QDir(folder_).filePath(name);
}

void LogFile::writeAll() {
    isWriter = true;
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return isEnding_ || !waiting_.isEmpty(); });
        if (waiting_.isEmpty()) {
            return;
        }
        const QByteArray bytes = std::exchange(waiting_, {});
        isWriting_ = true;
        lock.unlock();
        QString problem = write(bytes);
        lock.lock();
        problem_ = std::move(problem);
        isWriting_ = false;
        changed_.notify_all();
    }
}

/// Opens the file each time, so that what another process has put aside is not written on.
QString LogFile::write(const QByteArray& bytes) const {
    QDir().mkpath(folder_);
    if (QFileInfo(path()).size() >= limits_.bytes) {
        rotate();
    }
    QFile file(path());
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append) || file.write(bytes) != bytes.size() || !file.flush()) {
        return tr("The log cannot be written to %1: %2. It is shown here as long as the program runs; make room or free the name to keep "
                  "it.")
            .arg(QDir::toNativeSeparators(path()), file.errorString());
    }
    return {};
}

void LogFile::rotate() const {
    QLockFile lock(QDir(folder_).filePath(QStringLiteral("rotate.lock")));
    if (!lock.tryLock(0) || QFileInfo(path()).size() < limits_.bytes) {
        return;  // another process is at it, or was
    }
    QFile::remove(pathOf(limits_.files - 1));
    for (int age = limits_.files - 2; age >= 0; --age) {
        QFile::rename(pathOf(age), pathOf(age + 1));
    }
}

}  // namespace crystallite
