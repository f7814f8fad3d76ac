#pragma once

#include "app/model_entry.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace crystallite {

/// What was read of models before, in a JSON file that may be deleted at any time: an entry counts while path, size and time of its files
/// are what they were. A file that cannot be understood counts as none.
class ModelCache {
public:
    /// Of this person: in CacheLocation.
    [[nodiscard]] static QString usualPath();

    explicit ModelCache(QString path);

    [[nodiscard]] std::optional<ModelEntry> find(const ModelCandidate& files) const;
    void keep(const ModelEntry& entry);
    /// All entries, by path.
    [[nodiscard]] std::vector<ModelEntry> entries() const;
    /// Forgets what is not among these.
    void keepOnly(const std::vector<ModelCandidate>& found);
    /// False where the file cannot be written, which costs time and nothing else.
    bool save() const;

private:
    QString path_;
    std::map<QString, ModelEntry> entries_;
};

}  // namespace crystallite
