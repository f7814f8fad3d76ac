#include "app/export/gif_writer.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace crystallite {
namespace {

constexpr uint32_t kSymbolBits = 8;
constexpr uint32_t kClear = 1U << kSymbolBits;
constexpr uint32_t kEnd = kClear + 1;
constexpr uint32_t kMostCodes = 4096;
constexpr int kLongestBlock = 255;
constexpr uint32_t kLongestDelay = 65535;

void addWord(QByteArray& bytes, uint32_t value) {
    bytes.append(static_cast<char>(value & 0xFFU)).append(static_cast<char>(value >> 8U & 0xFFU));
}

/// Codes of growing length, lowest bit first, in blocks of at most 255 bytes.
class CodeWriter {
public:
    void add(uint32_t code, uint32_t bits) {
        pending_ |= code << count_;
        for (count_ += bits; count_ >= 8; count_ -= 8, pending_ >>= 8U) {
            put(static_cast<char>(pending_ & 0xFFU));
        }
    }
    QByteArray finish() {
        if (count_ > 0) {
            put(static_cast<char>(pending_ & 0xFFU));
        }
        flush();
        return bytes_.append('\0');
    }

private:
    void put(char byte) {
        block_.append(byte);
        if (block_.size() == kLongestBlock) {
            flush();
        }
    }
    void flush() {
        if (!block_.isEmpty()) {
            bytes_.append(static_cast<char>(block_.size())).append(block_);
            block_.clear();
        }
    }

    uint32_t pending_ = 0;
    uint32_t count_ = 0;
    QByteArray block_;
    QByteArray bytes_ = QByteArray(1, static_cast<char>(kSymbolBits));
};

}  // namespace

QByteArray gifLzw(std::span<const uint8_t> symbols) {
    CodeWriter codes;
    std::unordered_map<uint32_t, uint32_t> table;  // (code of a string, next symbol) -> code of the longer string
    uint32_t next = kEnd + 1;
    uint32_t bits = kSymbolBits + 1;
    codes.add(kClear, bits);
    uint32_t string = symbols.empty() ? kEnd : symbols.front();
    for (const uint8_t symbol : symbols.subspan(std::min<size_t>(symbols.size(), 1))) {
        const uint32_t key = string << kSymbolBits | symbol;
        if (const auto known = table.find(key); known != table.end()) {
            string = known->second;
            continue;
        }
        codes.add(string, bits);
        if (next == kMostCodes) {
            codes.add(kClear, bits);
            table.clear();
            next = kEnd + 1;
            bits = kSymbolBits + 1;
        } else {
            // The reader learns a code one step later, so that the length grows once the code after the last one of it is taken.
            bits += next == 1U << bits ? 1U : 0U;
            table.emplace(key, next++);
        }
        string = symbol;
    }
    if (string != kEnd) {
        codes.add(string, bits);
        bits += next == 1U << bits && bits < 12 ? 1U : 0U;
    }
    codes.add(kEnd, bits);
    return codes.finish();
}

Result<void> GifWriter::begin() {
    QByteArray bytes("GIF89a");
    addWord(bytes, static_cast<uint32_t>(settings_.size.width()));
    addWord(bytes, static_cast<uint32_t>(settings_.size.height()));
    bytes.append('\xF7').append('\0').append('\0');  // a palette of 256 entries, 8 bits per channel
    for (size_t index = 0; index < 256; ++index) {
        const QRgb colour = index < settings_.palette.size() ? settings_.palette[index] : 0;
        bytes.append(static_cast<char>(qRed(colour))).append(static_cast<char>(qGreen(colour))).append(static_cast<char>(qBlue(colour)));
    }
    if (settings_.loops) {
        bytes.append("\x21\xFF\x0BNETSCAPE2.0\x03\x01", 16);
        addWord(bytes, 0);
        bytes.append('\0');
    }
    return sink_(bytes);
}

Result<void> GifWriter::addFrame(std::vector<uint8_t> indexes, uint32_t centiseconds) {
    if (!waiting_.empty() && indexes == waiting_ && waitingFor_ + centiseconds <= kLongestDelay) {
        waitingFor_ += centiseconds;
        return {};
    }
    if (const auto written = writeWaiting(); !written) {
        return written;
    }
    waiting_ = std::move(indexes);
    waitingFor_ = std::min(centiseconds, kLongestDelay);
    return {};
}

Result<void> GifWriter::finish() {
    if (const auto written = writeWaiting(); !written) {
        return written;
    }
    return sink_(QByteArray(1, '\x3B'));
}

Result<void> GifWriter::writeWaiting() {
    if (waiting_.empty()) {
        return {};
    }
    const QRect area = changedArea();
    QByteArray bytes("\x21\xF9\x04\x05", 4);  // stays as it is; one index is transparent
    addWord(bytes, waitingFor_);
    bytes.append(static_cast<char>(settings_.unchanged)).append('\0').append('\x2C');
    for (const int value : {area.x(), area.y(), area.width(), area.height()}) {
        addWord(bytes, static_cast<uint32_t>(value));
    }
    bytes.append('\0').append(gifLzw(cut(area)));
    shown_ = std::exchange(waiting_, {});
    return sink_(bytes);
}

QRect GifWriter::changedArea() const {
    if (shown_.empty()) {
        return QRect(QPoint(), settings_.size);
    }
    const int width = settings_.size.width();
    QPoint least(width, settings_.size.height());
    QPoint most(-1, -1);
    for (size_t at = 0; at < waiting_.size(); ++at) {
        if (waiting_[at] != shown_[at]) {
            const int x = static_cast<int>(at % static_cast<size_t>(width));
            const int y = static_cast<int>(at / static_cast<size_t>(width));
            least = QPoint(std::min(least.x(), x), std::min(least.y(), y));
            most = QPoint(std::max(most.x(), x), std::max(most.y(), y));
        }
    }
    return most.x() < 0 ? QRect(0, 0, 1, 1) : QRect(least, most);
}

std::vector<uint8_t> GifWriter::cut(const QRect& area) const {
    std::vector<uint8_t> symbols;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            const auto at = static_cast<size_t>(y) * static_cast<size_t>(settings_.size.width()) + static_cast<size_t>(x);
            const bool isSame = !shown_.empty() && shown_[at] == waiting_[at];
            symbols.push_back(isSame ? settings_.unchanged : waiting_[at]);
        }
    }
    return symbols;
}

}  // namespace crystallite
