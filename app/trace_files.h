#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>

namespace crystallite {

class RunDocument;

/// The questions that files may ask a person; a test answers in its place.
struct FileQuestions {
    enum class Unsaved { Save, Discard, Cancel };

    std::function<QString()> fileToOpen;
    std::function<QString(const QString& suggestion)> fileToSave;
    std::function<Unsaved()> unsavedRun;
};

/// Where the run of a document lies on disk: its file, whether it is saved, the journal that keeps it until then, and recent files.
class TraceFiles : public QObject {
    Q_OBJECT
public:
    TraceFiles(RunDocument& document, FileQuestions questions, QObject* parent = nullptr);

    [[nodiscard]] bool isUnsaved() const { return unsaved_; }
    /// "rabbit.crystal", or a name made of the prompt.
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] QStringList recent() const;
    void clearRecent();

    /// A run that was not saved is asked about first; false: nothing was opened.
    bool open(const QString& path);
    bool openByDialog();
    bool save();
    bool saveAs();
    bool saveTo(const QString& path);
    /// Asks about an unsaved run; true: the document may go, and its journal is gone.
    bool mayLeave();
    /// Shows a run that a crash left in the journal, as unsaved.
    bool restore(const QString& journal);
    /// Gives up what is shown.
    void clear();

public Q_SLOTS:
    /// A new run has replaced what was shown.
    void startRun(const QString& journal);

Q_SIGNALS:
    void changed();  ///< name, saved state or recent files
    void failed(const QString& sentence);

private:
    void forgetJournal();
    void remember(const QString& path);
    void setFile(const QString& path, bool unsaved);

    RunDocument& document_;
    FileQuestions questions_;
    QString path_;
    QString journal_;
    bool unsaved_ = false;
};

/// A file name for a run, from the first words of its prompt and its seed.
[[nodiscard]] QString suggestedName(const QString& prompt, quint64 seed);

}  // namespace crystallite
