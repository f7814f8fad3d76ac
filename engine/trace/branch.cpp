#include "engine/trace/branch.h"

#include <utility>

namespace crystallite {

Result<Trace> branchOf(const Trace& parent, uint32_t frame, uint32_t extraRoom) {
    TraceHeader header = parent.header();
    header.origin = RunOrigin{.parent = header.id, .step = frame};
    header.extraRoom += extraRoom;
    Canvas initial = parent.canvas(0);
    initial.addRoom(extraRoom);
    Trace branch(std::move(header), std::move(initial), parent.pieces(), {});
    std::vector<TokenId> controls;
    for (const auto& [id, bytes] : parent.pieces()) {
        if (parent.isControl(id)) {
            controls.push_back(id);
        }
    }
    branch.addPieces({}, controls);
    for (uint32_t step = 1; step <= frame; ++step) {
        branch.append(parent.record(step));
    }
    branch.setStatus(RunStatus::Stopped);
    return branch;
}

Result<void> appendByHand(Trace& trace, std::vector<SlotEvent> events) {
    Canvas canvas = trace.canvas(trace.steps());
    StepRecord record{.number = trace.steps() + 1, .forwardPasses = 0, .maskedBefore = canvas.maskedCount()};
    for (const SlotEvent& event : events) {
        if (!canvas.admits(event)) {
            return Error{ErrorKind::InvalidArgument, "The change does not fit."};
        }
        canvas.apply(event);
    }
    record.maskedAfter = canvas.maskedCount();
    record.events = std::move(events);
    record.byHand = true;
    trace.append(std::move(record));
    return {};
}

}  // namespace crystallite
