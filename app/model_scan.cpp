#include "app/model_scan.h"

#include <QDateTime>
#include <QDirIterator>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace crystallite {
namespace {

constexpr int kFilesBetweenReports = 256;

/// All files of one model lead to the same key.
QString keyOf(const QFileInfo& file) {
    if (file.suffix().toLower() == QStringLiteral("safetensors")) {
        return file.path();
    }
    static const QRegularExpression part(QStringLiteral("^(.*)-[0-9]{5}-of-([0-9]{5})\\.gguf$"));
    const QRegularExpressionMatch match = part.match(file.fileName());
    return match.hasMatch() ? QStringLiteral("%1/%2-of-%3.gguf").arg(file.path(), match.captured(1), match.captured(2)) : file.filePath();
}

bool isWeights(const QFileInfo& file) {
    const QString suffix = file.suffix().toLower();
    return suffix == QStringLiteral("gguf") || suffix == QStringLiteral("safetensors");
}

void add(std::map<QString, ModelCandidate>& models, const QFileInfo& file) {
    const bool ofFolder = file.suffix().toLower() == QStringLiteral("safetensors");
    const QString path = ofFolder ? file.path() : file.filePath();
    ModelCandidate& model = models[keyOf(file)];
    model.path = model.path.isEmpty() ? path : std::min(model.path, path);
    model.bytes += static_cast<uint64_t>(file.size());
    model.modified = std::max(model.modified, file.lastModified().toMSecsSinceEpoch());
    if (ofFolder) {
        // An edited config is another model.
        const QFileInfo config(file.path() + QStringLiteral("/config.json"));
        model.modified = config.exists() ? std::max(model.modified, config.lastModified().toMSecsSinceEpoch()) : model.modified;
    }
}

/// A folder inside another one of the list would be walked twice.
QStringList withoutNested(const QStringList& folders) {
    QStringList roots;
    for (const QString& folder : folders) {
        if (const QString path = QFileInfo(folder).canonicalFilePath(); !path.isEmpty() && !roots.contains(path)) {
            roots << path;
        }
    }
    QStringList outermost;
    for (const QString& root : roots) {
        const bool nested = std::any_of(roots.begin(), roots.end(), [&](const QString& other) {
            return other != root && root.startsWith(other.endsWith(QLatin1Char('/')) ? other : other + QLatin1Char('/'));
        });
        if (!nested) {
            outermost << root;
        }
    }
    return outermost;
}

}  // namespace

std::vector<ModelCandidate> findModels(const QStringList& folders, const std::stop_token& stop, const std::function<void(int)>& seen) {
    std::map<QString, ModelCandidate> models;
    int files = 0;
    for (const QString& root : withoutNested(folders)) {
        QDirIterator walk(root, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext() && !stop.stop_requested()) {
            walk.next();
            const QFileInfo file = walk.fileInfo();
            if (isWeights(file)) {
                add(models, file);
            }
            if (++files % kFilesBetweenReports == 0 && seen) {
                seen(files);
            }
        }
    }
    std::vector<ModelCandidate> found;
    for (auto& [key, model] : models) {
        found.push_back(std::move(model));
    }
    return found;
}

}  // namespace crystallite
