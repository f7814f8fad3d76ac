#pragma once

#include "engine/exchange/player_page.h"
#include "engine/exchange/run_csv.h"

#include <filesystem>
#include <optional>
#include <string_view>

namespace crystallite {

/// What needs neither a display nor fonts.
enum class DataFormat : uint8_t { Csv, Json, Html };

std::string_view nameOf(DataFormat format);  ///< "csv", "json", "html"
std::optional<DataFormat> findDataFormat(std::string_view name);

struct DataExport {
    DataFormat format = DataFormat::Json;
    CsvTable table = CsvTable::Slots;
    PlayerPage page;
};

/// Writes the run to `path`, in place of what is there, in one instant: a failure or a stop leaves the old file, or none.
Result<void> exportRun(const Trace& trace, const std::filesystem::path& path, const DataExport& wanted, const ExportWatch& watch);

}  // namespace crystallite
