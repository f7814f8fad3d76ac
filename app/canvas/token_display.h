#pragma once

#include "app/canvas/symbols.h"
#include "engine/trace/trace.h"

#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace crystallite {

/// A stretch of a token that is drawn in one way.
struct DisplayRun {
    enum class Style : uint8_t { Text, HexByte, Symbol };
    Style style = Style::Text;
    QString text;                      ///< Style::Text
    uint8_t byte = 0;                  ///< Style::HexByte
    Symbol symbol = Symbol::MaskMark;  ///< Style::Symbol
    friend bool operator==(const DisplayRun&, const DisplayRun&) = default;
};

/// How a token is shown: every byte of it is visible, as a letter, a symbol, a hex box, or the gap in front of the cell.
struct TokenDisplay {
    std::vector<DisplayRun> runs;
    bool leadingSpace = false;  ///< one space in front, shown as a wider gap
    bool endsRow = false;       ///< holds a newline
    bool control = false;       ///< a written name such as "<|user|>"
    bool end = false;           ///< end-of-text, padding
    friend bool operator==(const TokenDisplay&, const TokenDisplay&) = default;
};

/// `bytes` need not be UTF-8.
[[nodiscard]] TokenDisplay displayBytes(std::string_view bytes);
[[nodiscard]] TokenDisplay displayToken(const Trace& trace, TokenId id);
/// One line for tool tips and screen readers: "cat", "end of text", "line break", "byte E2".
[[nodiscard]] QString spokenName(const TokenDisplay& display);

}  // namespace crystallite
