#include "app/canvas/token_display.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace crystallite {

namespace {

/// Bytes of the UTF-8 sequence at the front of `bytes`; nothing when it is not well formed (Unicode 15, table 3-7).
std::optional<size_t> sequenceLength(std::string_view bytes) {
    const auto at = [&](size_t i) { return i < bytes.size() ? static_cast<uint8_t>(bytes[i]) : uint8_t{0}; };
    const auto continues = [&](size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const uint8_t lead = at(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF && continues(1)) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF && continues(1) && continues(2)) {
        const bool overlong = lead == 0xE0 && at(1) < 0xA0;
        const bool surrogate = lead == 0xED && at(1) > 0x9F;
        return overlong || surrogate ? std::nullopt : std::optional<size_t>(3);
    }
    if (lead >= 0xF0 && lead <= 0xF4 && continues(1) && continues(2) && continues(3)) {
        const bool overlong = lead == 0xF0 && at(1) < 0x90;
        const bool beyond = lead == 0xF4 && at(1) > 0x8F;
        return overlong || beyond ? std::nullopt : std::optional<size_t>(4);
    }
    return std::nullopt;
}

void addText(std::vector<DisplayRun>& runs, std::string_view text) {
    if (runs.empty() || runs.back().style != DisplayRun::Style::Text) {
        runs.push_back({});
    }
    runs.back().text += QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void addByte(std::vector<DisplayRun>& runs, char byte) {
    runs.push_back({.style = DisplayRun::Style::HexByte, .byte = static_cast<uint8_t>(byte)});
}

void addSymbol(std::vector<DisplayRun>& runs, Symbol symbol) {
    runs.push_back({.style = DisplayRun::Style::Symbol, .symbol = symbol});
}

QString translated(const char* text) {
    return QCoreApplication::translate("crystallite::TokenDisplay", text);
}

QString spokenSymbol(Symbol symbol) {
    switch (symbol) {
        case Symbol::Newline: return translated("line break");
        case Symbol::Tab: return translated("tab");
        case Symbol::Space: return translated("space");
        case Symbol::EndOfText: return translated("end of text");
        default: return {};
    }
}

}  // namespace

TokenDisplay displayBytes(std::string_view bytes) {
    TokenDisplay display;
    const bool onlySpaces = std::ranges::all_of(bytes, [](char c) { return c == ' '; });
    if (!onlySpaces && bytes.starts_with(' ')) {
        display.leadingSpace = true;
        bytes.remove_prefix(1);
    }
    while (!bytes.empty()) {
        const size_t length = sequenceLength(bytes).value_or(0);
        const char front = bytes.front();
        if (length == 0 || (length == 1 && (static_cast<uint8_t>(front) < 0x20 || front == 0x7F) && front != '\n' && front != '\t')) {
            addByte(display.runs, front);
        } else if (front == '\n') {
            addSymbol(display.runs, Symbol::Newline);
            display.endsRow = true;
        } else if (front == '\t') {
            addSymbol(display.runs, Symbol::Tab);
        } else if (front == ' ' && (onlySpaces || bytes.size() == 1)) {
            addSymbol(display.runs, Symbol::Space);  // a gap inside a word shows itself, one at the end does not
        } else {
            addText(display.runs, bytes.substr(0, length));
        }
        bytes.remove_prefix(std::max<size_t>(length, 1));
    }
    return display;
}

TokenDisplay displayToken(const Trace& trace, TokenId id) {
    TokenDisplay display;
    if (trace.isEnd(id)) {
        addSymbol(display.runs, Symbol::EndOfText);
        display.end = true;
        return display;
    }
    display = displayBytes(trace.piece(id));
    display.control = trace.isControl(id);
    return display;
}

QString spokenName(const TokenDisplay& display) {
    QStringList parts;
    for (const DisplayRun& run : display.runs) {
        switch (run.style) {
            case DisplayRun::Style::Text: parts.append(run.text); break;
            case DisplayRun::Style::HexByte: parts.append(translated("byte %1").arg(run.byte, 2, 16, QLatin1Char('0')).toUpper()); break;
            case DisplayRun::Style::Symbol: parts.append(spokenSymbol(run.symbol)); break;
        }
    }
    return parts.isEmpty() ? translated("empty token") : parts.join(QLatin1Char(' '));
}

}  // namespace crystallite
