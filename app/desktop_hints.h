#pragma once

#include <QPalette>

#include <initializer_list>
#include <optional>

namespace crystallite {

/// What the desktop asks of every window.
struct DesktopHints {
    bool dark = false;
    bool highContrast = false;
    bool reducedMotion = false;
    friend bool operator==(const DesktopHints&, const DesktopHints&) = default;
};

/// What one source knows; nothing where it is silent.
struct PartialHints {
    std::optional<bool> dark;
    std::optional<bool> highContrast;
    std::optional<bool> reducedMotion;
    friend bool operator==(const PartialHints&, const PartialHints&) = default;
};

/// All that a palette gives away. High contrast: text at 20:1 or more on a ground that windows, fields and buttons share, as the
/// high-contrast themes of the desktops have it and no other one.
[[nodiscard]] PartialHints hintsOf(const QPalette& palette);
/// What this version of Qt knows besides the palette: the colour scheme since 6.5, contrast since 6.10, motion since 6.12.
[[nodiscard]] PartialHints hintsOfQt();
/// Takes each hint from the first source that has it; what none has is no wish.
[[nodiscard]] DesktopHints joined(std::initializer_list<PartialHints> sources);

}  // namespace crystallite
