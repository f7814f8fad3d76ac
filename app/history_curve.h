#pragma once

#include "app/slot_report.h"
#include "app/theme.h"

#include <QWidget>

namespace crystallite {

/// Entropy and the best guess's probability of one slot over the steps that asked about it, with the steps that changed it. A click asks
/// for the step under the pointer.
class HistoryCurve : public QWidget {
    Q_OBJECT
public:
    explicit HistoryCurve(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// `lastFrame`: where the axis of the steps ends.
    void showReport(const SlotReport& report, uint32_t lastFrame);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// The frame at this place of the axis, in this widget's coordinates.
    [[nodiscard]] uint32_t frameAt(double x) const;
    [[nodiscard]] double xOf(uint32_t frame) const;

Q_SIGNALS:
    void stepChosen(uint32_t step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QString spoken() const;
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] QFont smallFont() const;
    /// Lines through steps that follow each other; nothing is drawn over steps that did not ask.
    void paintLines(QPainter& painter) const;
    void paintChanges(QPainter& painter) const;
    void paintKey(QPainter& painter) const;

    Theme theme_ = Theme::darkTheme();
    SlotHistory history_;
    uint32_t frame_ = 0;
    uint32_t lastFrame_ = 1;
    float largestEntropy_ = 1.0F;  // top of the entropy axis, nats
};

}  // namespace crystallite
