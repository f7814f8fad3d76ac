#pragma once

#include "app/look.h"

#include <QByteArray>

namespace crystallite {

/// Bump when docks or tool bars change; an older layout is then ignored.
inline constexpr int kLayoutVersion = 3;

/// Height of the timeline, transport included, until a person drags it.
inline constexpr int kTimelineHeight = 252;

/// What a window remembers of itself between two starts.
struct WindowLayout {
    QByteArray geometry;
    QByteArray studyState;  ///< docks and bars in Study; empty: as they are at first
    QByteArray watchState;  ///< the same in Watch
    bool study = true;
    bool coreSample = false;   ///< the layout of the canvas; else the page or board
    bool detailScale = false;  ///< what View says about the canvas
    bool beliefShifts = false;
    bool foldEnds = false;
    LookChoices look;
};

[[nodiscard]] WindowLayout loadWindowLayout();
void saveWindowLayout(const WindowLayout& layout);

}  // namespace crystallite
