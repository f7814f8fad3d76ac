#include "engine/exchange/packed_beliefs.h"

#include "engine/exchange/base64.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace crystallite {
namespace {

/// A column of 32-bit words.
class Column {
public:
    void add(uint32_t word) {
        for (uint32_t shift = 0; shift < 32; shift += 8) {
            bytes_.push_back(static_cast<std::byte>(word >> shift & 0xFFU));
        }
    }
    void add(float value) { add(std::bit_cast<uint32_t>(value)); }
    [[nodiscard]] std::string text() const { return base64Of(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

size_t mostCandidates(const Trace& trace) {
    size_t most = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const SlotBelief& belief : trace.record(step).beliefs) {
            most = std::max(most, belief.candidates.size());
        }
    }
    return most;
}

/// One column at a time, so that a large run is not held twice.
template <typename AddTo>
Result<void> writeColumn(JsonWriter& json, std::string_view name, const Trace& trace, AddTo addTo) {
    Column column;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const SlotBelief& belief : trace.record(step).beliefs) {
            addTo(column, belief);
        }
    }
    json.key(name).text(column.text());
    return json.flush();
}

}  // namespace

Result<void> writePackedBeliefs(JsonWriter& json, const Trace& trace) {
    const size_t candidates = mostCandidates(trace);
    json.openObject().key("candidates").whole(candidates).key("counts").openArray();
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        json.whole(trace.record(step).beliefs.size());
    }
    json.closeArray();
    struct Named {
        std::string_view name;
        std::function<void(Column&, const SlotBelief&)> addTo;
    };
    const std::vector<Named> columns = {
        {"position", [](Column& to, const SlotBelief& belief) { to.add(belief.position); }},
        {"log_sum_exp", [](Column& to, const SlotBelief& belief) { to.add(belief.logSumExp); }},
        {"entropy", [](Column& to, const SlotBelief& belief) { to.add(belief.entropy); }},
        {"margin", [](Column& to, const SlotBelief& belief) { to.add(belief.margin); }},
        {"sampled_id", [](Column& to, const SlotBelief& belief) { to.add(belief.sampledId); }},
        {"sampled_probability", [](Column& to, const SlotBelief& belief) { to.add(belief.sampledProbability); }},
        {"score", [](Column& to, const SlotBelief& belief) { to.add(belief.score); }},
        {"ids",
         [candidates](Column& to, const SlotBelief& belief) {
             for (size_t rank = 0; rank < candidates; ++rank) {
                 to.add(rank < belief.candidates.size() ? belief.candidates[rank].id : kNoCandidate);
             }
         }},
        {"probabilities", [candidates](Column& to, const SlotBelief& belief) {
             for (size_t rank = 0; rank < candidates; ++rank) {
                 to.add(rank < belief.candidates.size() ? belief.candidates[rank].probability : 0.0F);
             }
         }}};
    for (const Named& column : columns) {
        if (const auto written = writeColumn(json, column.name, trace, column.addTo); !written) {
            return written;
        }
    }
    json.closeObject();
    return {};
}

}  // namespace crystallite
