#include "app/model_cache.h"

#include "app/json_list.h"

#include <QDir>
#include <QJsonArray>
#include <QStandardPaths>

#include <set>
#include <utility>

namespace crystallite {
namespace {

const QString kListName = QStringLiteral("models");
constexpr int kVersion = 1;
constexpr qint64 kLargest = 32'000'000;  // ten thousand models take 5 MB

}  // namespace

QString ModelCache::usualPath() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::CacheLocation)).filePath(QStringLiteral("models.json"));
}

ModelCache::ModelCache(QString path) : path_(std::move(path)) {
    for (const QJsonValue& value : readJsonList(path_, kListName, kVersion, kLargest)) {
        if (auto entry = entryFromJson(value.toObject())) {
            entries_.insert_or_assign(entry->files.path, std::move(*entry));
        }
    }
}

std::optional<ModelEntry> ModelCache::find(const ModelCandidate& files) const {
    const auto entry = entries_.find(files.path);
    return entry != entries_.end() && entry->second.files == files ? std::optional(entry->second) : std::nullopt;
}

void ModelCache::keep(const ModelEntry& entry) {
    entries_.insert_or_assign(entry.files.path, entry);
}

std::vector<ModelEntry> ModelCache::entries() const {
    std::vector<ModelEntry> all;
    for (const auto& [path, entry] : entries_) {
        all.push_back(entry);
    }
    return all;
}

void ModelCache::keepOnly(const std::vector<ModelCandidate>& found) {
    std::set<QString> paths;
    for (const ModelCandidate& files : found) {
        paths.insert(files.path);
    }
    std::erase_if(entries_, [&](const auto& entry) { return !paths.contains(entry.first); });
}

bool ModelCache::save() const {
    QJsonArray models;
    for (const auto& [path, entry] : entries_) {
        models.append(toJson(entry));
    }
    return writeJsonList(path_, kListName, kVersion, models);
}

}  // namespace crystallite
