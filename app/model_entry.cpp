#include "app/model_entry.h"

#include "app/conversions.h"

#include <QFileInfo>

namespace crystallite {
namespace {

/// Numbers beyond 2^53 do not survive JSON; sizes are written as text.
QString sizeText(uint64_t bytes) {
    return QString::number(bytes);
}

std::optional<uint64_t> sizeIn(const QJsonObject& object, const char* key) {
    bool isNumber = false;
    const uint64_t size = object.value(QLatin1String(key)).toString().toULongLong(&isNumber);
    return isNumber ? std::optional(size) : std::nullopt;
}

QString textIn(const QJsonObject& object, const char* key) {
    return object.value(QLatin1String(key)).toString();
}

}  // namespace

ModelEntry entryOf(const ModelCandidate& files, const ModelPreview& preview) {
    ModelEntry entry{.files = files,
                     .name = preview.config ? toQString(preview.config->name) : QString(),
                     .family = preview.config ? toQString(preview.config->family) : QString(),
                     .parameters = preview.config ? preview.config->parameters : 0,
                     .format = toQString(preview.mainFormat),
                     .licence = toQString(preview.licence),
                     .problem = toQString(preview.problem),
                     .need = preview.need,
                     .slots = preview.needSlots};
    if (entry.name.isEmpty()) {
        entry.name = QFileInfo(files.path).fileName();
    }
    return entry;
}

MemoryShare shareOn(const MemoryShare& need, const DeviceInfo& device) {
    MemoryShare share = need;
    share.device = device.name;
    share.isGpu = device.isVulkan();
    share.offered = usableBytes(device);
    return share;
}

QJsonObject toJson(const ModelEntry& entry) {
    QJsonObject object{{QStringLiteral("path"), entry.files.path},
                       {QStringLiteral("bytes"), sizeText(entry.files.bytes)},
                       {QStringLiteral("modified"), QString::number(entry.files.modified)},
                       {QStringLiteral("name"), entry.name},
                       {QStringLiteral("family"), entry.family},
                       {QStringLiteral("parameters"), sizeText(entry.parameters)},
                       {QStringLiteral("format"), entry.format},
                       {QStringLiteral("licence"), entry.licence},
                       {QStringLiteral("problem"), entry.problem}};
    if (entry.need) {
        object.insert(QStringLiteral("weights"), sizeText(entry.need->weights));
        object.insert(QStringLiteral("working"), sizeText(entry.need->working));
        object.insert(QStringLiteral("margin"), sizeText(entry.need->margin));
        object.insert(QStringLiteral("layers"), sizeText(entry.need->endLayer));
        object.insert(QStringLiteral("slots"), sizeText(entry.slots));
    }
    return object;
}

std::optional<ModelEntry> entryFromJson(const QJsonObject& object) {
    const auto bytes = sizeIn(object, "bytes");
    const auto parameters = sizeIn(object, "parameters");
    bool hasTime = false;
    const qint64 modified = textIn(object, "modified").toLongLong(&hasTime);
    ModelEntry entry{.name = textIn(object, "name"),
                     .family = textIn(object, "family"),
                     .format = textIn(object, "format"),
                     .licence = textIn(object, "licence"),
                     .problem = textIn(object, "problem")};
    entry.files.path = textIn(object, "path");
    if (!bytes || !parameters || !hasTime || entry.files.path.isEmpty() || entry.name.isEmpty()) {
        return std::nullopt;
    }
    entry.files.bytes = *bytes;
    entry.files.modified = modified;
    entry.parameters = *parameters;
    const auto weights = sizeIn(object, "weights");
    const auto working = sizeIn(object, "working");
    const auto margin = sizeIn(object, "margin");
    const auto layers = sizeIn(object, "layers");
    const auto slotCount = sizeIn(object, "slots");
    if (weights && working && margin && layers && slotCount) {
        entry.need = MemoryShare{.endLayer = static_cast<uint32_t>(*layers), .weights = *weights, .working = *working, .margin = *margin};
        entry.slots = static_cast<uint32_t>(*slotCount);
    }
    return entry;
}

}  // namespace crystallite
