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

bool TraceFiles::isUnsaved() const {
    if (document_.isEmpty() || givenUp_) {
        return false;
    }
    return path_.isEmpty() ? !isKept() : unsaved_;
}

void TraceFiles::setFile(const QString& path, bool unsaved) {
    path_ = path;
    unsaved_ = unsaved;
    givenUp_ = false;
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
    journal_.clear();
    kept_ = false;
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recent_.remember(absolute);
    setFile(absolute, false);
    Q_EMIT opened(absolute);
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
    setFile(absolute, document_.isLive());
    return true;
}

bool TraceFiles::mayLeave() {
    if (!isUnsaved()) {
        return true;
    }
    switch (questions_.unsavedRun()) {
        case FileQuestions::Unsaved::Cancel: return false;
        case FileQuestions::Unsaved::Save: return save();
        case FileQuestions::Unsaved::Discard: break;
    }
    givenUp_ = true;
    Q_EMIT changed();
    return true;
}

bool TraceFiles::showKept(Trace run) {
    if (isOnlyInMemory() && !mayLeave()) {
        return false;
    }
    document_.reset(std::move(run), false);
    journal_.clear();
    kept_ = true;
    setFile(QString(), false);
    return true;
}

void TraceFiles::clear() {
    document_.reset(Trace(), false);
    journal_.clear();
    kept_ = false;
    setFile(QString(), false);
}

TraceFiles::Place TraceFiles::leave() {
    if (isOnlyInMemory()) {
        Q_EMIT keepWanted();
    }
    return {.path = path_, .unsaved = unsaved_, .kept = true};
}

void TraceFiles::comeBack(const Place& place) {
    journal_.clear();
    kept_ = place.kept;
    setFile(place.path, place.unsaved);
}

void TraceFiles::markChanged() {
    kept_ = false;
    setFile(path_, true);
}

void TraceFiles::startRun(const QString& journal) {
    journal_ = journal;
    kept_ = false;
    setFile(QString(), true);
}

void TraceFiles::continueRun(const QString& journal) {
    journal_ = journal;
    kept_ = false;
    setFile(path_, true);
}

void TraceFiles::takeKept(const QString& journal) {
    if (journal == journal_ && !journal.isEmpty()) {
        journal_.clear();
        markKept();
    }
}

void TraceFiles::markKept() {
    kept_ = true;
    Q_EMIT changed();
}

void TraceFiles::loseJournal() {
    journal_.clear();
    Q_EMIT changed();
}

/// The history has the bookmarks at once, its journal while the run lasts; a file gets them when it is saved.
void TraceFiles::takeBookmarks() {
    if (!document_.isLive()) {
        Q_EMIT bookmarksChanged();
    } else if (!journal_.isEmpty()) {
        Q_EMIT journalAnnotated(journal_, document_.marks().bookmarks());
    }
    setFile(path_, true);
}

}  // namespace crystallite
