#pragma once

#include "engine/trace/trace.h"

#include <QString>

#include <vector>

namespace crystallite {

/// The text of a frame as it is read, and which slot each part of it comes from.
struct ReadingText {
    struct Part {
        uint32_t position = 0;
        qsizetype begin = 0;  ///< in `text`; ends where the next part begins
    };
    QString text;
    std::vector<Part> parts;  ///< rising; a slot behind the end of the answer has none

    /// Of the character at `index`. A character whose bytes lie in several tokens belongs to the last of them.
    [[nodiscard]] uint32_t positionAt(qsizetype index) const;
    /// Where the part of a slot begins that has one.
    [[nodiscard]] qsizetype beginOf(uint32_t position) const;
};

/// Prompt and answer up to the end of the text, masked slots as " □"; of a board a line per row.
[[nodiscard]] ReadingText readFrame(const Trace& trace, uint32_t frame);

}  // namespace crystallite
