#include "app/measured_speeds.h"

#include "app/conversions.h"
#include "app/json_list.h"
#include "engine/trace/trace.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>
#include <utility>

namespace crystallite {
namespace {

const QString kListName = QStringLiteral("speeds");
constexpr int kVersion = 1;
constexpr qint64 kLargest = 4'000'000;
constexpr size_t kMost = 2000;  // the oldest make room

QJsonObject toJson(const MeasuredSpeed& speed) {
    return {{QStringLiteral("model"), speed.key.model},
            {QStringLiteral("fingerprint"), speed.key.fingerprint},
            {QStringLiteral("format"), speed.key.format},
            {QStringLiteral("device"), speed.key.device},
            {QStringLiteral("cache"), speed.key.cache},
            {QStringLiteral("guided"), speed.key.guided},
            {QStringLiteral("slots"), static_cast<qint64>(speed.slots)},
            {QStringLiteral("steps"), static_cast<qint64>(speed.steps)},
            {QStringLiteral("milliseconds"), speed.milliseconds},
            {QStringLiteral("when"), speed.when.toUTC().toString(Qt::ISODate)}};
}

std::optional<MeasuredSpeed> speedFromJson(const QJsonObject& object) {
    MeasuredSpeed speed;
    speed.key = {.model = object.value(QStringLiteral("model")).toString(),
                 .fingerprint = object.value(QStringLiteral("fingerprint")).toString(),
                 .format = object.value(QStringLiteral("format")).toString(),
                 .device = object.value(QStringLiteral("device")).toString(),
                 .cache = object.value(QStringLiteral("cache")).toString(),
                 .guided = object.value(QStringLiteral("guided")).toBool()};
    const qint64 slotCount = object.value(QStringLiteral("slots")).toInteger();
    const qint64 steps = object.value(QStringLiteral("steps")).toInteger();
    speed.milliseconds = object.value(QStringLiteral("milliseconds")).toDouble();
    speed.when = QDateTime::fromString(object.value(QStringLiteral("when")).toString(), Qt::ISODate);
    const bool isSound = !speed.key.model.isEmpty() && !speed.key.device.isEmpty() && slotCount > 0 && slotCount <= UINT32_MAX &&
                         steps > 0 && steps <= UINT32_MAX && std::isfinite(speed.milliseconds) && speed.milliseconds > 0.0 &&
                         speed.when.isValid();
    speed.slots = isSound ? static_cast<uint32_t>(slotCount) : 0;
    speed.steps = isSound ? static_cast<uint32_t>(steps) : 0;
    return isSound ? std::optional(speed) : std::nullopt;
}

uint32_t distance(uint32_t a, uint32_t b) {
    return a > b ? a - b : b - a;
}

}  // namespace

std::optional<MeasuredSpeed> speedOf(const Trace& trace) {
    double sum = 0.0;
    uint32_t steps = 0;
    // What a branch shares with its parent was computed some other time.
    const uint32_t shared = trace.header().origin ? trace.header().origin->step : 0;
    for (uint32_t step = shared + 2; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        if (record.forwardPasses > 0 && std::isfinite(record.milliseconds)) {
            sum += record.milliseconds;
            ++steps;
        }
    }
    const TraceHeader& header = trace.header();
    if (steps == 0 || sum <= 0.0) {
        return std::nullopt;
    }
    return MeasuredSpeed{.key = {.model = toQString(header.modelName),
                                 .fingerprint = toQString(header.modelFingerprint),
                                 .format = toQString(header.modelFormat),
                                 .device = toQString(header.device),
                                 .cache = toQString(nameOf(header.settings.cache)),
                                 .guided = header.settings.cfgScale > 0.0},
                         .slots = trace.slots(),
                         .steps = steps,
                         .milliseconds = sum / steps,
                         .when = QDateTime::currentDateTimeUtc()};
}

QString MeasuredSpeeds::usualPath() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)).filePath(QStringLiteral("speeds.json"));
}

MeasuredSpeeds::MeasuredSpeeds(QString path) : path_(std::move(path)) {
    for (const QJsonValue& value : readJsonList(path_, kListName, kVersion, kLargest)) {
        if (const auto speed = speedFromJson(value.toObject())) {
            speeds_.push_back(*speed);
        }
    }
}

bool MeasuredSpeeds::remember(const MeasuredSpeed& speed) {
    std::erase_if(speeds_, [&](const MeasuredSpeed& old) { return old.key == speed.key && old.slots == speed.slots; });
    speeds_.push_back(speed);
    if (speeds_.size() > kMost) {
        speeds_.erase(speeds_.begin(), speeds_.end() - static_cast<std::ptrdiff_t>(kMost));
    }
    return save();
}

std::optional<MeasuredSpeed> MeasuredSpeeds::find(const SpeedKey& key, uint32_t slotCount) const {
    const MeasuredSpeed* best = nullptr;
    for (const MeasuredSpeed& speed : speeds_) {
        if (speed.key == key && (best == nullptr || distance(speed.slots, slotCount) < distance(best->slots, slotCount))) {
            best = &speed;
        }
    }
    return best == nullptr ? std::nullopt : std::optional(*best);
}

std::optional<MeasuredSpeed> MeasuredSpeeds::newest(const QString& model, const QString& format, const QString& device) const {
    const auto found = std::find_if(speeds_.rbegin(), speeds_.rend(), [&](const MeasuredSpeed& speed) {
        return speed.key.model == model && speed.key.format == format && speed.key.device == device;
    });
    return found == speeds_.rend() ? std::nullopt : std::optional(*found);
}

bool MeasuredSpeeds::save() const {
    QJsonArray all;
    for (const MeasuredSpeed& speed : speeds_) {
        all.append(toJson(speed));
    }
    return writeJsonList(path_, kListName, kVersion, all);
}

}  // namespace crystallite
