#include "engine/text/utf8.h"

#include <cstdint>

namespace crystallite {
namespace {

/// Bytes of the sequence that `lead` begins, with the range its second byte must lie in; length 0 when nothing begins with `lead`.
struct SequenceRule {
    size_t length = 0;
    uint8_t secondLow = 0x80;
    uint8_t secondHigh = 0xbf;
};

SequenceRule ruleOf(uint8_t lead) {
    if (lead < 0x80) {
        return {.length = 1};
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return {.length = 2};
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return {.length = 3, .secondLow = uint8_t(lead == 0xe0 ? 0xa0 : 0x80), .secondHigh = uint8_t(lead == 0xed ? 0x9f : 0xbf)};
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        return {.length = 4, .secondLow = uint8_t(lead == 0xf0 ? 0x90 : 0x80), .secondHigh = uint8_t(lead == 0xf4 ? 0x8f : 0xbf)};
    }
    return {};
}

/// Bytes of the well-formed sequence at the start of `text`, 0 when there is none.
size_t sequenceLength(std::string_view text) {
    const SequenceRule rule = ruleOf(static_cast<uint8_t>(text[0]));
    if (rule.length == 0 || text.size() < rule.length) {
        return 0;
    }
    for (size_t i = 1; i < rule.length; ++i) {
        const auto byte = static_cast<uint8_t>(text[i]);
        const uint8_t low = i == 1 ? rule.secondLow : 0x80;
        const uint8_t high = i == 1 ? rule.secondHigh : 0xbf;
        if (byte < low || byte > high) {
            return 0;
        }
    }
    return rule.length;
}

}  // namespace

size_t wellFormedUtf8Prefix(std::string_view text) {
    size_t length = 0;
    while (length < text.size()) {
        const size_t next = sequenceLength(text.substr(length));
        if (next == 0) {
            break;
        }
        length += next;
    }
    return length;
}

char32_t takeCodePoint(std::string_view& text) {
    const size_t length = sequenceLength(text);
    const auto lead = static_cast<uint8_t>(text[0]);
    // A lead byte of a sequence of n > 1 bytes carries 7 - n bits.
    char32_t codePoint = length == 1 ? lead : lead & (0x7fU >> length);
    for (size_t i = 1; i < length; ++i) {
        codePoint = codePoint << 6U | (static_cast<uint8_t>(text[i]) & 0x3fU);
    }
    text.remove_prefix(length);
    return codePoint;
}

void appendUtf8(std::string& text, char32_t codePoint) {
    const auto push = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (codePoint < 0x80) {
        push(codePoint);
    } else if (codePoint < 0x800) {
        push(0xc0 | codePoint >> 6U);
        push(0x80 | (codePoint & 0x3fU));
    } else if (codePoint < 0x10000) {
        push(0xe0 | codePoint >> 12U);
        push(0x80 | (codePoint >> 6U & 0x3fU));
        push(0x80 | (codePoint & 0x3fU));
    } else {
        push(0xf0 | codePoint >> 18U);
        push(0x80 | (codePoint >> 12U & 0x3fU));
        push(0x80 | (codePoint >> 6U & 0x3fU));
        push(0x80 | (codePoint & 0x3fU));
    }
}

}  // namespace crystallite
