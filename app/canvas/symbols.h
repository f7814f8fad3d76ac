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
    Hand,   ///< changed by a person: a pencil
};

/// Outline in em, baseline at y = 0, y down, like a glyph; the advance is symbolAdvance().
[[nodiscard]] QPainterPath symbolPath(Symbol symbol);
[[nodiscard]] float symbolAdvance(Symbol symbol);  ///< em

/// What has no shape of its own: a byte that is not part of valid UTF-8, or a character that no font on this machine has or that is
/// invisible. A box with the number in hexadecimal: two digits of a byte in one line, four or six of a character in two.
struct HexBox {
    uint32_t value = 0;  ///< byte, or code point up to 10FFFF
    uint32_t digits = 2;
    [[nodiscard]] static HexBox ofByte(uint8_t byte) { return {.value = byte, .digits = 2}; }
    [[nodiscard]] static HexBox ofCharacter(char32_t character) { return {.value = character, .digits = character > 0xFFFF ? 6U : 4U}; }
};
[[nodiscard]] QPainterPath hexBoxPath(HexBox box);
[[nodiscard]] float hexBoxAdvance(HexBox box);  ///< em

}  // namespace crystallite
