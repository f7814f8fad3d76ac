#pragma once

#include <QPointF>

#include <optional>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace crystallite {

class CoreSample;

/// What the mouse does to a core sample: a drag with the left button turns it, the wheel goes nearer and farther where the pointer is, a
/// click is left to the caller.
class CoreDrag {
public:
    void press(const QMouseEvent& event);
    /// True while the block is being turned.
    bool move(CoreSample& core, const QMouseEvent& event);
    /// True when the button was pressed here and let go without a drag: a click.
    bool release();

private:
    std::optional<QPointF> from_;  // where the pointer was last
    QPointF pressed_;
    bool turning_ = false;
};

void wheelCore(CoreSample& core, const QWheelEvent& event);

/// Alt+arrows turn, Alt+plus and minus go nearer and farther, Alt+Home looks from the start again, as the menu does; the keys of the text
/// size do the same, for the text of the lit plane is as large as it is near. False: another key.
bool keyCore(CoreSample& core, const QKeyEvent& event);

}  // namespace crystallite
