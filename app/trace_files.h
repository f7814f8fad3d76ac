#pragma once

#include "app/recent_paths.h"
#include "engine/trace/bookmark.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace crystallite {

class RunDocument;

/// The questions that files may ask a person, empty for given up; a test answers in its place.
struct FileQuestions {
    enum class Unsaved { Save, Discard, Cancel };

    std::function<QString()> fileToOpen;
    std::function<QString(const QString& suggestion)> fileToSave;
    std::function<Unsaved()> unsavedRun;
    std::function<QString()> modelFile;    ///< a GGUF file, or a part of a checkpoint; a tokenizer's too
    std::function<QString()> modelFolder;  ///< a Hugging Face folder
};

/// Where the run of a document lies on disk: its file, whether it is saved, the journal that keeps it until then, and recent files.
class TraceFiles : public QObject {
    Q_OBJECT
public:
    TraceFiles(RunDocument& document, FileQuestions questions, QObject* parent = nullptr);

    [[nodiscard]] bool isUnsaved() const { return unsaved_; }
    /// Nothing keeps an unsaved run whose journal could not be written: ask with mayLeave() before another run replaces it.
    [[nodiscard]] bool isOnlyInMemory() const { return unsaved_ && journal_.isEmpty(); }
    /// "rabbit.crystal", or a name made of the prompt.
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] QStringList recent() const { return recent_.paths(); }
    void clearRecent();

    /// A run that was not saved is asked about first; false: nothing was opened.
    bool open(const QString& path);
    bool openByDialog();
    bool save();
    bool saveAs();
    bool saveTo(const QString& path);
    /// Asks about an unsaved run; true: the document may go, and its journal is no longer needed.
    bool mayLeave();
    /// Shows a run that was kept or that a crash left in the journal, as unsaved; an unsaved run that was shown makes room for it.
    bool restore(const QString& journal);
    /// Where a run lies.
    struct Place {
        QString path;     ///< of its file; empty: it has none
        QString journal;  ///< that keeps it while it is not saved
        bool unsaved = false;
    };
    /// What is shown makes place for another form of it and may come back: if it is not saved, it joins the kept runs.
    [[nodiscard]] Place leave();
    void comeBack(const Place& place);
    /// What is shown was changed since it was saved.
    void markChanged();
    /// Of runs that were neither saved nor given up.
    void setKeptFolder(const QString& folder) { keptFolder_ = folder; }
    /// Gives up what is shown.
    void clear();

public Q_SLOTS:
    /// A new run has replaced what was shown; if that was not saved, its journal is kept.
    void startRun(const QString& journal);
    /// What is shown goes on, in a journal that has all of it.
    void continueRun(const QString& journal);

Q_SIGNALS:
    void changed();  ///< name, saved state or recent files
    void journalObsolete(const QString& path);
    void journalReplaced(const QString& path);  ///< of a run that was neither saved nor given up
    void journalAnnotated(const QString& path, const std::vector<crystallite::Bookmark>& bookmarks);
    void failed(const QString& sentence);

private:
    void takeBookmarks();
    void makeRoom();
    void forgetJournal();
    void setFile(const QString& path, bool unsaved);

    RunDocument& document_;
    FileQuestions questions_;
    RecentPaths recent_{QStringLiteral("files/recent")};
    QString path_;
    QString journal_;
    QString keptFolder_;
    bool unsaved_ = false;
};

}  // namespace crystallite
