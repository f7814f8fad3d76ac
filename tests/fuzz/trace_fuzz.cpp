// Feeds arbitrary bytes through the reader of trace files, and what it accepts through everything that shows a run without its model. A
// failure is a crash, a sanitizer report, memory far beyond the input's size, or a run that does not survive being saved.
#include "engine/base/assert.h"
#include "engine/exchange/run_csv.h"
#include "engine/exchange/run_json.h"
#include "engine/trace/trace_file.h"
#include "tests/fuzz/seed_file.h"

#include <unistd.h>

#include <cstdint>
#include <string>

namespace {

using namespace crystallite;

/// SQLite reads files. One for each process, so that several can search at once.
std::filesystem::path placeFor(const char* name) {
    return std::filesystem::temp_directory_path() / ("crystallite-trace-fuzz-" + std::to_string(getpid()) + name);
}

void expectSurvivesSaving(const Trace& trace) {
    const std::filesystem::path copy = placeFor("-copy");
    ENGINE_ASSERT(saveTrace(copy, trace));
    const Result<Trace> again = readTrace(copy);
    ENGINE_ASSERT(again && again->header() == trace.header() && again->steps() == trace.steps());
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        ENGINE_ASSERT(sameDecision(again->record(step), trace.record(step)));
    }
    std::filesystem::remove(copy);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::filesystem::path place = placeFor("");
    writeSeed(place, std::string_view(reinterpret_cast<const char*>(data), size));
    const Result<Trace> trace = readTrace(place);
    std::filesystem::remove(place);
    if (!trace) {
        return 0;
    }
    static_cast<void>(trace->answerText(trace->steps(), "_", true));
    size_t written = 0;
    const ExportSink sink = [&written](std::string_view text) {
        written += text.size();
        return Result<void>();
    };
    ENGINE_ASSERT(writeRunJson(*trace, BeliefForm::Packed, sink, {}));
    ENGINE_ASSERT(writeCsv(*trace, CsvTable::Slots, sink, {}));
    expectSurvivesSaving(*trace);
    return 0;
}
