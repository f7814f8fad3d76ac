#include "engine/exchange/provenance.h"

#include <array>

namespace crystallite {
namespace {

constexpr std::array kFields = {
    FieldProvenance{"run.status", 'm', ""},
    FieldProvenance{"run.app_version", 'm', ""},
    FieldProvenance{"run.started_at", 'm', "UTC"},
    FieldProvenance{"run.prompt", 'm', ""},
    FieldProvenance{"run.id", 'm', ""},
    FieldProvenance{"run.origin.parent", 'm', ""},
    FieldProvenance{"run.origin.step", 'm', "step"},
    FieldProvenance{"model.name", 'm', ""},
    FieldProvenance{"model.fingerprint", 'm', ""},
    FieldProvenance{"model.format", 'm', ""},
    FieldProvenance{"model.architecture", 'm', ""},
    FieldProvenance{"model.parameters", 'm', ""},
    FieldProvenance{"model.vocabulary", 'm', ""},
    FieldProvenance{"model.mask_id", 'm', "token id"},
    FieldProvenance{"model.end_ids", 'm', "token id"},
    FieldProvenance{"device.name", 'm', ""},
    FieldProvenance{"device.driver", 'm', ""},
    FieldProvenance{"settings.*", 'm', ""},
    FieldProvenance{"layout.*", 'm', "slots"},
    FieldProvenance{"canvas.tokens", 'm', "token id"},
    FieldProvenance{"canvas.masked", 'm', ""},
    FieldProvenance{"canvas.regions", 'm', ""},
    FieldProvenance{"tokens.id", 'm', "token id"},
    FieldProvenance{"tokens.text", 'm', ""},
    FieldProvenance{"tokens.hex", 'm', ""},
    FieldProvenance{"tokens.control", 'm', ""},
    FieldProvenance{"tokens.end", 'm', ""},
    FieldProvenance{"steps.number", 'm', "step"},
    FieldProvenance{"steps.by_hand", 'm', ""},
    FieldProvenance{"steps.block", 'm', "block"},
    FieldProvenance{"steps.eligible", 'm', "position"},
    FieldProvenance{"steps.forward_passes", 'm', ""},
    FieldProvenance{"steps.rows_computed", 'm', "rows"},
    FieldProvenance{"steps.masked_before", 'm', "slots"},
    FieldProvenance{"steps.masked_after", 'm', "slots"},
    FieldProvenance{"steps.milliseconds", 'm', "milliseconds"},
    FieldProvenance{"steps.mean_entropy", 'd', "nats"},
    FieldProvenance{"steps.passes.kind", 'm', ""},
    FieldProvenance{"steps.passes.first", 'm', "position"},
    FieldProvenance{"steps.passes.rows", 'm', "rows"},
    FieldProvenance{"steps.events.kind", 'm', ""},
    FieldProvenance{"steps.events.position", 'm', "position"},
    FieldProvenance{"steps.events.before", 'm', "token id"},
    FieldProvenance{"steps.events.after", 'm', "token id"},
    FieldProvenance{"steps.events.probability", 'm', "probability"},
    FieldProvenance{"steps.beliefs.position", 'm', "position"},
    FieldProvenance{"steps.beliefs.log_sum_exp", 'm', "nats"},
    FieldProvenance{"steps.beliefs.entropy", 'm', "nats"},
    FieldProvenance{"steps.beliefs.margin", 'm', "probability"},
    FieldProvenance{"steps.beliefs.sampled_id", 'm', "token id"},
    FieldProvenance{"steps.beliefs.sampled_probability", 'm', "probability"},
    FieldProvenance{"steps.beliefs.score", 'm', ""},
    FieldProvenance{"steps.beliefs.candidates.id", 'm', "token id"},
    FieldProvenance{"steps.beliefs.candidates.probability", 'm', "probability"},
    FieldProvenance{"bookmarks.frame", 'm', "step"},
    FieldProvenance{"bookmarks.position", 'm', "position"},
    FieldProvenance{"bookmarks.note", 'm', ""},
};

}  // namespace

std::span<const FieldProvenance> fieldProvenance() {
    return kFields;
}

}  // namespace crystallite
