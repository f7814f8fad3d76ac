#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crystallite {

/// Byte-level vocabularies write every byte as one printable character: the printable ones of Latin-1 as themselves, the other 68 as
/// U+0100 and up in rising order ("Ġ" is the space). GPT-2, `encoder.py`, bytes_to_unicode.
std::string writtenBytes(std::string_view bytes);

/// The bytes that `written` stands for; nothing when a character stands for none.
std::optional<std::string> bytesFromWritten(std::string_view written);

}  // namespace crystallite
