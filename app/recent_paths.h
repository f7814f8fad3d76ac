#pragma once

#include <QString>
#include <QStringList>

namespace crystallite {

/// Paths that were used, newest first, kept in the settings under `key`; what is gone is left out.
class RecentPaths {
public:
    explicit RecentPaths(QString key) : key_(std::move(key)) {}

    [[nodiscard]] QStringList paths() const;
    void remember(const QString& path);
    void clear();

private:
    QString key_;
};

}  // namespace crystallite
