#pragma once

#include <QPainterPath>

#include <cstdint>

namespace crystallite {

/// Signs that no font can be relied on to have. Drawn as outlines, so that they look the same everywhere.
enum class Symbol : uint8_t {
    MaskMark,   ///< an open slot without a guess worth drawing
    EndOfText,  ///< end-of-text and padding ids
    Newline,
    Tab,
    Space,  ///< a token that is nothing but spaces
    Lock,   ///< prompt, pinned
    Crack,  ///< remasked or edited
};

/// Outline in em, baseline at y = 0, y down, like a glyph; the advance is symbolAdvance().
[[nodiscard]] QPainterPath symbolPath(Symbol symbol);
[[nodiscard]] float symbolAdvance(Symbol symbol);  ///< em

/// A byte that is not part of valid UTF-8: a box with its two hexadecimal digits. Advance kHexBoxAdvance.
[[nodiscard]] QPainterPath hexBoxPath(uint8_t byte);
inline constexpr float kHexBoxAdvance = 0.86F;  ///< em

}  // namespace crystallite
