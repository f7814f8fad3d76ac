#include "app/recent_paths.h"

#include <QFileInfo>
#include <QSettings>

namespace crystallite {
namespace {

constexpr int kMostRecent = 10;

}  // namespace

QStringList RecentPaths::paths() const {
    QStringList present;
    for (const QString& path : QSettings().value(key_).toStringList()) {
        if (QFileInfo::exists(path)) {
            present << path;
        }
    }
    return present;
}

void RecentPaths::remember(const QString& path) {
    QStringList all = paths();
    all.removeAll(path);
    all.prepend(path);
    QSettings().setValue(key_, QStringList(all.mid(0, kMostRecent)));
}

void RecentPaths::clear() {
    QSettings().remove(key_);
}

}  // namespace crystallite
