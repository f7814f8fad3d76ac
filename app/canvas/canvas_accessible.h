#pragma once

namespace crystallite {

/// Teaches Qt's accessibility how to read a CanvasWidget: a list with one item per slot. Installed after Qt Quick's own factory, and once;
/// CanvasWidget calls it.
void installCanvasAccessibility();

}  // namespace crystallite
