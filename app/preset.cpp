#include "app/preset.h"

#include "app/conversions.h"
#include "engine/trace/decode_option.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace crystallite {
namespace {

constexpr double kMostSlots = 65536.0;
const QString kFormat = QStringLiteral("crystallite-presets");

QString text(const char* latin1) {
    return QLatin1String(latin1);
}

/// Reads the members of one preset; the first that is wrong stays as the error.
class PresetReader {
public:
    explicit PresetReader(const QJsonObject& object) : object_(object) {}

    std::optional<QString> string(const char* key) {
        const QJsonValue value = object_.value(text(key));
        if (!value.isUndefined() && !value.isString()) {
            fail(key, text("a text"), value);
        }
        return value.isString() ? std::optional(value.toString()) : std::nullopt;
    }

    std::optional<bool> flag(const char* key) {
        const QJsonValue value = object_.value(text(key));
        if (!value.isUndefined() && !value.isBool()) {
            fail(key, text("true or false"), value);
        }
        return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
    }

    std::optional<uint32_t> count(const char* key) {
        const QJsonValue value = object_.value(text(key));
        const double number = value.toDouble(-1.0);
        const bool isCount = value.isDouble() && number >= 0.0 && number <= kMostSlots && number == std::floor(number);
        if (!value.isUndefined() && !isCount) {
            fail(key, text("a whole number from 0 to 65536"), value);
        }
        return isCount ? std::optional(static_cast<uint32_t>(number)) : std::nullopt;
    }

    std::optional<float> temperature() {
        const QJsonValue value = object_.value(text("temperature"));
        const bool isSound = value.isDouble() && value.toDouble() >= 0.0 && value.toDouble() <= 10.0;
        if (!value.isUndefined() && !isSound) {
            fail("temperature", text("a number from 0 to 10"), value);
        }
        return isSound ? std::optional(static_cast<float>(value.toDouble())) : std::nullopt;
    }

    template <typename Parse>
    auto named(const char* key, Parse parse) -> std::optional<std::decay_t<decltype(*parse({}))>> {
        const auto name = string(key);
        if (!name) {
            return std::nullopt;
        }
        const auto parsed = parse(name->toStdString());
        if (!parsed) {
            say(toQString(parsed.error().message));
            return std::nullopt;
        }
        return *parsed;
    }

    std::vector<OptionValue> options() {
        std::vector<OptionValue> values;
        const QJsonObject all = object_.value(text("options")).toObject();
        for (auto entry = all.begin(); entry != all.end(); ++entry) {
            const std::string name = entry.key().toStdString();
            const DecodeOption* const option = findDecodeOption(name);
            const double value = entry->isBool() ? (entry->toBool() ? 1.0 : 0.0) : entry->toDouble(std::nan(""));
            if (option == nullptr) {
                say(translate("there is no option '%1'").arg(entry.key()));
            } else if (const auto checked = option->check(value); !checked) {
                say(toQString(checked.error().message));
            } else {
                values.push_back({.name = name, .value = value});
            }
        }
        return values;
    }

    void fail(const char* key, const QString& expected, const QJsonValue& actual) {
        const QString there = QString::fromUtf8(QJsonDocument(QJsonArray{actual}).toJson(QJsonDocument::Compact)).chopped(1).mid(1, 40);
        say(translate("'%1' must be %2, not %3").arg(text(key), expected, there));
    }

    void say(const QString& problem) { problem_ = problem_.isEmpty() ? problem : problem_; }
    [[nodiscard]] const QString& problem() const { return problem_; }

private:
    QJsonObject object_;
    QString problem_;
};

Error wrong(ErrorKind kind, const QString& sentence) {
    return {kind, sentence.toStdString()};
}

Result<Preset> readPreset(const QJsonObject& object, qsizetype number) {
    PresetReader reader(object);
    Preset preset{.name = reader.string("name").value_or(QString()).simplified(),
                  .chat = reader.flag("chat"),
                  .system = reader.string("system"),
                  .settings = {.length = reader.count("length"),
                               .steps = reader.count("steps"),
                               .blockLength = reader.count("block"),
                               .order = reader.named("order", parseUnmaskOrder),
                               .temperature = reader.temperature(),
                               .policy = reader.named("policy", parseDecodePolicy),
                               .remask = reader.named("remask", parseRemaskRule),
                               .cache = reader.named("cache", parseCacheKind),
                               .stopsAtEnd = reader.flag("stops_at_end"),
                               .options = reader.options()}};
    if (preset.name.isEmpty() || preset.name.size() > kLongestPresetName) {
        reader.say(translate("its name must have 1 to %1 characters, not %2").arg(kLongestPresetName).arg(preset.name.size()));
    }
    if (preset.system && preset.system->size() > kLongestSystemText) {
        reader.say(translate("its system text must have at most %1 characters, not %2").arg(kLongestSystemText).arg(preset.system->size()));
    }
    if (!reader.problem().isEmpty()) {
        return wrong(ErrorKind::Corrupt, translate("Preset %1 cannot be used: %2.").arg(number).arg(reader.problem()));
    }
    return preset;
}

template <typename T>
void put(QJsonObject& object, const char* key, const std::optional<T>& value) {
    if (value) {
        object.insert(text(key), QJsonValue(*value));
    }
}

template <typename T>
void putName(QJsonObject& object, const char* key, const std::optional<T>& value) {
    if (value) {
        object.insert(text(key), toQString(nameOf(*value)));
    }
}

void putCount(QJsonObject& object, const char* key, std::optional<uint32_t> value) {
    if (value) {
        object.insert(text(key), static_cast<qint64>(*value));
    }
}

QJsonObject toJson(const Preset& preset) {
    QJsonObject object{{text("name"), preset.name}};
    const DecodeRequest& settings = preset.settings;
    put(object, "chat", preset.chat);
    put(object, "system", preset.system);
    putCount(object, "length", settings.length);
    putCount(object, "steps", settings.steps);
    putCount(object, "block", settings.blockLength);
    putName(object, "policy", settings.policy);
    putName(object, "remask", settings.remask);
    putName(object, "order", settings.order);
    putName(object, "cache", settings.cache);
    if (settings.temperature) {
        // The shortest decimal that gives this float back, not its binary expansion.
        object.insert(text("temperature"), QString::number(*settings.temperature).toDouble());
    }
    put(object, "stops_at_end", settings.stopsAtEnd);
    QJsonObject options;
    for (const OptionValue& value : settings.options) {
        options.insert(toQString(value.name), value.value);
    }
    if (!options.isEmpty()) {
        object.insert(text("options"), options);
    }
    return object;
}

}  // namespace

QByteArray writePresets(const std::vector<Preset>& presets) {
    QJsonArray all;
    for (const Preset& preset : presets) {
        all.append(toJson(preset));
    }
    return QJsonDocument(QJsonObject{{text("format"), kFormat}, {text("version"), kPresetVersion}, {text("presets"), all}}).toJson();
}

Result<std::vector<Preset>> readPresets(const QByteArray& json) {
    QJsonParseError parsing;
    const QJsonObject all = QJsonDocument::fromJson(json, &parsing).object();
    if (parsing.error != QJsonParseError::NoError) {
        return wrong(ErrorKind::Corrupt,
                     translate("These are no presets: the JSON is broken at byte %1 (%2). Choose a file that was exported "
                               "from Crystallite.")
                         .arg(parsing.offset)
                         .arg(parsing.errorString()));
    }
    if (all.value(text("format")).toString() != kFormat) {
        return wrong(ErrorKind::Unsupported, translate("These are no presets: 'format' must be '%1'. Choose a file that was exported from "
                                                       "Crystallite.")
                                                 .arg(kFormat));
    }
    if (const int version = all.value(text("version")).toInt(); version != kPresetVersion) {
        return wrong(ErrorKind::Unsupported,
                     translate("These presets have version %1 of the format, and this Crystallite reads version %2; use "
                               "a newer one.")
                         .arg(version)
                         .arg(kPresetVersion));
    }
    const QJsonArray list = all.value(text("presets")).toArray();
    if (list.size() > kMostPresets) {
        return wrong(ErrorKind::Unsupported,
                     translate("There are %1 presets, and at most %2 can be read; split the file.").arg(list.size()).arg(kMostPresets));
    }
    std::vector<Preset> presets;
    for (const QJsonValue& value : list) {
        auto preset = readPreset(value.toObject(), static_cast<qsizetype>(presets.size()) + 1);
        if (!preset) {
            return preset.error();
        }
        presets.push_back(std::move(*preset));
    }
    return presets;
}

std::vector<Preset> builtInPresets() {
    std::vector<Preset> presets = {
        {.name = translate("One token per step, best guess"),
         .settings = {.blockLength = 0, .order = UnmaskOrder::LowConfidence, .temperature = 0.0F, .policy = DecodePolicy::Llada}},
        {.name = translate("Left to right, block by block"),
         .settings =
             {.length = 128, .blockLength = 32, .order = UnmaskOrder::LowConfidence, .temperature = 0.0F, .policy = DecodePolicy::Llada}},
        {.name = translate("Fast: as many tokens as are sure"),
         .settings = {.temperature = 0.0F, .policy = DecodePolicy::Threshold, .options = {{.name = "threshold", .value = 0.9}}}},
        {.name = translate("Many answers: let chance speak"),
         .settings = {.order = UnmaskOrder::LowConfidence, .temperature = 0.8F, .policy = DecodePolicy::Llada}},
    };
    for (Preset& preset : presets) {
        preset.builtIn = true;
    }
    return presets;
}

}  // namespace crystallite
