#pragma once

#include "engine/base/result.h"

#include <QImage>
#include <QProcess>
#include <QString>

namespace crystallite {

enum class VideoFormat : uint8_t { WebM, Mp4 };

/// A film made by the system's ffmpeg, which is told the frames one by one. Nothing of it is linked.
class VideoEncoder {
public:
    /// NotFound with what to install where there is no ffmpeg; `size` is rounded up to even numbers, as the codecs ask.
    static Result<void> checkInstalled();

    VideoEncoder(VideoFormat format, QSize size, int framesPerSecond, const QString& path);
    ~VideoEncoder();
    VideoEncoder(const VideoEncoder&) = delete;
    VideoEncoder& operator=(const VideoEncoder&) = delete;

    Result<void> begin();
    /// Shown for `count` frames.
    Result<void> add(const QImage& image, uint32_t count);
    /// Waits for the rest to be encoded.
    Result<void> finish();

private:
    [[nodiscard]] Error failed();

    VideoFormat format_;
    QSize size_;
    int framesPerSecond_;
    QString path_;
    QProcess process_;
};

}  // namespace crystallite
