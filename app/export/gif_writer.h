#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QRect>
#include <QRgb>
#include <QSize>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace crystallite {

/// GIF89a with one palette for all frames. A frame is stored as the smallest rectangle that differs from the one before it, and inside as
/// `unchanged` where it does not; equal frames are one.
class GifWriter {
public:
    using Sink = std::function<Result<void>(const QByteArray&)>;

    struct Settings {
        QSize size;                 ///< at most 65535 x 65535
        std::vector<QRgb> palette;  ///< at most 255 colours
        uint8_t unchanged = 255;    ///< an index that no pixel has
        bool loops = true;          ///< for ever; otherwise once
    };

    GifWriter(Settings settings, Sink sink) : settings_(std::move(settings)), sink_(std::move(sink)) {}

    Result<void> begin();
    /// `indexes`: one per pixel, row after row. `centiseconds` is how long it is shown.
    Result<void> addFrame(std::vector<uint8_t> indexes, uint32_t centiseconds);
    Result<void> finish();

private:
    Result<void> writeWaiting();
    [[nodiscard]] QRect changedArea() const;
    [[nodiscard]] std::vector<uint8_t> cut(const QRect& area) const;

    Settings settings_;
    Sink sink_;
    std::vector<uint8_t> shown_;    // what a reader sees before the waiting frame
    std::vector<uint8_t> waiting_;  // not written yet: it may be shown longer
    uint32_t waitingFor_ = 0;       // centiseconds
};

/// GIF's variable-length LZW of 8-bit symbols, cut into its sub-blocks, with the leading code size and the closing empty block.
[[nodiscard]] QByteArray gifLzw(std::span<const uint8_t> symbols);

}  // namespace crystallite
