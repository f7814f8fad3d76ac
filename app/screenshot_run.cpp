#include "app/screenshot_run.h"

#include "app/app_options.h"
#include "app/engine_worker.h"
#include "app/main_window.h"
#include "app/message_bar.h"
#include "app/prompt_panel.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

#include <algorithm>
#include <utility>

// How pictures are taken; what is on them is in screenshot_states.cpp.

namespace crystallite {
namespace {

// Long enough for a slow machine without a GPU, short enough that a hang is noticed.
constexpr int kPatienceMs = 180'000;
constexpr int kLookMs = 10;
// While a run goes on: enough to lay out and draw, and few steps pass.
constexpr int kGlanceMs = 60;

/// ".png", or "-2x.png".
QString ending(double scale) {
    return scale == 1.0 ? QStringLiteral(".png") : QStringLiteral("-%1x.png").arg(scale);
}

}  // namespace

ScreenshotRun::ScreenshotRun(MainWindow& window, ScreenshotWishes wishes, QObject* parent)
    : QObject(parent), window_(window), wishes_(std::move(wishes)) {
    if (wishes_.themes.isEmpty()) {
        wishes_.themes << themeName(window.look().theme());
    }
}

Error ScreenshotRun::failure(const QString& sentence) {
    return {ErrorKind::Io, sentence.toStdString()};
}

void ScreenshotRun::letPass(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

bool ScreenshotRun::waitUntil(const std::function<bool()>& holds) {
    for (int waited = 0; !holds(); waited += kLookMs) {
        if (waited >= kPatienceMs) {
            return false;
        }
        letPass(kLookMs);
    }
    return true;
}

Result<QStringList> ScreenshotRun::perform() {
    if (!QDir().mkpath(wishes_.folder)) {
        return failure(tr("The folder %1 cannot be made; name another one.").arg(wishes_.folder));
    }
    using Part = Result<void> (ScreenshotRun::*)();
    for (const Part part :
         {&ScreenshotRun::takeBeforeTheRun, &ScreenshotRun::takeSampleRun, &ScreenshotRun::takeReplay, &ScreenshotRun::takeInspection,
          &ScreenshotRun::takeMeasurement, &ScreenshotRun::takeSearch, &ScreenshotRun::takeDialogs, &ScreenshotRun::takeHands,
          &ScreenshotRun::takeLargeText, &ScreenshotRun::takeProblem, &ScreenshotRun::takeBatch, &ScreenshotRun::takeRevisions,
          &ScreenshotRun::takeBoard}) {
        if (const auto taken = (this->*part)(); !taken) {
            return taken.error();
        }
    }
    return files_;
}

Result<void> ScreenshotRun::waitForModel() {
    if (!waitUntil([this] { return window_.hasModel() || !window_.messages().isHidden(); }) || !window_.hasModel()) {
        const QString reason = window_.messages().sentence();
        return failure(reason.isEmpty() ? tr("The model did not load in time; try a smaller one, or --device cpu.") : reason);
    }
    return {};
}

Result<void> ScreenshotRun::runToTheEnd(const std::function<Result<void>()>& meanwhile) {
    if (!window_.actions().run->isEnabled()) {
        return failure(window_.promptPanel().problem());
    }
    RunDocument& document = window_.document();
    bool began = false;
    const auto watched = connect(&document, &RunDocument::traceReset, this, [&began] { began = true; });
    window_.actions().run->trigger();
    const bool started = waitUntil([&] { return began; });
    disconnect(watched);
    const auto isOver = [&document] { return !document.isLive(); };
    if (started && meanwhile && waitUntil([&] { return isOver() || document.trace().steps() >= lastStep() * 2 / 5; })) {
        if (const auto taken = meanwhile(); !taken) {
            return taken.error();
        }
    }
    if (!started || !waitUntil(isOver)) {
        return failure(tr("The run did not end in time; try fewer steps, or another device."));
    }
    return document.trace().status() == RunStatus::Complete ? Result<void>() : failure(window_.messages().sentence());
}

/// Of the run while it goes on: the one that its settings plan.
uint32_t ScreenshotRun::lastStep() const {
    const Trace& trace = window_.document().trace();
    return window_.document().isLive() ? trace.header().settings.steps : trace.steps();
}

void ScreenshotRun::wear(const QString& theme) {
    LookChoices choices = window_.look().choices();
    choices.theme = theme.endsWith(QStringLiteral("dark")) ? ThemeChoice::Dark : ThemeChoice::Light;
    choices.highContrast = theme.startsWith(QStringLiteral("high-contrast"));
    if (choices != window_.look().choices()) {
        window_.look().setChoices(choices);
    }
}

Result<void> ScreenshotRun::take(const char* state, int settleMs, const Show& show) {
    for (const QString& theme : std::as_const(wishes_.themes)) {
        wear(theme);
        const auto shown = show();
        if (!shown) {
            return shown.error();
        }
        if (settleMs > 0) {
            letPass(settleMs);
        }
        const QPixmap picture = (*shown)->grab();
        const QString name = QStringLiteral("%1-%2%3").arg(QLatin1String(state), theme, ending(picture.devicePixelRatio()));
        const QString path = QDir(wishes_.folder).filePath(name);
        if (!picture.save(path, "PNG")) {
            return failure(tr("%1 cannot be written; check the folder and the space left.").arg(path));
        }
        files_ << path;
    }
    return {};
}

Result<void> ScreenshotRun::take(const char* state) {
    return take(state, window_.document().isLive() ? kGlanceMs : kSettleMs, [this] { return Result<QWidget*>(&window_); });
}

Result<void> ScreenshotRun::takeDialog(const char* state, QAction& command) {
    const auto openDialog = [this]() -> QDialog* {
        const QList<QDialog*> dialogs = window_.findChildren<QDialog*>();
        const auto open = std::ranges::find_if(dialogs, &QDialog::isVisible);
        return open == dialogs.end() ? nullptr : *open;
    };
    const auto close = [&] {
        if (QDialog* dialog = openDialog()) {
            dialog->close();
        }
    };
    // Anew for every theme, for some take their colours when they are opened.
    const auto taken = take(state, kSettleMs, [&]() -> Result<QWidget*> {
        close();
        command.trigger();
        if (!waitUntil([&] { return openDialog() != nullptr; })) {
            return failure(tr("The command %1 opened nothing.").arg(command.iconText()));
        }
        return openDialog();
    });
    close();
    return taken;
}

}  // namespace crystallite
