#include "app/json_list.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace crystallite {
namespace {

const QString kVersionKey = QStringLiteral("version");

}  // namespace

QJsonArray readJsonList(const QString& path, const QString& name, int version, qint64 largest) {
    QFile file(path);
    if (file.size() > largest || !file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    return all.value(kVersionKey).toInt() == version ? all.value(name).toArray() : QJsonArray();
}

bool writeJsonList(const QString& path, const QString& name, int version, const QJsonArray& list) {
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    const QJsonObject all{{kVersionKey, version}, {name, list}};
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(all).toJson(QJsonDocument::Compact)) >= 0 && file.commit();
}

}  // namespace crystallite
