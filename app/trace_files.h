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
class Trace;

/// The questions that files may ask a person, empty for given up; a test answers in its place.
struct FileQuestions {
    enum class Unsaved { Save, Discard, Cancel };

    std::function<QString()> fileToOpen;
    std::function<QString(const QString& suggestion)> fileToSave;
    std::function<QString(const QString& suggestion, const QString& filter)> fileToExport;
    std::function<Unsaved()> unsavedRun;
    std::function<QString()> modelFile;                                    ///< a GGUF file, or a part of a checkpoint; a tokenizer's too
    std::function<QString()> modelFolder;                                  ///< a Hugging Face folder, or one with models in it
    std::function<bool(const QString& sentence)> deleteForGood = nullptr;  ///< of runs in the trash; nothing: no
    std::function<QString()> presetsToRead;
    std::function<QString()> presetsToWrite;
};

/// Where the run of a document lies on disk: in the history, in its journal while it lasts, in a file of its own; and recent files.
class TraceFiles : public QObject {
    Q_OBJECT
public:
    TraceFiles(RunDocument& document, FileQuestions questions, QObject* parent = nullptr);

    /// Its file has not all of it; or it has no file, and nothing else keeps it.
    [[nodiscard]] bool isUnsaved() const;
    /// Only the window has it as it is: ask with mayLeave() before another run replaces it.
    [[nodiscard]] bool isOnlyInMemory() const { return isUnsaved() && !isKept(); }
    /// The history has it, or the journal that the history will take.
    [[nodiscard]] bool isKept() const { return kept_ || !journal_.isEmpty(); }
    /// "rabbit.crystal", or a name made of the prompt.
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] const FileQuestions& questions() const { return questions_; }
    [[nodiscard]] QStringList recent() const { return recent_.paths(); }
    void clearRecent();

    /// A run that would be lost is asked about first; false: nothing was opened.
    bool open(const QString& path);
    bool openByDialog();
    bool save();
    bool saveAs();
    bool saveTo(const QString& path);
    /// Asks about what would be lost; true: the document may go.
    bool mayLeave();
    /// Shows a run that the history has; false: what was shown would have been lost, and a person kept it.
    bool showKept(Trace run);
    /// Gives up what is shown.
    void clear();

    /// Where a run lies while another form of it is shown.
    struct Place {
        QString path;  ///< of its file; empty: it has none
        bool unsaved = false;
        bool kept = false;
    };
    /// What is shown makes place for another form of it and may come back: what nothing keeps goes into the history.
    [[nodiscard]] Place leave();
    void comeBack(const Place& place);
    /// What is shown was changed since it was saved.
    void markChanged();

public Q_SLOTS:
    /// A new run has replaced what was shown.
    void startRun(const QString& journal);
    /// What is shown goes on, in a journal that has all of it.
    void continueRun(const QString& journal);
    /// The history has the run of this journal.
    void takeKept(const QString& journal);
    /// The history has what is shown.
    void markKept();
    /// The journal could not be written any more.
    void loseJournal();

Q_SIGNALS:
    void changed();                    ///< name, saved state or recent files
    void opened(const QString& path);  ///< a file, which is shown now
    void keepWanted();                 ///< nothing keeps what is shown, which is about to make place
    void bookmarksChanged();           ///< of a run that has ended
    void journalAnnotated(const QString& path, const std::vector<crystallite::Bookmark>& bookmarks);
    void failed(const QString& sentence);

private:
    void takeBookmarks();
    void setFile(const QString& path, bool unsaved);

    RunDocument& document_;
    FileQuestions questions_;
    RecentPaths recent_{QStringLiteral("files/recent")};
    QString path_;
    QString journal_;       // of a run that lasts, or that the history has not taken yet
    bool kept_ = false;     // by the history
    bool unsaved_ = false;  // what is shown is not what the file has
    bool givenUp_ = false;  // a person said so, and is not asked again
};

}  // namespace crystallite
