#pragma once

#include "engine/exchange/export_sink.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <string_view>

namespace crystallite {

enum class CsvTable : uint8_t {
    Slots,   ///< a line for every slot of every frame: what it holds since when, and what the frame's step believed about it
    Steps,   ///< a line for every step: block, masked slots, changes by kind, entropy, time, passes, rows
    Tokens,  ///< a line for every token that the run mentions: text and bytes
};

/// "slots", "steps", "tokens".
std::string_view nameOf(CsvTable table);
Result<CsvTable> parseCsvTable(std::string_view name);

/// RFC 4180: UTF-8, a header line, CRLF. Positions, slots and blocks count from 1, as in the window; a cell is empty where the trace holds
/// nothing. Columns: README.md of this folder.
Result<void> writeCsv(const Trace& trace, CsvTable table, const ExportSink& sink, const ExportWatch& watch);

}  // namespace crystallite
