#include "app/export/video_encoder.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStandardPaths>
#include <QStringList>

namespace crystallite {
namespace {

constexpr int kPatienceMs = 30'000;
constexpr qint64 kMostWaiting = 16 * 1024 * 1024;  // bytes that the encoder has not taken yet

QString program() {
    return QStandardPaths::findExecutable(QStringLiteral("ffmpeg"));
}

QString translate(const char* text) {
    return QCoreApplication::translate("crystallite::VideoEncoder", text);
}

int evenOf(int length) {
    return length + length % 2;
}

QStringList codecOf(VideoFormat format) {
    if (format == VideoFormat::WebM) {
        return {QStringLiteral("-c:v"), QStringLiteral("libvpx-vp9"), QStringLiteral("-crf"), QStringLiteral("24"),
                QStringLiteral("-b:v"), QStringLiteral("0"),          QStringLiteral("-f"),   QStringLiteral("webm")};
    }
    return {QStringLiteral("-c:v"),      QStringLiteral("libx264"),    QStringLiteral("-crf"), QStringLiteral("20"),
            QStringLiteral("-movflags"), QStringLiteral("+faststart"), QStringLiteral("-f"),   QStringLiteral("mp4")};
}

}  // namespace

Result<void> VideoEncoder::checkInstalled() {
    if (!program().isEmpty()) {
        return {};
    }
    return Error{
        .kind = ErrorKind::NotFound,
        .message = translate("A film needs the program ffmpeg, which is not installed; install the package ffmpeg, or export a GIF.")
                       .toStdString()};
}

VideoEncoder::VideoEncoder(VideoFormat format, QSize size, int framesPerSecond, const QString& path)
    : format_(format), size_(evenOf(size.width()), evenOf(size.height())), framesPerSecond_(framesPerSecond), path_(path) {}

VideoEncoder::~VideoEncoder() {
    if (process_.state() != QProcess::NotRunning) {
        process_.kill();
        process_.waitForFinished(kPatienceMs);
    }
}

Result<void> VideoEncoder::begin() {
    if (const auto installed = checkInstalled(); !installed) {
        return installed;
    }
    QStringList arguments{QStringLiteral("-hide_banner"), QStringLiteral("-loglevel"),
                          QStringLiteral("error"),        QStringLiteral("-y"),
                          QStringLiteral("-f"),           QStringLiteral("rawvideo"),
                          QStringLiteral("-pix_fmt"),     QStringLiteral("rgb24"),
                          QStringLiteral("-video_size"),  QStringLiteral("%1x%2").arg(size_.width()).arg(size_.height()),
                          QStringLiteral("-framerate"),   QString::number(framesPerSecond_),
                          QStringLiteral("-i"),           QStringLiteral("-")};
    arguments << codecOf(format_) << QStringLiteral("-pix_fmt") << QStringLiteral("yuv420p") << path_;
    process_.setStandardOutputFile(QProcess::nullDevice());
    process_.start(program(), arguments);
    return process_.waitForStarted(kPatienceMs) ? Result<void>() : failed();
}

Result<void> VideoEncoder::add(const QImage& image, uint32_t count) {
    QImage frame(size_, QImage::Format_RGB888);
    frame.fill(image.pixelColor(0, 0));
    QImage plain = image;
    plain.setDevicePixelRatio(1.0);
    QPainter(&frame).drawImage(0, 0, plain);
    QByteArray bytes;
    for (int y = 0; y < frame.height(); ++y) {
        bytes.append(reinterpret_cast<const char*>(frame.constScanLine(y)), 3 * frame.width());
    }
    for (uint32_t shown = 0; shown < count; ++shown) {
        if (process_.write(bytes) != bytes.size()) {
            return failed();
        }
        while (process_.bytesToWrite() > kMostWaiting) {
            if (!process_.waitForBytesWritten(kPatienceMs)) {
                return failed();
            }
        }
    }
    return {};
}

Result<void> VideoEncoder::finish() {
    process_.closeWriteChannel();
    // A long film takes its time; a program that does nothing at all is given up.
    while (process_.state() != QProcess::NotRunning) {
        if (!process_.waitForFinished(kPatienceMs) && process_.bytesToWrite() > 0) {
            return failed();
        }
    }
    const bool isDone = process_.exitStatus() == QProcess::NormalExit && process_.exitCode() == 0;
    return isDone ? Result<void>() : failed();
}

Error VideoEncoder::failed() {
    process_.waitForFinished(100);
    const QString said = QString::fromLocal8Bit(process_.readAllStandardError()).trimmed().section(QLatin1Char('\n'), -1);
    const QString reason = said.isEmpty() ? process_.errorString() : said;
    return {.kind = ErrorKind::Io, .message = translate("ffmpeg could not make %1: %2").arg(path_, reason).toStdString()};
}

}  // namespace crystallite
