#include "app/reading_text.h"

#include "app/token_text.h"
#include "engine/trace/answer_end.h"

#include <QStringDecoder>

#include <algorithm>
#include <iterator>
#include <utility>

namespace crystallite {
namespace {

/// Tokens may cut a character in two, so that the bytes of all of them are decoded as one stream.
class Reader {
public:
    void add(uint32_t position, std::string_view bytes) {
        reading_.parts.push_back({.position = position, .begin = reading_.text.size()});
        reading_.text += QString(decoder_.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size()))));
    }
    void separate(QLatin1Char with) { reading_.text += with; }
    [[nodiscard]] ReadingText take() { return std::move(reading_); }

private:
    ReadingText reading_;
    QStringDecoder decoder_{QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom};
};

ReadingText readBoard(const Trace& trace, uint32_t frame) {
    const Canvas& canvas = trace.canvas(frame);
    const uint32_t columns = trace.header().layout->columns;
    Reader reader;
    for (uint32_t slot = 0; slot < canvas.size(); ++slot) {
        if (slot > 0) {
            reader.separate(QLatin1Char(slot % columns == 0 ? '\n' : ' '));
        }
        reader.add(slot, canvas.isMasked(slot) ? kMaskText : trace.piece(canvas.token(slot)));
    }
    return reader.take();
}

}  // namespace

uint32_t ReadingText::positionAt(qsizetype index) const {
    const auto behind =
        std::upper_bound(parts.begin(), parts.end(), index, [](qsizetype wanted, const Part& part) { return wanted < part.begin; });
    return behind == parts.begin() ? 0 : std::prev(behind)->position;
}

qsizetype ReadingText::beginOf(uint32_t position) const {
    const auto part =
        std::lower_bound(parts.begin(), parts.end(), position, [](const Part& each, uint32_t wanted) { return each.position < wanted; });
    return part == parts.end() ? text.size() : part->begin;
}

ReadingText readFrame(const Trace& trace, uint32_t frame) {
    if (trace.slots() == 0) {
        return {};
    }
    if (trace.header().layout) {
        return readBoard(trace, frame);
    }
    // A leading blank keeps a mask off the word before it; a token brings its own.
    static const std::string kOpen = std::string(" ") + kMaskText;
    const Canvas& canvas = trace.canvas(frame);
    const uint32_t end = trace.promptLength() + answerEnd(trace, frame).tokens;
    Reader reader;
    for (uint32_t position = 0; position < end; ++position) {
        reader.add(position, canvas.isMasked(position) ? kOpen : trace.piece(canvas.token(position)));
    }
    return reader.take();
}

}  // namespace crystallite
