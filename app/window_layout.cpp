#include "app/window_layout.h"

#include <QSettings>

namespace crystallite {
namespace {

const QString kGroup = QStringLiteral("window");

}  // namespace

WindowLayout loadWindowLayout() {
    QSettings settings;
    settings.beginGroup(kGroup);
    WindowLayout layout;
    if (settings.value(QStringLiteral("version")).toInt() == kLayoutVersion) {
        layout.geometry = settings.value(QStringLiteral("geometry")).toByteArray();
        layout.state = settings.value(QStringLiteral("state")).toByteArray();
    }
    layout.theme = settings.value(QStringLiteral("theme"), layout.theme).toInt();
    layout.reducedMotion = settings.value(QStringLiteral("reducedMotion"), layout.reducedMotion).toBool();
    layout.study = settings.value(QStringLiteral("study"), layout.study).toBool();
    layout.coreSample = settings.value(QStringLiteral("coreSample"), layout.coreSample).toBool();
    return layout;
}

void saveWindowLayout(const WindowLayout& layout) {
    QSettings settings;
    settings.beginGroup(kGroup);
    settings.setValue(QStringLiteral("version"), kLayoutVersion);
    settings.setValue(QStringLiteral("geometry"), layout.geometry);
    settings.setValue(QStringLiteral("state"), layout.state);
    settings.setValue(QStringLiteral("theme"), layout.theme);
    settings.setValue(QStringLiteral("reducedMotion"), layout.reducedMotion);
    settings.setValue(QStringLiteral("study"), layout.study);
    settings.setValue(QStringLiteral("coreSample"), layout.coreSample);
}

}  // namespace crystallite
