#include "tests/support/changed_trace.h"

#include <utility>
#include <vector>

namespace crystallite::testing {
namespace {

Trace toldAgain(const Trace& whole, TraceHeader header, const std::function<void(StepRecord&)>& change) {
    std::vector<TokenId> controls;
    for (const auto& [id, piece] : whole.pieces()) {
        if (whole.isControl(id)) {
            controls.push_back(id);
        }
    }
    Trace told(std::move(header), whole.canvas(0), whole.pieces(), controls);
    for (uint32_t step = 1; step <= whole.steps(); ++step) {
        StepRecord record = whole.record(step);
        change(record);
        told.append(std::move(record));
    }
    told.setStatus(whole.status());
    return told;
}

}  // namespace

Trace changedTrace(const Trace& whole, const std::function<void(StepRecord&)>& change) {
    return toldAgain(whole, whole.header(), change);
}

Trace traceWith(const Trace& whole, const DecodeSettings& settings) {
    TraceHeader header = whole.header();
    header.settings = settings;
    return toldAgain(whole, std::move(header), [](StepRecord&) {});
}

}  // namespace crystallite::testing
