#include "app/batch_dialog.h"
#include "app/candidate_popup.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/hand_controls.h"
#include "app/inspector.h"
#include "app/inspector_docks.h"
#include "app/inspector_section.h"
#include "app/main_window.h"
#include "app/measure_panel.h"
#include "app/message_bar.h"
#include "app/prompt_panel.h"
#include "app/screenshot_run.h"
#include "app/search_panel.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <utility>
#include <vector>

// The states that ScreenshotRun shows, each reached by the commands that a person has.

namespace crystallite {
namespace {

/// The open slot that is least decided shows most.
uint32_t leastDecided(const Trace& trace, uint32_t frame) {
    uint32_t position = trace.promptLength();
    float largest = -1.0F;
    for (const SlotBelief& belief : trace.record(frame).beliefs) {
        if (belief.entropy > largest && trace.canvas(frame).isMasked(belief.position)) {
            largest = belief.entropy;
            position = belief.position;
        }
    }
    return position;
}

/// The step that took back or exchanged most; the last one where none did.
uint32_t mostRevised(const Trace& trace) {
    uint32_t best = trace.steps();
    ptrdiff_t most = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const auto revisions = std::ranges::count_if(trace.record(step).events, [](const SlotEvent& event) {
            return event.kind == EventKind::Remask || event.kind == EventKind::Edit;
        });
        if (revisions > most) {
            most = revisions;
            best = step;
        }
    }
    return best;
}

}  // namespace

void ScreenshotRun::inspectAt(uint32_t frame) {
    window_.playback().seek(frame);
    window_.document().selectSlot(leastDecided(window_.document().trace(), frame));
}

Result<void> ScreenshotRun::takeBeforeTheRun() {
    if (const auto ready = waitForModel(); !ready) {
        return ready;
    }
    if (const auto taken = take("start"); !taken) {
        return taken;
    }
    // At once, for a small model is there a moment later.
    const auto taken = take("loading", 0, [this]() -> Result<QWidget*> {
        window_.loadModel(wishes_.model);
        return &window_;
    });
    return taken ? waitForModel() : taken;
}

Result<void> ScreenshotRun::takeSampleRun() {
    if (const auto ran = runToTheEnd([this] { return take("live"); }); !ran) {
        return ran;
    }
    const QString path = QDir(wishes_.folder).filePath(QStringLiteral("run.crystal"));
    if (!window_.files().saveTo(path)) {
        return Error{ErrorKind::Io, window_.messages().sentence().toStdString()};
    }
    files_ << path;
    return {};
}

Result<void> ScreenshotRun::takeReplay() {
    const WindowActions& actions = window_.actions();
    Playback& playback = window_.playback();
    const auto at = [&](const char* state, uint32_t frame) {
        playback.seek(frame);
        return take(state);
    };
    const uint32_t last = lastStep();
    auto taken = at("study", std::max(1U, last / 2));
    taken = taken ? at("first-step", std::min(1U, last)) : taken;
    taken = taken ? at("end", last) : taken;
    actions.foldEnds->setChecked(true);
    taken = taken ? at("folded", last * 9 / 10) : taken;
    actions.foldEnds->setChecked(false);
    actions.watch->setChecked(true);
    taken = taken ? at("watch", std::max(1U, last / 2)) : taken;
    actions.study->setChecked(true);
    actions.layoutCore->setChecked(true);
    taken = taken ? at("core-sample", last * 3 / 4) : taken;
    actions.layoutPage->setChecked(true);
    return taken;
}

Result<void> ScreenshotRun::takeInspection() {
    const WindowActions& actions = window_.actions();
    const uint32_t frame = std::max(1U, lastStep() * 2 / 5);
    inspectAt(frame);
    auto taken = take("inspector");
    std::vector<InspectorSection*> closed;
    for (InspectorSection* section : window_.inspector().findChildren<InspectorSection*>()) {
        if (!section->isOpen()) {
            closed.push_back(section);
            section->setOpen(true);
        }
    }
    taken = taken ? take("inspector-whole", kSettleMs, [this] { return Result<QWidget*>(&window_.inspector()); }) : taken;
    for (InspectorSection* section : closed) {
        section->setOpen(false);
    }
    actions.newInspector->trigger();
    window_.document().selectSlot(window_.document().trace().promptLength());
    taken = taken ? take("two-inspectors") : taken;
    window_.inspectors().closeOthers();
    window_.inspector().setLocked(false);
    actions.resetLayout->trigger();
    return taken;
}

Result<void> ScreenshotRun::takeMeasurement() {
    inspectAt(std::max(1U, lastStep() * 2 / 5));
    QAction& attention = *window_.actions().measureAttention;
    if (!attention.isEnabled()) {
        return {};  // not of this model
    }
    attention.trigger();
    if (!waitUntil([this] { return !window_.measure().isMeasuring(); })) {
        return failure(tr("The attention was not measured in time; try a smaller model."));
    }
    const auto taken = take("measure");
    window_.actions().clearMeasurement->trigger();
    window_.actions().resetLayout->trigger();
    return taken;
}

Result<void> ScreenshotRun::takeSearch() {
    const Trace& trace = window_.document().trace();
    const Canvas& end = trace.canvas(trace.steps());
    window_.actions().find->trigger();
    // A word of the answer, so that there is something to find in any run.
    window_.searchPanel().findChild<QLineEdit*>()->setText(
        QString::fromStdString(trace.piece(end.token(trace.promptLength() + 1))).trimmed());
    if (!waitUntil([this] { return !window_.searchPanel().isSearching(); })) {
        return failure(tr("The search did not end in time."));
    }
    window_.actions().findNext->trigger();
    const auto taken = take("search");
    window_.actions().resetLayout->trigger();
    return taken;
}

Result<void> ScreenshotRun::takeDialogs() {
    const WindowActions& actions = window_.actions();
    inspectAt(std::max(1U, lastStep() * 2 / 5));
    const std::pair<const char*, QAction*> dialogs[] = {{"legend", actions.legend},
                                                        {"keys", actions.keyMap},
                                                        {"run-until", actions.runUntil},
                                                        {"go-to", actions.goTo},
                                                        {"bookmark", actions.editBookmark},
                                                        {"run-information", actions.runInformation},
                                                        {"export", actions.exportRun},
                                                        {"models", actions.models},
                                                        {"presets", actions.presets},
                                                        {"noise", actions.noise},
                                                        {"log", actions.log},
                                                        {"about", actions.about}};
    for (const auto& [state, command] : dialogs) {
        if (const auto taken = takeDialog(state, *command); !taken) {
            return taken;
        }
    }
    return {};
}

/// The history, with the run that was made; a change by hand and what it leads to.
Result<void> ScreenshotRun::takeHands() {
    const WindowActions& actions = window_.actions();
    actions.findRun->trigger();
    auto taken = take("history");
    inspectAt(std::max(1U, lastStep() * 2 / 5));
    actions.candidates->trigger();
    taken = taken ? take("candidates") : taken;
    window_.hands().popup().leave();
    actions.pin->trigger();
    window_.document().selectSlot(window_.document().trace().canvas(window_.document().frame()).maskedSlots().front());
    actions.commitNext->trigger();
    auto* changes = window_.findChild<QDockWidget*>(QStringLiteral("changesDock"));
    changes->show();
    changes->raise();
    taken = taken ? take("changes") : taken;
    while (actions.undo->isEnabled()) {
        actions.undo->trigger();
    }
    actions.resetLayout->trigger();
    return taken;
}

Result<void> ScreenshotRun::takeLargeText() {
    inspectAt(std::max(1U, lastStep() * 2 / 5));
    const LookChoices usual = window_.look().choices();
    for (const auto& [state, percent] : {std::pair("text-150", 150), std::pair("text-200", 200)}) {
        LookChoices larger = window_.look().choices();
        larger.textPercent = percent;
        window_.look().setChoices(larger);
        if (const auto taken = take(state); !taken) {
            return taken;
        }
    }
    window_.look().setChoices(usual);
    letPass(kSettleMs);
    window_.actions().resetLayout->trigger();
    return {};
}

/// The same prompt with four seeds, and what they have in common.
Result<void> ScreenshotRun::takeBatch() {
    window_.promptPanel().setSettings({.temperature = 0.7, .seed = 1});
    window_.actions().batch->trigger();
    auto* dialog = window_.findChild<BatchDialog*>();
    dialog->findChild<QSpinBox*>()->setValue(4);
    dialog->findChild<QPushButton*>(QStringLiteral("startBatch"))->click();
    if (!waitUntil([dialog] { return !dialog->isRunning(); })) {
        return failure(tr("The batch did not end in time; try a smaller model."));
    }
    const auto taken = take("batch", kSettleMs, [dialog] { return Result<QWidget*>(dialog); });
    dialog->close();
    window_.promptPanel().setSettings({.seed = 1});
    return taken;
}

Result<void> ScreenshotRun::takeProblem() {
    window_.document().selectSlot(std::nullopt);
    if (window_.files().open(QStringLiteral("/runs/missing.crystal"))) {
        return failure(tr("A file that is not there was opened."));
    }
    const auto taken = take("message");
    window_.messages().hide();
    return taken;
}

/// A run that takes words back: the cracks.
Result<void> ScreenshotRun::takeRevisions() {
    window_.promptPanel().setSettings({.seed = 1, .policy = DecodePolicy::Wino});
    if (!window_.actions().run->isEnabled()) {
        return {};  // not with this model
    }
    if (const auto ran = runToTheEnd(); !ran) {
        return ran;
    }
    window_.playback().seek(mostRevised(window_.document().trace()));
    return take("revisions");
}

Result<void> ScreenshotRun::takeBoard() {
    window_.promptPanel().setSettings({.seed = 1, .policy = DecodePolicy::Llada});
    window_.loadModel({.model = "sudoku-9x9", .device = wishes_.model.device});
    if (const auto ready = waitForModel(); !ready) {
        return ready;
    }
    if (const auto ran = runToTheEnd(); !ran) {
        return ran;
    }
    inspectAt(std::max(1U, lastStep() * 2 / 5));
    return take("sudoku");
}

}  // namespace crystallite
