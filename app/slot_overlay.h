#pragma once

#include <QFrame>
#include <QPointer>
#include <QRect>

namespace crystallite {

/// A small panel that stands beside a slot, over the canvas, while a person answers it with the keyboard or the mouse. Escape and a click
/// anywhere else leave it; the focus goes back to where it was.
class SlotOverlay : public QFrame {
    Q_OBJECT
public:
    /// `canvas` is what it stands over.
    explicit SlotOverlay(QWidget* canvas);

    /// Moves `widget` below `slot`, or above it where there is more room, inside its parent.
    static void placeBeside(QWidget& widget, const QRect& slot);

public Q_SLOTS:
    void leave();

Q_SIGNALS:
    void left();

protected:
    /// Shows it with the focus on `first`.
    void showBeside(const QRect& slot, QWidget* first);
    /// Its content has another size now.
    void fitContent();
    bool eventFilter(QObject* watched, QEvent* event) override;
    // What its content leaves alone is not for the canvas below it.
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QRect slot_;
    QPointer<QWidget> before_;  // had the focus
};

}  // namespace crystallite
