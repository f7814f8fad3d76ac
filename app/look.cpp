#include "app/look.h"

#include "app/shell_style.h"

#ifdef CRYSTALLITE_PORTAL
#include "app/settings_portal.h"
#endif

#include <QApplication>
#include <QStyleHints>

#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
#include <QAccessibilityHints>
#endif

#include <algorithm>
#include <iterator>

namespace crystallite {
namespace {

/// What the desktop has needs no choice, so that the next change of the desktop is followed.
std::optional<bool> choiceOf(bool wanted, bool desktop) {
    return wanted == desktop ? std::nullopt : std::optional(wanted);
}

}  // namespace

Look::Look(QObject* parent) : QObject(parent), systemPalette_(desktopPalette(*qApp)) {
    watchQt();
    desktop_ = asked();
}

void Look::watchQt() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Look::readDesktop);
#endif
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    connect(QGuiApplication::styleHints()->accessibility(), &QAccessibilityHints::contrastPreferenceChanged, this, &Look::readDesktop);
#endif
#if QT_VERSION >= QT_VERSION_CHECK(6, 12, 0)
    connect(QGuiApplication::styleHints()->accessibility(), &QAccessibilityHints::motionPreferenceChanged, this, &Look::readDesktop);
#endif
}

void Look::follow([[maybe_unused]] const SettingsPortal* portal) {
#ifdef CRYSTALLITE_PORTAL
    const auto take = [this, portal] {
        portal_ = portal->hints();
        readDesktop();
    };
    connect(portal, &SettingsPortal::changed, this, take);
    take();
#endif
}

Theme Look::theme() const {
    const bool dark = choices_.theme == ThemeChoice::Automatic ? desktop_.dark : choices_.theme == ThemeChoice::Dark;
    return Theme::of(dark, isHighContrast());
}

void Look::setChoices(const LookChoices& choices) {
    choices_ = choices;
    const auto* const known = std::find(std::begin(kTextPercents), std::end(kTextPercents), choices.textPercent);
    choices_.textPercent = known == std::end(kTextPercents) ? 100 : *known;
    apply();
}

void Look::setTheme(ThemeChoice theme) {
    choices_.theme = theme;
    apply();
}

void Look::setHighContrast(bool on) {
    choices_.highContrast = choiceOf(on, desktop_.highContrast);
    apply();
}

void Look::setReducedMotion(bool on) {
    choices_.reducedMotion = choiceOf(on, desktop_.reducedMotion);
    apply();
}

void Look::enlargeText() {
    const auto* const larger = std::upper_bound(std::begin(kTextPercents), std::end(kTextPercents), choices_.textPercent);
    setTextPercent(larger == std::end(kTextPercents) ? choices_.textPercent : *larger);
}

void Look::shrinkText() {
    const auto* const here = std::lower_bound(std::begin(kTextPercents), std::end(kTextPercents), choices_.textPercent);
    setTextPercent(here == std::begin(kTextPercents) ? choices_.textPercent : *std::prev(here));
}

void Look::resetText() {
    setTextPercent(100);
}

void Look::setTextPercent(int percent) {
    if (percent != choices_.textPercent) {
        choices_.textPercent = percent;
        apply();
    }
}

void Look::takeWindowEvent(QEvent::Type type) {
    if (applying_) {
        return;  // our own palette arrives here as well; only the desktop's is a new fact
    }
    if (type == QEvent::ThemeChange) {
        applying_ = true;
        systemPalette_ = desktopPalette(*qApp);
        applying_ = false;
    } else if (type == QEvent::ApplicationPaletteChange) {
        systemPalette_ = QApplication::palette();
    } else {
        return;
    }
    desktop_ = asked();
    apply();
}

DesktopHints Look::asked() const {
    return joined({portal_, hintsOfQt(), hintsOf(systemPalette_)});
}

void Look::readDesktop() {
    if (const DesktopHints now = asked(); now != desktop_) {
        desktop_ = now;
        apply();
    }
}

void Look::apply() {
    applying_ = true;
    applyTheme(*qApp, theme(), choices_.textPercent);
    applying_ = false;
    Q_EMIT changed();
}

}  // namespace crystallite
