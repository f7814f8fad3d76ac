#include "engine/text/byte_alphabet.h"

#include "engine/text/utf8.h"

#include <array>
#include <cstdint>

namespace crystallite {
namespace {

constexpr char32_t kFirstSubstitute = 0x100;
constexpr size_t kCharacters = kFirstSubstitute + 68;
constexpr int16_t kNoByte = -1;

constexpr bool standsForItself(uint32_t byte) {
    return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
}

constexpr std::array<char32_t, 256> makeCharacterOfByte() {
    std::array<char32_t, 256> characters = {};
    char32_t substitute = kFirstSubstitute;
    for (uint32_t byte = 0; byte < characters.size(); ++byte) {
        characters[byte] = standsForItself(byte) ? byte : substitute++;
    }
    return characters;
}

constexpr std::array<char32_t, 256> kCharacterOfByte = makeCharacterOfByte();

constexpr std::array<int16_t, kCharacters> makeByteOfCharacter() {
    std::array<int16_t, kCharacters> bytes = {};
    bytes.fill(kNoByte);
    for (size_t byte = 0; byte < kCharacterOfByte.size(); ++byte) {
        bytes[kCharacterOfByte[byte]] = static_cast<int16_t>(byte);
    }
    return bytes;
}

constexpr std::array<int16_t, kCharacters> kByteOfCharacter = makeByteOfCharacter();

}  // namespace

std::string writtenBytes(std::string_view bytes) {
    std::string written;
    for (const char byte : bytes) {
        appendUtf8(written, kCharacterOfByte[static_cast<uint8_t>(byte)]);
    }
    return written;
}

std::optional<std::string> bytesFromWritten(std::string_view written) {
    if (wellFormedUtf8Prefix(written) != written.size()) {
        return std::nullopt;
    }
    std::string bytes;
    while (!written.empty()) {
        const char32_t character = takeCodePoint(written);
        if (character >= kCharacters || kByteOfCharacter[character] == kNoByte) {
            return std::nullopt;
        }
        bytes.push_back(static_cast<char>(kByteOfCharacter[character]));
    }
    return bytes;
}

}  // namespace crystallite
