#pragma once

#include "app/model_entry.h"
#include "app/model_inspector.h"

#include <QMetaType>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <stop_token>

namespace crystallite {

/// The models in the folders that a person chose, where they are: nothing is copied, moved, deleted or watched. Looks on a thread of its
/// own, when it is asked to; what was read before is taken from the cache.
class ModelIndex : public QObject {
    Q_OBJECT
public:
    /// `inspect` reads what a model's files say; `cachePath`: see ModelCache.
    ModelIndex(ModelInspector::Inspect inspect, QString cachePath, QObject* parent = nullptr);
    ~ModelIndex() override;

    [[nodiscard]] QStringList folders() const;
    /// Absolute, existing folders; one that is listed is not listed twice.
    void addFolder(const QString& folder);
    /// From the list; the folder itself stays as it is.
    void removeFolder(const QString& folder);
    /// Looks again; what it does already is given up for it. Without folders it finds nothing.
    void refresh();
    void cancel();
    [[nodiscard]] bool isLooking() const { return looking_; }

Q_SIGNALS:
    void foldersChanged();
    void started();
    void found(const crystallite::ModelEntry& entry);
    /// `total` 0: files are still being looked for, and `done` of them were seen.
    void progressed(int done, int total);
    void finished(bool cancelled);

private:
    void look(const QStringList& folders, const std::stop_token& stop);
    ModelEntry read(const ModelCandidate& files, const std::stop_token& stop) const;
    void tell(const std::stop_token& stop, std::function<void()> what);

    ModelInspector::Inspect inspect_;
    QString cachePath_;
    QThreadPool pool_;
    std::stop_source newest_;
    bool looking_ = false;
};

}  // namespace crystallite

Q_DECLARE_METATYPE(crystallite::ModelEntry)
