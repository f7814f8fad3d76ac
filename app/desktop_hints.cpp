#include "app/desktop_hints.h"

#include "app/theme.h"

#include <QGuiApplication>
#include <QStyleHints>

#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
#include <QAccessibilityHints>
#endif

namespace crystallite {
namespace {

constexpr float kHighContrast = 20.0F;

Colour colourOf(const QPalette& palette, QPalette::ColorRole role) {
    const QColor colour = palette.color(QPalette::Active, role);
    return {colour.redF(), colour.greenF(), colour.blueF()};
}

}  // namespace

PartialHints hintsOf(const QPalette& palette) {
    const Colour window = colourOf(palette, QPalette::Window);
    const Colour text = colourOf(palette, QPalette::WindowText);
    const bool hasNoFills = window == colourOf(palette, QPalette::Base) && window == colourOf(palette, QPalette::Button);
    PartialHints hints;
    hints.dark = palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF();
    hints.highContrast = hasNoFills && contrastRatio(text, window) >= kHighContrast;
    return hints;
}

PartialHints hintsOfQt() {
    PartialHints hints;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme(); scheme != Qt::ColorScheme::Unknown) {
        hints.dark = scheme == Qt::ColorScheme::Dark;
    }
#endif
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    const QAccessibilityHints* accessibility = QGuiApplication::styleHints()->accessibility();
    if (accessibility->contrastPreference() != Qt::ContrastPreference::NoPreference) {
        hints.highContrast = true;
    }
#endif
#if QT_VERSION >= QT_VERSION_CHECK(6, 12, 0)
    if (accessibility->motionPreference() != Qt::MotionPreference::NoPreference) {
        hints.reducedMotion = true;
    }
#endif
    return hints;
}

DesktopHints joined(std::initializer_list<PartialHints> sources) {
    const auto first = [&sources](std::optional<bool> PartialHints::*hint) {
        for (const PartialHints& source : sources) {
            if (source.*hint) {
                return *(source.*hint);
            }
        }
        return false;
    };
    return {.dark = first(&PartialHints::dark),
            .highContrast = first(&PartialHints::highContrast),
            .reducedMotion = first(&PartialHints::reducedMotion)};
}

}  // namespace crystallite
