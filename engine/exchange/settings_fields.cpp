#include "engine/exchange/settings_fields.h"

#include "engine/trace/decode_option.h"

namespace crystallite {

std::vector<SettingsField> settingsFields(const DecodeSettings& settings) {
    const auto whole = [](uint32_t value) { return uint64_t{value}; };
    std::vector<SettingsField> fields = {{"length", whole(settings.length)},
                                         {"steps", whole(settings.steps)},
                                         {"block_length", whole(settings.effectiveBlockLength())},
                                         {"policy", std::string(nameOf(settings.policy))},
                                         {"cache", std::string(nameOf(settings.cache))},
                                         {"order", std::string(nameOf(settings.order))},
                                         {"temperature", settings.temperature},
                                         {"seed", settings.seed}};
    if (settings.policy == DecodePolicy::Remdm) {
        fields.push_back({"remask", std::string(nameOf(settings.remask))});
    }
    if (settings.stopsAtEnd) {
        fields.push_back({"stops_at_end", true});
    }
    for (const DecodeOption& option : decodeOptions()) {
        if (!option.appliesTo(settings)) {
            continue;
        }
        const double value = option.valueIn(settings);
        SettingsField field{std::string(option.name), value};
        if (option.isFlag()) {
            field.value = value != 0.0;
        } else if (option.isWhole()) {
            field.value = static_cast<uint64_t>(value);
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

}  // namespace crystallite
