#include "app/model_index.h"

#include "app/model_cache.h"
#include "app/model_scan.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <utility>

namespace crystallite {
namespace {

const QString kFolders = QStringLiteral("models/folders");

}  // namespace

ModelIndex::ModelIndex(ModelInspector::Inspect inspect, QString cachePath, QObject* parent)
    : QObject(parent), inspect_(std::move(inspect)), cachePath_(std::move(cachePath)) {
    pool_.setMaxThreadCount(1);
}

ModelIndex::~ModelIndex() {
    newest_.request_stop();
    pool_.waitForDone();
}

QStringList ModelIndex::folders() const {
    return QSettings().value(kFolders).toStringList();
}

void ModelIndex::addFolder(const QString& folder) {
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    QStringList all = folders();
    if (folder.isEmpty() || !QFileInfo(path).isDir() || all.contains(path)) {
        return;
    }
    all << path;
    QSettings().setValue(kFolders, all);
    Q_EMIT foldersChanged();
    refresh();
}

void ModelIndex::removeFolder(const QString& folder) {
    QStringList all = folders();
    if (all.removeAll(folder) > 0) {
        QSettings().setValue(kFolders, all);
        Q_EMIT foldersChanged();
        refresh();
    }
}

void ModelIndex::refresh() {
    newest_.request_stop();
    newest_ = std::stop_source();
    looking_ = true;
    Q_EMIT started();
    pool_.start([this, all = folders(), stop = newest_.get_token()] { look(all, stop); });
}

void ModelIndex::cancel() {
    if (std::exchange(looking_, false)) {
        newest_.request_stop();
        Q_EMIT finished(true);
    }
}

/// What a newer request replaced is not heard any more.
void ModelIndex::tell(const std::stop_token& stop, std::function<void()> what) {
    QMetaObject::invokeMethod(
        this,
        [stop, what = std::move(what)] {
            if (!stop.stop_requested()) {
                what();
            }
        },
        Qt::QueuedConnection);
}

ModelEntry ModelIndex::read(const ModelCandidate& files, const std::stop_token& stop) const {
    return entryOf(files, inspect_({.model = files.path.toStdString()}, stop));
}

void ModelIndex::look(const QStringList& folders, const std::stop_token& stop) {
    ModelCache cache(cachePath_);
    const auto models = findModels(folders, stop, [&](int files) { tell(stop, [this, files] { Q_EMIT progressed(files, 0); }); });
    const int total = static_cast<int>(models.size());
    int done = 0;
    for (const ModelCandidate& files : models) {
        if (stop.stop_requested()) {
            break;
        }
        auto entry = cache.find(files);
        // A reason may be gone without the file having changed: a person answered what it left open.
        if (!entry || !entry->problem.isEmpty()) {
            entry = read(files, stop);
            if (stop.stop_requested()) {
                break;  // what was read may lack something
            }
            cache.keep(*entry);
        }
        ++done;
        tell(stop, [this, entry = *entry, done, total] {
            Q_EMIT found(entry);
            Q_EMIT progressed(done, total);
        });
    }
    if (!stop.stop_requested()) {
        cache.keepOnly(models);
    }
    cache.save();
    tell(stop, [this] {
        looking_ = false;
        Q_EMIT finished(false);
    });
}

}  // namespace crystallite
