#pragma once

#include "engine/base/result.h"
#include "engine/trace/decode_settings.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace crystallite {

/// A system text and the settings of a run under a name. What is left out stays as it is when the preset is used; the seed never is part
/// of one.
struct Preset {
    QString name;
    std::optional<bool> chat;       ///< sent as a chat turn, where the model has a chat format
    std::optional<QString> system;  ///< empty: none
    DecodeRequest settings;         ///< its seed means nothing
    bool builtIn = false;
};

inline constexpr int kPresetVersion = 1;
inline constexpr qsizetype kLongestPresetName = 80;
inline constexpr qsizetype kLongestSystemText = 100'000;
inline constexpr qsizetype kMostPresets = 1000;

/// The JSON that readPresets() understands. An object with
///   "format"   "crystallite-presets"
///   "version"  1
///   "presets"  a list of objects: "name" (text of 1 to 80 characters), and of these any: "chat" (flag), "system" (text), "length",
///              "steps", "block" (whole numbers from 0 to 65536), "policy", "remask", "order", "cache" (a name as on the command line),
///              "temperature" (0 to 10), "stops_at_end" (flag), "options" (an object of numbers and flags by the names of
///              decode_option.h)
/// Members with other names are not looked at.
[[nodiscard]] QByteArray writePresets(const std::vector<Preset>& presets);
/// Corrupt or Unsupported with a sentence that says which preset and member, what was expected and what is there.
[[nodiscard]] Result<std::vector<Preset>> readPresets(const QByteArray& json);

/// The ones that ship with the program.
[[nodiscard]] std::vector<Preset> builtInPresets();

}  // namespace crystallite
