#pragma once

#include "app/theme.h"

#include <QIcon>

namespace crystallite {

/// Transport symbols, drawn as shapes so that they follow the theme and every scale.
enum class TransportSymbol { First, StepBack, Play, Pause, StepForward, Last };

[[nodiscard]] QIcon transportIcon(TransportSymbol symbol, const Theme& theme, int side);

/// The program's own mark.
[[nodiscard]] QIcon applicationIcon();

}  // namespace crystallite
