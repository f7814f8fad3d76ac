#pragma once

#include "app/model_preview.h"

#include <QWidget>

namespace crystallite {

/// What a device is to hold of what it offers: weights, working memory and margin end to end, each with a pattern of its own, and a mark
/// where the device's offer ends.
class MemoryBar : public QWidget {
    Q_OBJECT
public:
    explicit MemoryBar(QWidget* parent = nullptr);

    void setShare(const MemoryShare& share);

    [[nodiscard]] QSize sizeHint() const override { return {240, 14}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 14}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    MemoryShare share_;
};

}  // namespace crystallite
