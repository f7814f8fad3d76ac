#include "app/canvas/glyph_atlas.h"

#include <QPainter>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <vector>

namespace crystallite {

namespace {

constexpr int kAtlasWidth = 2048;
constexpr int kInitialHeight = 512;
constexpr int kGreatestHeight = 4096;  // every Vulkan device has 4096 (minimum of maxImageDimension2D)
constexpr int kGutter = 1;             // keeps bilinear reads from touching the neighbour

/// Stretches coverage so that the densest texel is opaque again: blur then softens the edge and leaves the opacity, which is bound to
/// another number, to be read at the middle of a stroke.
void restorePeak(QImage& image) {
    int peak = 1;
    for (int y = 0; y < image.height(); ++y) {
        const std::span line(image.constScanLine(y), static_cast<size_t>(image.width()));
        peak = std::max<int>(peak, std::ranges::max(line));
    }
    for (int y = 0; y < image.height(); ++y) {
        for (uchar& texel : std::span(image.scanLine(y), static_cast<size_t>(image.width()))) {
            texel = static_cast<uchar>(texel * 255 / peak);
        }
    }
}

/// Separable Gaussian over an alpha image, with `sigma` in pixels; the image must have a border of 3 sigma.
void blurAlpha(QImage& image, float sigma) {
    const int radius = static_cast<int>(std::ceil(3.0F * sigma));
    std::vector<float> kernel(static_cast<size_t>(2 * radius + 1));
    float sum = 0.0F;
    for (int i = -radius; i <= radius; ++i) {
        const float weight = std::exp(-0.5F * static_cast<float>(i * i) / (sigma * sigma));
        kernel[static_cast<size_t>(i + radius)] = weight;
        sum += weight;
    }
    const int width = image.width();
    const int height = image.height();
    std::vector<float> rows(static_cast<size_t>(width) * static_cast<size_t>(height));
    const auto at = [&](int x, int y) -> float& {
        return rows[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
    };
    for (int y = 0; y < height; ++y) {
        const uchar* line = image.constScanLine(y);
        for (int x = 0; x < width; ++x) {
            float value = 0.0F;
            for (int i = std::max(-radius, -x); i <= std::min(radius, width - 1 - x); ++i) {
                value += kernel[static_cast<size_t>(i + radius)] * static_cast<float>(line[x + i]);
            }
            at(x, y) = value / sum;
        }
    }
    for (int y = 0; y < height; ++y) {
        uchar* line = image.scanLine(y);
        for (int x = 0; x < width; ++x) {
            float value = 0.0F;
            for (int i = std::max(-radius, -y); i <= std::min(radius, height - 1 - y); ++i) {
                value += kernel[static_cast<size_t>(i + radius)] * at(x, y + i);
            }
            line[x] = static_cast<uchar>(std::lround(std::clamp(value / sum, 0.0F, 255.0F)));
        }
    }
}

/// image = core * image + (1 - core) * soft; both of one size.
void mixCoverage(QImage& image, const QImage& soft, float core) {
    for (int y = 0; y < image.height(); ++y) {
        uchar* line = image.scanLine(y);
        const uchar* other = soft.constScanLine(y);
        for (int x = 0; x < image.width(); ++x) {
            line[x] = static_cast<uchar>(std::lround(core * static_cast<float>(line[x]) + (1.0F - core) * static_cast<float>(other[x])));
        }
    }
}

QImage blankAtlas(int height) {
    QImage image(kAtlasWidth, height, QImage::Format_Alpha8);
    image.fill(0);
    return image;
}

}  // namespace

size_t GlyphKeyHash::operator()(const GlyphKey& key) const noexcept {
    uint64_t value = (static_cast<uint64_t>(key.id.index) << 32U) | (static_cast<uint64_t>(key.id.font) << 20U) |
                     (static_cast<uint64_t>(key.id.source) << 18U) | (static_cast<uint64_t>(key.halfPixels) << 6U) |
                     (static_cast<uint64_t>(key.phase) << 3U) | key.blur;
    value ^= value >> 31U;
    value *= 0x9E3779B97F4A7C15ULL;  // 2^64 over the golden ratio, Knuth's multiplicative hash
    return static_cast<size_t>(value ^ (value >> 29U));
}

uint8_t blurLevel(float blur) {
    return static_cast<uint8_t>(std::lround(std::clamp(blur, 0.0F, 1.0F) * static_cast<float>(kBlurLevels - 1)));
}

GlyphAtlas::GlyphAtlas(const TextShaper& shaper) : shaper_(shaper), image_(blankAtlas(kInitialHeight)) {}

const GlyphRaster& GlyphAtlas::raster(const GlyphKey& key) {
    const auto found = rasters_.find(key);
    return found != rasters_.end() ? found->second : rasters_.emplace(key, rasterise(key)).first->second;
}

std::optional<GlyphPlace> GlyphAtlas::placeAt(QPoint texel) const {
    const auto found = std::ranges::find_if(rasters_, [texel](const auto& entry) { return entry.second.texels.contains(texel); });
    return found == rasters_.end() ? std::nullopt : std::optional(GlyphPlace{.key = found->first, .raster = found->second});
}

QPainterPath GlyphAtlas::outline(const GlyphKey& key) const {
    const double pixels = key.halfPixels / 2.0;
    QPainterPath path;
    double scale = pixels;
    switch (key.id.source) {
        case GlyphId::Source::Font:
            path = shaper_.font(key.id.font).pathForGlyph(key.id.index);
            path.setFillRule(Qt::WindingFill);  // contours of a font may overlap
            scale = pixels / TextShaper::kReferencePixels;
            break;
        case GlyphId::Source::Symbol: path = symbolPath(static_cast<Symbol>(key.id.index)); break;
        case GlyphId::Source::HexBox: path = hexBoxPath(key.id.hexBox()); break;
    }
    return QTransform::fromTranslate(key.phase / static_cast<double>(kGlyphPhases), 0.0).scale(scale, scale).map(path);
}

GlyphPicture GlyphAtlas::sharp(const GlyphKey& key) const {
    const QPainterPath path = outline(key);
    if (path.isEmpty()) {
        if (key.id.source != GlyphId::Source::Font) {
            return {};
        }
        QRawFont font = shaper_.font(key.id.font);
        font.setPixelSize(key.halfPixels / 2.0);
        return pictureOfGlyph(font, key.id.index);
    }
    const QRect bounds = path.boundingRect().toAlignedRect();
    GlyphPicture picture{.coverage = QImage(bounds.size(), QImage::Format_Alpha8), .origin = bounds.topLeft()};
    picture.coverage.fill(0);
    QPainter painter(&picture.coverage);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-bounds.topLeft());
    painter.fillPath(path, Qt::black);
    return picture;
}

GlyphRaster GlyphAtlas::rasterise(const GlyphKey& key) {
    GlyphPicture picture = sharp(key);
    if (picture.coverage.isNull()) {
        return {};
    }
    if (key.blur > 0) {
        const float level = static_cast<float>(key.blur) / (kBlurLevels - 1);
        const float sigma = kWidestBlur * static_cast<float>(key.halfPixels) / 2.0F * level;
        const int border = static_cast<int>(std::ceil(3.0F * sigma));
        picture.coverage = picture.coverage.copy(picture.coverage.rect().adjusted(-border, -border, border, border));
        picture.origin -= QPoint(border, border);
        QImage soft = picture.coverage;
        blurAlpha(soft, sigma);
        mixCoverage(picture.coverage, soft, 1.0F - (1.0F - kCore) * level);
        restorePeak(picture.coverage);
    }
    const QImage& mask = picture.coverage;
    const QPoint place = reserve(mask.size());
    if (full_) {
        return {};
    }
    for (int y = 0; y < mask.height(); ++y) {
        std::memcpy(image_.scanLine(place.y() + y) + place.x(), mask.constScanLine(y), static_cast<size_t>(mask.width()));
    }
    ++revision_;
    return {.texels = QRect(place, mask.size()), .origin = picture.origin};
}

QPoint GlyphAtlas::reserve(QSize size) {
    if (shelf_.x() + size.width() + kGutter > kAtlasWidth) {
        shelf_ = QPoint(0, shelf_.y() + shelfHeight_ + kGutter);
        shelfHeight_ = 0;
    }
    int height = image_.height();
    while (shelf_.y() + size.height() + kGutter > height && height < kGreatestHeight) {
        height *= 2;
    }
    if (shelf_.y() + size.height() + kGutter > height || size.width() > kAtlasWidth) {
        full_ = true;
        return {};
    }
    if (height != image_.height()) {
        image_ = image_.copy(0, 0, kAtlasWidth, height);  // copy() fills what lies outside with 0
    }
    const QPoint place = shelf_;
    shelf_.rx() += size.width() + kGutter;
    shelfHeight_ = std::max(shelfHeight_, size.height());
    return place;
}

void GlyphAtlas::clear() {
    rasters_.clear();
    image_ = blankAtlas(kInitialHeight);
    shelf_ = {};
    shelfHeight_ = 0;
    full_ = false;
    ++revision_;
}

}  // namespace crystallite
