#include "app/window_layout.h"

#include <QSettings>

#include <algorithm>
#include <optional>

namespace crystallite {
namespace {

const QString kGroup = QStringLiteral("window");

std::optional<bool> choiceIn(const QSettings& settings, const QString& key) {
    return settings.contains(key) ? std::optional(settings.value(key).toBool()) : std::nullopt;
}

void keepChoice(QSettings& settings, const QString& key, std::optional<bool> choice) {
    if (choice) {
        settings.setValue(key, *choice);
    } else {
        settings.remove(key);
    }
}

}  // namespace

WindowLayout loadWindowLayout() {
    QSettings settings;
    settings.beginGroup(kGroup);
    WindowLayout layout;
    if (settings.value(QStringLiteral("version")).toInt() == kLayoutVersion) {
        layout.geometry = settings.value(QStringLiteral("geometry")).toByteArray();
        layout.studyState = settings.value(QStringLiteral("state")).toByteArray();
        layout.watchState = settings.value(QStringLiteral("watchState")).toByteArray();
    }
    const int theme = settings.value(QStringLiteral("theme")).toInt();
    layout.look.theme = static_cast<ThemeChoice>(std::clamp(theme, 0, static_cast<int>(ThemeChoice::Dark)));
    layout.look.highContrast = choiceIn(settings, QStringLiteral("highContrast"));
    layout.look.reducedMotion = choiceIn(settings, QStringLiteral("reducedMotion"));
    layout.look.textPercent = settings.value(QStringLiteral("textPercent"), layout.look.textPercent).toInt();
    layout.study = settings.value(QStringLiteral("study"), layout.study).toBool();
    layout.coreSample = settings.value(QStringLiteral("coreSample"), layout.coreSample).toBool();
    layout.detailScale = settings.value(QStringLiteral("detailScale"), layout.detailScale).toBool();
    layout.beliefShifts = settings.value(QStringLiteral("beliefShifts"), layout.beliefShifts).toBool();
    layout.foldEnds = settings.value(QStringLiteral("foldEnds"), layout.foldEnds).toBool();
    return layout;
}

void saveWindowLayout(const WindowLayout& layout) {
    QSettings settings;
    settings.beginGroup(kGroup);
    settings.setValue(QStringLiteral("version"), kLayoutVersion);
    settings.setValue(QStringLiteral("geometry"), layout.geometry);
    settings.setValue(QStringLiteral("state"), layout.studyState);
    settings.setValue(QStringLiteral("watchState"), layout.watchState);
    settings.setValue(QStringLiteral("theme"), static_cast<int>(layout.look.theme));
    keepChoice(settings, QStringLiteral("highContrast"), layout.look.highContrast);
    keepChoice(settings, QStringLiteral("reducedMotion"), layout.look.reducedMotion);
    settings.setValue(QStringLiteral("textPercent"), layout.look.textPercent);
    settings.setValue(QStringLiteral("study"), layout.study);
    settings.setValue(QStringLiteral("coreSample"), layout.coreSample);
    settings.setValue(QStringLiteral("detailScale"), layout.detailScale);
    settings.setValue(QStringLiteral("beliefShifts"), layout.beliefShifts);
    settings.setValue(QStringLiteral("foldEnds"), layout.foldEnds);
}

}  // namespace crystallite
