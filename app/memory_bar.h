#pragma once

#include "app/model_preview.h"

#include <QWidget>

#include <optional>

namespace crystallite {

/// What a model needs of what a device offers: weights, working memory and margin end to end, each with a pattern of its own, and a mark
/// where the device's offer ends.
class MemoryBar : public QWidget {
    Q_OBJECT
public:
    explicit MemoryBar(QWidget* parent = nullptr);

    /// Nothing: an empty bar.
    void setNeed(const std::optional<MemoryNeed>& need, uint64_t usableBytes);

    [[nodiscard]] QSize sizeHint() const override { return {240, 14}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 14}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<MemoryNeed> need_;
    uint64_t usable_ = 0;
};

}  // namespace crystallite
