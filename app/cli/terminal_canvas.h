#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace crystallite::cli {

struct TerminalStyle {
    uint32_t columns = 80;
    bool colour = true;  ///< without it guesses stand in parentheses and fresh commits in brackets
};

/// The board of a frame as lines of cells, `open` for a masked one; nothing is drawn between boxes.
std::string boardText(const Trace& trace, uint32_t frame, std::string_view open);

/// The canvas of a frame as wrapped lines, a board as its rows with a gap between boxes: visible tokens, the best guess of a masked slot
/// where p >= 0.10, else a mask mark. Every line ends with a newline and fits the columns, so that the number of newlines is the height to
/// move back over.
std::string drawCanvas(const Trace& trace, uint32_t frame, const TerminalStyle& style);

}  // namespace crystallite::cli
