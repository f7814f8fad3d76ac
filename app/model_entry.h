#pragma once

#include "app/model_preview.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace crystallite {

/// Files that may be one model, as they lie on disk: a GGUF file, all parts of a split one, or a folder of safetensors.
struct ModelCandidate {
    QString path;         ///< what the engine opens: the file, the first part that is there, or the folder
    uint64_t bytes = 0;   ///< of all parts
    qint64 modified = 0;  ///< of the newest part, milliseconds since 1970 UTC
    friend bool operator==(const ModelCandidate&, const ModelCandidate&) = default;
};

/// What the index knows of a candidate. Nothing in it comes from weights.
struct ModelEntry {
    ModelCandidate files;
    QString name;
    QString family;
    uint64_t parameters = 0;
    QString format;   ///< that most of the weights have
    QString licence;  ///< as the files state it; empty: they do not
    QString problem;  ///< one sentence; empty: it can be loaded
    /// What a device that computes every layer must hold, on a canvas of `slots`; nothing where that cannot be said.
    std::optional<MemoryShare> need;
    uint32_t slots = 0;
};

[[nodiscard]] ModelEntry entryOf(const ModelCandidate& files, const ModelPreview& preview);

/// `need` with what `device` offers.
[[nodiscard]] MemoryShare shareOn(const MemoryShare& need, const DeviceInfo& device);

/// For the cache of the index; `device` and `offered` of `need` are not kept.
[[nodiscard]] QJsonObject toJson(const ModelEntry& entry);
/// Nothing for an object that toJson() did not write.
[[nodiscard]] std::optional<ModelEntry> entryFromJson(const QJsonObject& object);

}  // namespace crystallite
