#include "app/chat_fields.h"
#include "app/conversions.h"
#include "app/prompt_panel.h"

#include <QLineEdit>

#include <algorithm>
#include <utility>

// The part of PromptPanel that takes and gives presets.

namespace crystallite {

Preset PromptPanel::preset() const {
    DecodeRequest settings = request().wanted;
    settings.seed = 0;
    settings.cache = chosenCache_;  // what suits the model is no choice of anybody
    return {.name = {}, .chat = chat_->isChat(), .system = chat_->system(), .settings = std::move(settings)};
}

Result<void> PromptPanel::usePreset(const Preset& preset) {
    const std::optional<DecodePolicy> policy = preset.settings.policy;
    if (policy && !policies_.empty() && std::find(policies_.begin(), policies_.end(), *policy) == policies_.end()) {
        return Error{ErrorKind::InvalidArgument,
                     tr("The preset '%1' asks for the policy '%2', which cannot run this model; choose another preset or model.")
                         .arg(preset.name, toQString(nameOf(*policy)))
                         .toStdString()};
    }
    DecodeRequest wanted = preset.settings;
    wanted.seed = seed_->text().toULongLong();
    setSettings(wanted);
    chat_->set(preset.chat.value_or(chat_->isChat()), preset.system.value_or(chat_->system()));
    return {};
}

}  // namespace crystallite
