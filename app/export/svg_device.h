#pragma once

#include <QByteArray>
#include <QPaintDevice>
#include <QSizeF>
#include <QString>

#include <memory>

namespace crystallite {

class SvgEngine;

/// A paint device that writes SVG 1.1: paths, solid and linear gradients, the diagonal hatch, clips, and rasters as PNG inside the file.
/// What the painter path of the canvas uses, and no more. One logical pixel is one user unit.
class SvgDevice : public QPaintDevice {
public:
    SvgDevice(QSizeF size, const QString& title);
    ~SvgDevice() override;

    [[nodiscard]] QPaintEngine* paintEngine() const override;
    /// The document, once no painter is active.
    [[nodiscard]] QByteArray document() const;

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF size_;
    QString title_;
    std::unique_ptr<SvgEngine> engine_;
};

}  // namespace crystallite
