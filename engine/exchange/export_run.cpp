#include "engine/exchange/export_run.h"

#include "engine/base/assert.h"
#include "engine/base/output_file.h"
#include "engine/exchange/run_json.h"

#include <array>

namespace crystallite {
namespace {

Result<void> write(const Trace& trace, const DataExport& wanted, const ExportSink& sink, const ExportWatch& watch) {
    switch (wanted.format) {
        case DataFormat::Csv: return writeCsv(trace, wanted.table, sink, watch);
        case DataFormat::Json: return writeRunJson(trace, BeliefForm::Listed, sink, watch);
        case DataFormat::Html: break;
    }
    return writePlayerPage(trace, wanted.page, sink, watch);
}

}  // namespace

std::string_view nameOf(DataFormat format) {
    switch (format) {
        case DataFormat::Csv: return "csv";
        case DataFormat::Json: return "json";
        case DataFormat::Html: return "html";
    }
    ENGINE_ASSERT(false);
}

std::optional<DataFormat> findDataFormat(std::string_view name) {
    for (const DataFormat format : {DataFormat::Csv, DataFormat::Json, DataFormat::Html}) {
        if (nameOf(format) == name) {
            return format;
        }
    }
    return std::nullopt;
}

Result<void> exportRun(const Trace& trace, const std::filesystem::path& path, const DataExport& wanted, const ExportWatch& watch) {
    Result<OutputFile> file = OutputFile::replace(path);
    if (!file) {
        return file.error();
    }
    const ExportSink sink = [&file](std::string_view text) { return file->write(std::as_bytes(std::span(text))); };
    if (const auto written = write(trace, wanted, sink, watch); !written) {
        return written;
    }
    return file->finish();
}

}  // namespace crystallite
