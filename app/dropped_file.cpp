#include "app/dropped_file.h"

#include "app/conversions.h"
#include "app/model_path.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QStringDecoder>
#include <QUrl>

namespace crystallite {
namespace {

DroppedFile nothing(const QString& problem) {
    return {.problem = problem};
}

DroppedFile textFile(const QString& path) {
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly)) {
        return nothing(translate("'%1' cannot be read (%2); check its permissions.").arg(name, file.errorString()));
    }
    const QByteArray bytes = file.read(kLongestPromptFile + 1);
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes.left(static_cast<int>(kLongestPromptFile)));
    if (bytes.contains('\0') || (decode.hasError() && bytes.size() <= kLongestPromptFile)) {
        return nothing(translate("'%1' is neither a trace, a model nor a text in UTF-8; drop one of these.").arg(name));
    }
    if (bytes.size() > kLongestPromptFile) {
        return nothing(translate("'%1' is longer than the %2 KiB that a prompt can have; drop a shorter text.")
                           .arg(name)
                           .arg(kLongestPromptFile / 1024));
    }
    return {.kind = DroppedFile::Kind::Prompt, .text = text};
}

bool isTrace(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(16) == QByteArray("SQLite format 3\0", 16);
}

}  // namespace

DroppedFile droppedFile(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    if (urls.isEmpty()) {
        return data.hasText() ? DroppedFile{.kind = DroppedFile::Kind::Prompt, .text = data.text()}
                              : nothing(translate("Only a trace, a model or a text can be dropped here."));
    }
    if (urls.size() > 1) {
        return nothing(translate("One file can be dropped at a time; these are %1.").arg(urls.size()));
    }
    const QString path = urls.front().toLocalFile();
    if (!QFileInfo::exists(path)) {
        return nothing(
            translate("'%1' is not a file of this computer; save it here and drop it again.").arg(urls.front().toDisplayString()));
    }
    if (QFileInfo(path).suffix().toLower() == QStringLiteral("crystal") || isTrace(path)) {
        return {.kind = DroppedFile::Kind::Trace, .path = path};
    }
    if (const QString model = modelPathOf(path); !model.isEmpty()) {
        return {.kind = DroppedFile::Kind::Model, .path = model};
    }
    return textFile(path);
}

}  // namespace crystallite
