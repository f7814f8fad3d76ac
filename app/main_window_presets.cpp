#include "app/main_window.h"

#include "app/conversions.h"
#include "app/message_bar.h"
#include "app/preset_dialog.h"
#include "app/prompt_panel.h"

#include <QAction>

// The part of MainWindow that is about presets.

namespace crystallite {

void MainWindow::connectPresets(const FileQuestions& questions) {
    presetDialog_ = new PresetDialog(presets_,
                                     {.current = [this] { return prompt_->preset(); },
                                      .use = [this](const Preset& preset) { return prompt_->usePreset(preset); },
                                      .model = [this] { return modelReady_ ? loaded_.model : QString(); },
                                      .fileToRead = questions.presetsToRead,
                                      .fileToWrite = questions.presetsToWrite},
                                     this);
    connect(actions_.presets, &QAction::triggered, presetDialog_, &PresetDialog::open);
}

/// What a person wants this model to start with.
void MainWindow::startWithDefaults(const QString& model) {
    if (const Preset* const preset = presets_.find(presets_.defaultFor(model))) {
        if (const auto used = prompt_->usePreset(*preset); !used) {
            messages_->showMessage(MessageBar::Kind::Note, toQString(used.error().message));
        }
    }
}

}  // namespace crystallite
