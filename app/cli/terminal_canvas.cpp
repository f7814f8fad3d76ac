#include "app/cli/terminal_canvas.h"

#include "app/cli/text_width.h"

#include <algorithm>

namespace crystallite::cli {
namespace {

constexpr float kLeastGuess = 0.10F;  // ux.md 4.6: below it a guess is not drawn
constexpr const char* kMaskMark = "░░";
constexpr const char* kReset = "\x1b[0m";

struct Cell {
    std::string text;         // printable
    const char* colour = "";  // SGR sequence, or empty
    bool endsLine = false;
};

Cell decorated(std::string text, const TerminalStyle& style, const char* colour, const char* open, const char* close) {
    if (style.colour) {
        return {.text = std::move(text), .colour = colour};
    }
    return {.text = open + std::move(text) + close};
}

Cell maskedCell(const Trace& trace, const SlotBelief* belief, const TerminalStyle& style) {
    if (belief == nullptr || belief->candidates.front().probability < kLeastGuess) {
        return decorated(kMaskMark, style, "\x1b[38;5;240m", "", "");
    }
    return decorated(printable(trace.piece(belief->candidates.front().id)), style, "\x1b[38;5;75m", "(", ")");
}

Cell visibleCell(const Trace& trace, uint32_t position, uint32_t frame, const TerminalStyle& style) {
    const Canvas& canvas = trace.canvas(frame);
    const std::string& piece = trace.piece(canvas.token(position));
    std::string text = printable(piece);
    const auto change = trace.lastChange(position, frame);
    Cell cell;
    if (change && change->step == frame) {
        cell = decorated(std::move(text), style, "\x1b[1;38;5;220m", "[", "]");
    } else if (canvas.region(position) == SlotRegion::Prompt || trace.isControl(canvas.token(position))) {
        cell = decorated(std::move(text), style, "\x1b[2m", "", "");
    } else {
        cell = {.text = std::move(text)};
    }
    cell.endsLine = !piece.empty() && piece.back() == '\n';
    return cell;
}

/// Slots [position, result) are visible end tokens: they are folded into one cell with their count.
uint32_t endOfEndRun(const Trace& trace, const Canvas& canvas, uint32_t position) {
    while (position < canvas.textLength() && !canvas.isMasked(position) && trace.isEnd(canvas.token(position))) {
        ++position;
    }
    return position;
}

class LineWriter {
public:
    explicit LineWriter(const TerminalStyle& style) : style_(style) {}

    void add(const Cell& cell) {
        const uint32_t width = std::min(textWidth(cell.text), style_.columns);
        if (column_ > 0 && column_ + width > style_.columns) {
            breakLine();
        }
        out_ += cell.colour + cell.text + (*cell.colour != '\0' ? kReset : "");
        column_ += width;
        if (cell.endsLine) {
            breakLine();
        }
    }

    void endLine() { breakLine(); }

    std::string take() {
        if (column_ > 0) {
            breakLine();
        }
        return std::move(out_);
    }

private:
    void breakLine() {
        out_ += style_.colour ? "\x1b[K\n" : "\n";
        column_ = 0;
    }

    TerminalStyle style_;
    std::string out_;
    uint32_t column_ = 0;
};

/// Cells of one column each, so that the rows stand under each other.
std::string drawBoard(const Trace& trace, uint32_t frame, const GridLayout& board, const TerminalStyle& style) {
    const Canvas& canvas = trace.canvas(frame);
    LineWriter lines(style);
    for (uint32_t slot = 0; slot < canvas.size(); ++slot) {
        const uint32_t column = slot % board.columns;
        if (column > 0) {
            lines.add({.text = column % board.boxColumns == 0 ? "  " : " "});
        } else if (slot > 0) {
            lines.endLine();
            if (slot / board.columns % board.boxRows == 0) {
                lines.endLine();
            }
        }
        const bool given = canvas.region(slot) == SlotRegion::Pinned;
        if (canvas.isMasked(slot)) {
            Cell cell =
                maskedCell(trace, frame > 0 ? trace.belief(frame, slot, frame) : nullptr, {.columns = style.columns, .colour = true});
            // Without colour a guess would look like a committed digit.
            lines.add(style.colour && cell.text != kMaskMark ? cell : Cell{.text = "."});
        } else {
            const Cell cell = visibleCell(trace, slot, frame, {.columns = style.columns, .colour = true});
            lines.add({.text = cell.text, .colour = !style.colour ? "" : given ? "\x1b[2m" : cell.colour});
        }
    }
    return lines.take();
}

}  // namespace

std::string boardText(const Trace& trace, uint32_t frame, std::string_view open) {
    const Canvas& canvas = trace.canvas(frame);
    std::string text;
    for (uint32_t slot = 0; slot < canvas.size(); ++slot) {
        if (slot > 0 && slot % trace.header().layout->columns == 0) {
            text += '\n';
        }
        text += canvas.isMasked(slot) ? std::string(open) : trace.piece(canvas.token(slot));
    }
    return text;
}

std::string drawCanvas(const Trace& trace, uint32_t frame, const TerminalStyle& style) {
    if (trace.header().layout) {
        return drawBoard(trace, frame, *trace.header().layout, style);
    }
    const Canvas& canvas = trace.canvas(frame);
    LineWriter lines(style);
    for (uint32_t position = 0; position < canvas.textLength(); ++position) {
        const uint32_t afterRun = endOfEndRun(trace, canvas, position);
        if (afterRun - position > 1) {
            const std::string name = printable(trace.piece(canvas.token(position)));
            lines.add(decorated(name + "×" + std::to_string(afterRun - position), style, "\x1b[2m", "", ""));
            position = afterRun - 1;
        } else if (canvas.isMasked(position)) {
            lines.add(maskedCell(trace, frame > 0 ? trace.belief(frame, position, frame) : nullptr, style));
        } else {
            lines.add(visibleCell(trace, position, frame, style));
        }
    }
    return lines.take();
}

}  // namespace crystallite::cli
