// What a search of a run of 1,024 slots and 1,024 steps takes, whole, and what its longest frame keeps the window waiting.

#include "app/trace_search.h"
#include "tests/support/synthetic_trace.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

namespace crystallite {
namespace {

const Trace& longRun() {
    static const Trace kTrace = testing::syntheticTrace({.length = 1024, .steps = 1024, .finishedSteps = 1024});
    return kTrace;
}

void searchWholeRun(benchmark::State& state, const char* text) {
    using Clock = std::chrono::steady_clock;
    const Trace& trace = longRun();
    double longest = 0.0;
    size_t hits = 0;
    for (auto _ : state) {
        TraceSearch search(parseSearch(QString::fromUtf8(text)));
        while (!search.isDone(trace)) {
            const auto begin = Clock::now();
            search.advance(trace);
            longest = std::max(longest, std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        }
        hits = search.hits().size();
    }
    state.counters["longest_frame_ms"] = longest;
    state.counters["hits"] = static_cast<double>(hits);
}
BENCHMARK_CAPTURE(searchWholeRun, rare, "garden")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(searchWholeRun, several_tokens, "to the garden")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(searchWholeRun, one_letter, "a")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(searchWholeRun, by_id, "#12")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace crystallite

BENCHMARK_MAIN();
