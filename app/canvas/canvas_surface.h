#pragma once

#include <QQuickWidget>

namespace crystallite {

/// The scene graph of the canvas, as a widget of the window. A QQuickWidget of its own accord draws 5 ms after it was asked to, in the hope
/// of more to come; by then the rest of the window has gone to the screen, and the whole window goes there a second time
/// (decisions/0012). This one draws together with the other widgets.
class CanvasSurface : public QQuickWidget {
public:
    explicit CanvasSurface(QWidget* parent);

    /// Draws what the items asked for when everything that happens now has happened, and before the window goes to the screen. Without a
    /// request of an item nothing is drawn.
    void drawWithTheWindow();

private:
    void drawNow();

    bool isAsked_ = false;
};

}  // namespace crystallite
