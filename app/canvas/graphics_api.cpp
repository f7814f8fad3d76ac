#include "app/canvas/graphics_api.h"

#include <QGuiApplication>
#include <QQuickWindow>
#include <QSGRendererInterface>
#include <QVulkanInstance>

namespace crystallite {

namespace {

bool vulkanCanPresent() {
    // The offscreen platform has no Vulkan and says so with a warning on every try.
    const QString platform = QGuiApplication::platformName();
    if (platform == QStringLiteral("offscreen") || platform == QStringLiteral("minimal")) {
        return false;
    }
    QVulkanInstance probe;
    return probe.create();
}

}  // namespace

void chooseGraphicsApi() {
    if (qEnvironmentVariableIsSet("QSG_RHI_BACKEND") || qEnvironmentVariableIsSet("QT_QUICK_BACKEND")) {
        return;
    }
    if (vulkanCanPresent()) {
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Vulkan);
    }
}

}  // namespace crystallite
