#include "app/model_path.h"

#include <QFileInfo>

namespace crystallite {

QString modelPathOf(const QString& path) {
    const QFileInfo file(path);
    const QString suffix = file.suffix().toLower();
    if (file.isDir() || suffix == QStringLiteral("gguf")) {
        return file.absoluteFilePath();
    }
    const QString name = file.fileName();
    const bool isOfFolder = suffix == QStringLiteral("safetensors") || name == QStringLiteral("config.json") ||
                            name == QStringLiteral("model.safetensors.index.json");
    return isOfFolder ? file.absolutePath() : QString();
}

}  // namespace crystallite
