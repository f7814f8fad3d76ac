#include "tests/library/library_support.h"

#include "tests/trace/sample_trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace crystallite {

Trace libraryTrace(const LibraryRun& run) {
    constexpr uint32_t kLength = 12;
    const Trace sample = sampleTrace(kLength, run.steps);
    TraceHeader header = sample.header();
    header.id = run.id;
    header.prompt = run.prompt;
    header.startedAt = run.startedAt;
    if (!run.parent.empty()) {
        header.origin = RunOrigin{.parent = run.parent, .step = run.parentStep};
    }
    std::map<TokenId, std::string> pieces;
    for (const auto& [id, bytes] : sample.pieces()) {
        pieces[id] = " word" + std::to_string(id);
    }
    Trace trace(header, sample.canvas(0), pieces, {});
    for (uint32_t step = 1; step <= sample.steps(); ++step) {
        trace.append(sample.record(step));
    }
    trace.setStatus(run.steps == kLength ? RunStatus::Complete : RunStatus::Stopped);
    return trace;
}

std::vector<std::string> idsOf(const std::vector<RunEntry>& entries) {
    std::vector<std::string> ids;
    std::transform(entries.begin(), entries.end(), std::back_inserter(ids), [](const RunEntry& entry) { return entry.id; });
    return ids;
}

std::vector<std::string> listedIds(LibraryFile& library, std::string_view typed, bool trashed) {
    const auto entries = library.list(typed, trashed);
    EXPECT_TRUE(entries) << entries.error().message;
    std::vector<std::string> ids = entries ? idsOf(*entries) : std::vector<std::string>();
    std::sort(ids.begin(), ids.end());
    return ids;
}

}  // namespace crystallite
