#pragma once

#include "engine/library/chat_entry.h"
#include "engine/library/library_file.h"
#include "engine/library/run_entry.h"
#include "engine/trace/trace.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QFileSystemWatcher;

namespace crystallite {

using RunEntries = std::shared_ptr<const std::vector<RunEntry>>;
using LoadedRun = std::shared_ptr<Trace>;
using ChatEntries = std::shared_ptr<const std::vector<ChatEntry>>;

/// What a list of the library is asked for.
struct LibraryQuery {
    QString typed;         ///< words that a run must have; empty: every run
    bool trashed = false;  ///< the runs in the trash instead of the others
    friend bool operator==(const LibraryQuery&, const LibraryQuery&) = default;
};

/// The library of runs on a thread of its own: requests go in from any thread and are served in their order, answers come out as signals
/// (queued for a receiver of another thread). Other processes may use the same file; what they change is noticed. The destructor waits
/// for the requests that were made.
class RunLibrary : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<int64_t()>;  ///< milliseconds since 1970, UTC; called on the library's thread

    /// `file` is made when something has to be written and it is missing.
    explicit RunLibrary(QString file, Clock clock = systemClock());
    ~RunLibrary() override;
    [[nodiscard]] static Clock systemClock();

    // Any thread.

    /// Takes the run of a journal that nobody writes to any more into the library and removes the journal: journalTaken(). When it fails,
    /// the journal stays and the next start takes it: journalLeft().
    void takeJournal(const QString& journal, RunSource source);
    /// Takes the runs that processes which are no longer alive left behind: journalsRecovered() when there were any.
    void recover(const QStringList& journals);
    /// Adds a whole run, for example one that was made from another by hand: runAdded().
    void add(const LoadedRun& run);
    /// Notes that a run was opened from a trace file, which keeps its steps.
    void refer(const LoadedRun& run, const QString& file);
    void referFile(const QString& file);  ///< which is read there
    /// loaded(), with `frame` as it was given, or loadFailed().
    void load(const QString& id, std::optional<uint32_t> frame = {});
    /// listed(), unless a newer query has taken its place.
    void list(const LibraryQuery& query);
    /// Dated by us.
    void keepChat(ChatEntry chat);
    /// chatsListed(), with the kMostChats that were changed last.
    void listChats();
    void setTitle(const QString& id, const QString& title);
    void setNote(const QString& id, const QString& note);
    void setBookmarks(const QString& id, const std::vector<Bookmark>& bookmarks);
    void trash(const QStringList& ids);
    void restore(const QStringList& ids);
    void remove(const QStringList& ids);  ///< for good
    void emptyTrash();                    ///< for good: all of it
    /// Removes for good what has been in the trash for 30 days.
    void dropExpired();

Q_SIGNALS:
    void changed();  ///< by us or by another process: a list is out of date
    void listed(const crystallite::LibraryQuery& query, const crystallite::RunEntries& entries);
    void loaded(const QString& id, const crystallite::LoadedRun& run, std::optional<uint32_t> frame);
    void loadFailed(const QString& id, const QString& sentence);
    void chatsListed(const crystallite::ChatEntries& chats);  ///< newest first
    void runAdded(const QString& id);
    void journalTaken(const QString& journal, const QString& id);
    void journalLeft(const QString& journal, const QString& sentence);
    void journalsRecovered(const QStringList& ids);  ///< newest first
    void trashed(const QStringList& ids);
    void noticed(const QString& sentence);  ///< nothing failed, but a person should know
    void failed(const QString& sentence);

private:
    void post(std::function<void()> work);
    Result<void> attempt(const std::function<Result<void>(LibraryFile&)>& work);
    void change(const std::function<Result<void>(LibraryFile&)>& work, const std::function<void()>& after = nullptr);
    Result<LibraryFile*> opened();
    Result<void> rescue();
    struct Taken {
        QString id;
        bool isNew = false;
    };
    Result<Taken> putAside(const QString& journal, const Error& reason);
    Result<Taken> takeOne(const QString& journal, RunSource source);
    Result<bool> addRun(const Trace& run, RunSource source);
    void watch();
    void lookForChanges();

    Clock clock_;
    QThread thread_;
    std::atomic<uint64_t> newestList_ = 0;

    // Of the library's thread.
    QString path_;
    std::optional<LibraryFile> file_;
    std::unique_ptr<QObject> context_;  // lives there; what is posted runs on it
    QFileSystemWatcher* watcher_ = nullptr;
    QTimer* settle_ = nullptr;
    int64_t seenVersion_ = 0;
};

/// How long the trash keeps a run.
inline constexpr int kTrashDays = 30;

inline constexpr uint32_t kMostChats = 50;  ///< that are offered to go on with

/// "history.crystal" where the application keeps its data.
[[nodiscard]] QString libraryPath();

}  // namespace crystallite

Q_DECLARE_METATYPE(crystallite::LibraryQuery)
Q_DECLARE_METATYPE(crystallite::RunEntries)
Q_DECLARE_METATYPE(crystallite::LoadedRun)
Q_DECLARE_METATYPE(crystallite::ChatEntries)
