#pragma once

#include <QByteArray>

namespace crystallite {

/// Bump when docks or tool bars change; an older layout is then ignored.
inline constexpr int kLayoutVersion = 2;

/// Height of the timeline, transport included, until a person drags it.
inline constexpr int kTimelineHeight = 206;

/// What a window remembers of itself between two starts.
struct WindowLayout {
    QByteArray geometry;
    QByteArray state;
    int theme = 0;
    bool reducedMotion = false;
    bool study = true;
};

[[nodiscard]] WindowLayout loadWindowLayout();
void saveWindowLayout(const WindowLayout& layout);

}  // namespace crystallite
