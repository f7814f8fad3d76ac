#include "app/run_library.h"

#include "app/conversions.h"
#include "app/run_journal.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QStandardPaths>

#include <limits>
#include <utility>

namespace crystallite {
namespace {

constexpr int64_t kMsPerDay = 24LL * 60 * 60 * 1000;
constexpr int kSettleMs = 150;  // several changes of a file in a row are looked at once
const QString kStamp = QStringLiteral("yyyyMMdd-HHmmss");

QString sentenceOf(const Error& error) {
    return toQString(error.message);
}

std::vector<std::string> toStrings(const QStringList& list) {
    std::vector<std::string> strings;
    for (const QString& text : list) {
        strings.push_back(text.toStdString());
    }
    return strings;
}

/// A name beside `path` that is not taken: "history-damaged-20261201-021500.crystal".
QString nameBeside(const QString& path, const QString& addition) {
    const QFileInfo file(path);
    QString name;
    for (int number = 1; name.isEmpty() || QFileInfo::exists(name); ++number) {
        const QString unique = number == 1 ? QString() : QStringLiteral("-%1").arg(number);
        name = file.dir().filePath(QStringLiteral("%1-%2%3.%4").arg(file.completeBaseName(), addition, unique, file.suffix()));
    }
    return name;
}

}  // namespace

RunLibrary::Clock RunLibrary::systemClock() {
    return [] { return QDateTime::currentMSecsSinceEpoch(); };
}

QString libraryPath() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(QStringLiteral("history.crystal"));
}

RunLibrary::RunLibrary(QString file, Clock clock)
    : clock_(std::move(clock)), path_(std::move(file)), context_(std::make_unique<QObject>()) {
    qRegisterMetaType<LibraryQuery>();
    qRegisterMetaType<RunEntries>();
    qRegisterMetaType<LoadedRun>();
    qRegisterMetaType<ChatEntries>();
    qRegisterMetaType<std::optional<uint32_t>>();
    thread_.setObjectName(QStringLiteral("library"));
    context_->moveToThread(&thread_);
    thread_.start();
}

RunLibrary::~RunLibrary() {
    post([this] {
        delete std::exchange(watcher_, nullptr);
        delete std::exchange(settle_, nullptr);
        file_.reset();
        thread_.quit();
    });
    thread_.wait();
}

void RunLibrary::post(std::function<void()> work) {
    QMetaObject::invokeMethod(context_.get(), std::move(work), Qt::QueuedConnection);
}

/// The open library, opened if need be. A damaged one is set aside; beside a newer one another begins.
Result<LibraryFile*> RunLibrary::opened() {
    if (file_ && !file_->isInPlace()) {
        file_.reset();  // another process has set it aside, or somebody moved it
    }
    if (file_) {
        return &*file_;
    }
    if (const QString folder = QFileInfo(path_).absolutePath(); !QDir().mkpath(folder)) {
        return Error{ErrorKind::Io,
                     tr("The history cannot be kept: the folder '%1' cannot be made; check its permissions.").arg(folder).toStdString()};
    }
    auto file = LibraryFile::open(toPath(path_));
    if (!file && file.error().kind == ErrorKind::Unsupported) {
        const QString newer = path_;
        path_ = QFileInfo(newer).dir().filePath(
            QStringLiteral("%1-of-library-1.%2").arg(QFileInfo(newer).completeBaseName(), QFileInfo(newer).suffix()));
        Q_EMIT noticed(tr("The history '%1' was written by a newer Crystallite and is left as it is; runs go to '%2'. Update Crystallite "
                          "to see both.")
                           .arg(newer, path_));
        file = LibraryFile::open(toPath(path_));
    }
    if (!file && file.error().kind == ErrorKind::Corrupt) {
        if (const Result<void> rescued = rescue(); !rescued) {
            return rescued.error();
        }
        file = LibraryFile::open(toPath(path_));
    }
    if (!file) {
        return file.error();
    }
    file_.emplace(std::move(*file));
    watch();
    return &*file_;
}

Result<void> RunLibrary::rescue() {
    file_.reset();
    const QString aside = nameBeside(path_, QStringLiteral("damaged-") + QDateTime::fromMSecsSinceEpoch(clock_()).toUTC().toString(kStamp));
    const auto rescued = rescueLibrary(toPath(path_), toPath(aside), clock_());
    if (!rescued) {
        return rescued.error();
    }
    const auto saved = static_cast<int>(rescued->saved);
    const auto lost = static_cast<int>(rescued->lost);
    Q_EMIT noticed(
        tr("The history was damaged; it is set aside as '%1' and a new one has begun. Runs that could be read and are in it: %2; "
           "that could not: %3.")
            .arg(aside)
            .arg(saved)
            .arg(lost));
    Q_EMIT changed();
    return {};
}

/// Does `work` on the open library, once more on a new one where it turns out to be damaged.
Result<void> RunLibrary::attempt(const std::function<Result<void>(LibraryFile&)>& work) {
    Result<LibraryFile*> file = opened();
    if (!file) {
        return file.error();
    }
    Result<void> done = work(**file);
    if (done || done.error().kind != ErrorKind::Corrupt || !(*file)->isDamaged()) {
        return done;
    }
    if (Result<void> rescued = rescue(); !rescued) {
        return rescued;
    }
    file = opened();
    return file ? work(**file) : Result<void>(file.error());
}

void RunLibrary::change(const std::function<Result<void>(LibraryFile&)>& work, const std::function<void()>& after) {
    post([this, work, after] {
        if (const Result<void> done = attempt(work); !done) {
            Q_EMIT failed(sentenceOf(done.error()));
            return;
        }
        if (after) {
            after();
        }
        Q_EMIT changed();
    });
}

Result<bool> RunLibrary::addRun(const Trace& run, RunSource source) {
    bool isNew = false;
    const Result<void> done = attempt([&](LibraryFile& file) -> Result<void> {
        const Result<bool> added = file.add(run, source, clock_());
        isNew = added && *added;
        return added ? Result<void>() : Result<void>(added.error());
    });
    return done ? Result<bool>(isNew) : Result<bool>(done.error());
}

/// What cannot be read is not tried at every start. One that a process died over before its first step is nothing.
Result<RunLibrary::Taken> RunLibrary::putAside(const QString& journal, const Error& reason) {
    if (QFileInfo(journal).size() == 0 || QFileInfo::exists(journal + QStringLiteral("-journal"))) {
        removeJournal(journal);
        return Taken{};
    }
    const QString aside = journal + QStringLiteral(".damaged");
    if (!QFile::rename(journal, aside)) {
        return reason;
    }
    return Error{reason.kind, tr("%1 It is set aside as '%2'.").arg(sentenceOf(reason), aside).toStdString()};
}

/// The journal is gone once its run is in the library.
Result<RunLibrary::Taken> RunLibrary::takeOne(const QString& journal, RunSource source) {
    const auto trace = readTrace(toPath(journal));
    if (!trace && trace.error().kind == ErrorKind::Corrupt) {
        return putAside(journal, trace.error());
    }
    if (!trace && trace.error().kind == ErrorKind::NotFound) {
        return Taken{};  // another program was faster
    }
    if (!trace) {
        return trace.error();
    }
    const Result<bool> added = addRun(*trace, source);
    if (!added) {
        return added.error();
    }
    removeJournal(journal);
    return Taken{.id = toQString(trace->header().id), .isNew = *added};
}

void RunLibrary::takeJournal(const QString& journal, RunSource source) {
    post([this, journal, source] {
        if (!QFileInfo::exists(journal)) {
            return;
        }
        const Result<Taken> taken = takeOne(journal, source);
        if (!taken) {
            Q_EMIT journalLeft(journal, sentenceOf(taken.error()));
            return;
        }
        Q_EMIT journalTaken(journal, taken->id);
        Q_EMIT changed();
    });
}

void RunLibrary::recover(const QStringList& journals) {
    post([this, journals] {
        QStringList ids;
        for (const QString& journal : journals) {
            const Result<Taken> taken = takeOne(journal, RunSource::Recovered);
            if (!taken) {
                Q_EMIT journalLeft(journal, sentenceOf(taken.error()));
            } else if (taken->isNew) {
                ids << taken->id;
            }
        }
        if (!ids.isEmpty()) {
            Q_EMIT journalsRecovered(ids);
            Q_EMIT changed();
        }
    });
}

void RunLibrary::add(const LoadedRun& run) {
    post([this, run] {
        const Result<bool> added = addRun(*run, RunSource::Ended);
        if (!added) {
            Q_EMIT failed(sentenceOf(added.error()));
            return;
        }
        Q_EMIT runAdded(toQString(run->header().id));
        Q_EMIT changed();
    });
}

void RunLibrary::refer(const LoadedRun& run, const QString& path) {
    change([this, run, path](LibraryFile& file) { return file.refer(*run, path.toStdString(), clock_()); });
}

void RunLibrary::referFile(const QString& path) {
    change([this, path](LibraryFile& file) {
        const auto trace = readTrace(toPath(path));
        const QString absolute = QFileInfo(path).absoluteFilePath();
        return trace ? file.refer(*trace, absolute.toStdString(), clock_()) : Result<void>(trace.error());
    });
}

void RunLibrary::load(const QString& id, std::optional<uint32_t> frame) {
    post([this, id, frame] {
        LoadedRun run;
        const Result<void> done = attempt([&](LibraryFile& file) -> Result<void> {
            Result<Trace> trace = file.read(id.toStdString());
            if (!trace) {
                return trace.error();
            }
            run = std::make_shared<Trace>(std::move(*trace));
            return {};
        });
        if (done) {
            Q_EMIT loaded(id, run, frame);
        } else {
            Q_EMIT loadFailed(id, sentenceOf(done.error()));
        }
    });
}

void RunLibrary::list(const LibraryQuery& query) {
    const uint64_t number = ++newestList_;
    post([this, query, number] {
        if (number != newestList_) {
            return;  // somebody typed on
        }
        RunEntries entries;
        const Result<void> done = attempt([&](LibraryFile& file) -> Result<void> {
            Result<std::vector<RunEntry>> found = file.list(query.typed.toStdString(), query.trashed);
            if (!found) {
                return found.error();
            }
            entries = std::make_shared<const std::vector<RunEntry>>(std::move(*found));
            return {};
        });
        if (done) {
            Q_EMIT listed(query, entries);
        } else {
            Q_EMIT failed(sentenceOf(done.error()));
        }
    });
}

void RunLibrary::keepChat(ChatEntry chat) {
    post([this, chat = std::move(chat)]() mutable {
        chat.changed = clock_();
        if (const Result<void> done = attempt([&](LibraryFile& file) { return file.keepChat(chat); }); !done) {
            Q_EMIT failed(sentenceOf(done.error()));
        }
    });
}

void RunLibrary::listChats() {
    post([this] {
        ChatEntries chats;
        const Result<void> done = attempt([&](LibraryFile& file) -> Result<void> {
            Result<std::vector<ChatEntry>> found = file.chats(kMostChats);
            if (!found) {
                return found.error();
            }
            chats = std::make_shared<const std::vector<ChatEntry>>(std::move(*found));
            return {};
        });
        if (done) {
            Q_EMIT chatsListed(chats);
        } else {
            Q_EMIT failed(sentenceOf(done.error()));
        }
    });
}

void RunLibrary::setTitle(const QString& id, const QString& title) {
    change([id, title](LibraryFile& file) { return file.setTitle(id.toStdString(), title.toStdString()); });
}

void RunLibrary::setNote(const QString& id, const QString& note) {
    change([id, note](LibraryFile& file) { return file.setNote(id.toStdString(), note.toStdString()); });
}

void RunLibrary::setBookmarks(const QString& id, const std::vector<Bookmark>& bookmarks) {
    change([id, bookmarks](LibraryFile& file) { return file.setBookmarks(id.toStdString(), bookmarks); });
}

void RunLibrary::trash(const QStringList& ids) {
    change([this, ids](LibraryFile& file) { return file.trash(toStrings(ids), clock_()); }, [this, ids] { Q_EMIT trashed(ids); });
}

void RunLibrary::restore(const QStringList& ids) {
    change([ids](LibraryFile& file) { return file.restore(toStrings(ids)); });
}

void RunLibrary::remove(const QStringList& ids) {
    change([ids](LibraryFile& file) { return file.remove(toStrings(ids)); });
}

void RunLibrary::emptyTrash() {
    change([](LibraryFile& file) -> Result<void> {
        const Result<size_t> removed = file.emptyTrash(std::numeric_limits<int64_t>::max());
        return removed ? Result<void>() : Result<void>(removed.error());
    });
}

void RunLibrary::dropExpired() {
    post([this] {
        size_t dropped = 0;
        const Result<void> done = attempt([&](LibraryFile& file) -> Result<void> {
            const Result<size_t> removed = file.emptyTrash(clock_() - kTrashDays * kMsPerDay);
            dropped = removed ? *removed : 0;
            return removed ? Result<void>() : Result<void>(removed.error());
        });
        if (!done) {
            Q_EMIT failed(sentenceOf(done.error()));
        } else if (dropped > 0) {
            Q_EMIT changed();
        }
    });
}

/// The system says when the folder or the file changes, so that nothing is asked while nothing happens.
void RunLibrary::watch() {
    if (watcher_ == nullptr) {
        watcher_ = new QFileSystemWatcher;
        settle_ = new QTimer;
        settle_->setSingleShot(true);
        settle_->setInterval(kSettleMs);
        QObject::connect(settle_, &QTimer::timeout, settle_, [this] { lookForChanges(); });
        QObject::connect(watcher_, &QFileSystemWatcher::fileChanged, settle_, qOverload<>(&QTimer::start));
        QObject::connect(watcher_, &QFileSystemWatcher::directoryChanged, settle_, qOverload<>(&QTimer::start));
        watcher_->addPath(QFileInfo(path_).absolutePath());
    }
    watcher_->addPath(path_);
    const Result<int64_t> version = file_->dataVersion();
    seenVersion_ = version ? *version : 0;
}

void RunLibrary::lookForChanges() {
    if (!file_ || !file_->isInPlace()) {
        file_.reset();
        if (QFileInfo::exists(path_) && opened()) {
            Q_EMIT changed();
        }
        return;
    }
    const Result<int64_t> version = file_->dataVersion();
    if (version && std::exchange(seenVersion_, *version) != *version) {
        Q_EMIT changed();
    }
}

}  // namespace crystallite
