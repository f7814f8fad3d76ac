#pragma once

#include <QJsonArray>
#include <QString>

namespace crystallite {

/// What a JSON file `{"version": version, name: […]}` of ours lists; nothing where there is none, where it is of another version, or larger
/// than `largest` bytes: such a file holds what can be found out again.
[[nodiscard]] QJsonArray readJsonList(const QString& path, const QString& name, int version, qint64 largest);

/// Replaces the file at once, and makes its folder; false where that failed, and the old file stays.
[[nodiscard]] bool writeJsonList(const QString& path, const QString& name, int version, const QJsonArray& list);

}  // namespace crystallite
