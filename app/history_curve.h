#pragma once

#include "app/slot_report.h"
#include "app/theme.h"

#include <QWidget>

namespace crystallite {

/// Entropy and the best guess's probability of one slot over the steps in which it was masked.
class HistoryCurve : public QWidget {
    Q_OBJECT
public:
    explicit HistoryCurve(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showReport(const SlotReport& report, uint32_t lastFrame, float largestEntropy);
    QSize sizeHint() const override { return {220, 86}; }
    QSize minimumSizeHint() const override { return {120, 86}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString spoken() const;

    Theme theme_ = Theme::darkTheme();
    std::vector<SlotMoment> moments_;
    uint32_t frame_ = 0;
    uint32_t lastFrame_ = 0;
    float largestEntropy_ = 1.0F;  // top of the entropy axis, nats
};

}  // namespace crystallite
