#include "app/trace_files.h"

#include "app/conversions.h"
#include "app/run_document.h"
#include "app/run_name.h"

#include "engine/trace/trace_file.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

namespace crystallite {
namespace {

const QString kSuffix = QStringLiteral(".crystal");

}  // namespace

TraceFiles::TraceFiles(RunDocument& document, FileQuestions questions, QObject* parent)
    : QObject(parent), document_(document), questions_(std::move(questions)) {
    connect(&document_.marks(), &RunMarks::bookmarksEdited, this, &TraceFiles::takeBookmarks);
}

QString TraceFiles::displayName() const {
    if (!path_.isEmpty()) {
        return QFileInfo(path_).fileName();
    }
    return document_.isEmpty() ? QString() : suggestedName(document_.trace().header());
}

void TraceFiles::clearRecent() {
    recent_.clear();
    Q_EMIT changed();
}

void TraceFiles::setFile(const QString& path, bool unsaved) {
    path_ = path;
    unsaved_ = unsaved;
    Q_EMIT changed();
}

bool TraceFiles::open(const QString& path) {
    auto trace = readTrace(toPath(path));
    if (!trace) {
        Q_EMIT failed(QString::fromStdString(trace.error().message));
        return false;
    }
    if (!mayLeave()) {
        return false;
    }
    document_.reset(std::move(*trace), false);
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recent_.remember(absolute);
    setFile(absolute, false);
    return true;
}

bool TraceFiles::openByDialog() {
    const QString path = questions_.fileToOpen();
    return !path.isEmpty() && open(path);
}

bool TraceFiles::save() {
    return path_.isEmpty() ? saveAs() : saveTo(path_);
}

bool TraceFiles::saveAs() {
    if (document_.isEmpty()) {
        return false;
    }
    const QString folder = path_.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) : QFileInfo(path_).path();
    QString path = questions_.fileToSave(QDir(folder).filePath(displayName()));
    if (path.isEmpty()) {
        return false;
    }
    if (QFileInfo(path).suffix().isEmpty()) {
        path += kSuffix;
    }
    return saveTo(path);
}

bool TraceFiles::saveTo(const QString& path) {
    const auto saved = saveTrace(toPath(path), document_.trace());
    if (!saved) {
        Q_EMIT failed(QString::fromStdString(saved.error().message));
        return false;
    }
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recent_.remember(absolute);
    // Steps that arrive after this are in the journal only.
    if (!document_.isLive()) {
        forgetJournal();
    }
    setFile(absolute, document_.isLive());
    return true;
}

bool TraceFiles::mayLeave() {
    if (unsaved_) {
        switch (questions_.unsavedRun()) {
            case FileQuestions::Unsaved::Cancel: return false;
            case FileQuestions::Unsaved::Save:
                if (!save()) {
                    return false;
                }
                break;
            case FileQuestions::Unsaved::Discard: break;
        }
    }
    forgetJournal();
    unsaved_ = false;
    Q_EMIT changed();
    return true;
}

bool TraceFiles::restore(const QString& journal) {
    auto trace = readTrace(toPath(journal));
    if (!trace) {
        Q_EMIT failed(QString::fromStdString(trace.error().message));
        return false;
    }
    if (isOnlyInMemory() && !mayLeave()) {
        return false;
    }
    makeRoom();
    document_.reset(std::move(*trace), false);
    journal_ = journal;
    setFile(QString(), true);
    return true;
}

void TraceFiles::clear() {
    document_.reset(Trace(), false);
    setFile(QString(), false);
}

void TraceFiles::startRun(const QString& journal) {
    makeRoom();
    journal_ = journal;
    setFile(QString(), true);
}

void TraceFiles::continueRun(const QString& journal) {
    forgetJournal();
    journal_ = journal;
    setFile(path_, true);
}

TraceFiles::Place TraceFiles::leave() {
    Place place{.path = path_, .journal = journal_, .unsaved = unsaved_};
    if (unsaved_ && !journal_.isEmpty()) {
        place.journal = QDir(keptFolder_).filePath(QFileInfo(journal_).fileName());
        Q_EMIT journalReplaced(std::exchange(journal_, QString()));
    }
    return place;
}

void TraceFiles::comeBack(const Place& place) {
    journal_ = place.journal;
    setFile(place.path, place.unsaved);
}

void TraceFiles::markChanged() {
    setFile(path_, true);
}

/// Bookmarks are part of the file; until that is saved the journal keeps them.
void TraceFiles::takeBookmarks() {
    if (!journal_.isEmpty()) {
        Q_EMIT journalAnnotated(journal_, document_.marks().bookmarks());
    }
    setFile(path_, true);
}

void TraceFiles::makeRoom() {
    if (unsaved_ && !journal_.isEmpty()) {
        Q_EMIT journalReplaced(std::exchange(journal_, QString()));
    } else {
        forgetJournal();
    }
}

void TraceFiles::forgetJournal() {
    if (const QString journal = std::exchange(journal_, QString()); !journal.isEmpty()) {
        Q_EMIT journalObsolete(journal);
    }
}

}  // namespace crystallite
