#pragma once

namespace crystallite {

/// Picks what Qt Quick draws with: Vulkan where an instance can be made on this platform, else OpenGL, else software. QSG_RHI_BACKEND and
/// QT_QUICK_BACKEND are respected. Call once, after QApplication is built and before the first window.
void chooseGraphicsApi();

}  // namespace crystallite
