#pragma once

#include "engine/trace/cache_kind.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace crystallite {

class Trace;

/// What decides how long a step takes, as far as it was measured.
struct SpeedKey {
    QString model;        ///< ModelConfig::name, for people
    QString fingerprint;  ///< of its weights: which model it is, whatever it is called
    QString format;       ///< of most of its weights
    QString device;       ///< DeviceInfo::name
    QString cache;        ///< nameOf(CacheKind)
    bool guided = false;  ///< classifier-free guidance: two passes a step
    friend bool operator==(const SpeedKey&, const SpeedKey&) = default;
};

/// The mean of a real run.
struct MeasuredSpeed {
    SpeedKey key;
    uint32_t slots = 0;         ///< of the canvas
    uint32_t steps = 0;         ///< that the mean is over
    double milliseconds = 0.0;  ///< of a step
    QDateTime when;             ///< UTC
};

/// What a finished or stopped run measured. Nothing for fewer than two steps: the first one also warms up, and is left out.
[[nodiscard]] std::optional<MeasuredSpeed> speedOf(const Trace& trace);

/// Speeds of real runs on this machine, the newest for each key and number of slots, in a JSON file. A file that cannot be understood
/// counts as none.
class MeasuredSpeeds {
public:
    /// Of this person: in AppLocalDataLocation.
    [[nodiscard]] static QString usualPath();

    explicit MeasuredSpeeds(QString path);

    /// Takes the place of an older one of the same key and slots. False where the file cannot be written; it counts until the end then.
    bool remember(const MeasuredSpeed& speed);
    /// Of this number of slots, else of the nearest one that was measured.
    [[nodiscard]] std::optional<MeasuredSpeed> find(const SpeedKey& key, uint32_t slots) const;
    /// The newest of a model on a device, whatever the rest.
    [[nodiscard]] std::optional<MeasuredSpeed> newest(const QString& model, const QString& format, const QString& device) const;

private:
    [[nodiscard]] bool save() const;

    QString path_;
    std::vector<MeasuredSpeed> speeds_;
};

}  // namespace crystallite
