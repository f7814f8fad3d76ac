#include "engine/exchange/run_json.h"

#include "engine/base/assert.h"
#include "engine/exchange/json_writer.h"
#include "engine/exchange/packed_beliefs.h"
#include "engine/exchange/provenance.h"
#include "engine/exchange/region_name.h"
#include "engine/exchange/settings_fields.h"
#include "engine/exchange/token_text.h"

#include <type_traits>

namespace crystallite {
namespace {

std::string_view nameOf(RunStatus status) {
    switch (status) {
        case RunStatus::Running: return "running";
        case RunStatus::Complete: return "complete";
        case RunStatus::Stopped: return "stopped";
        case RunStatus::Failed: return "failed";
    }
    ENGINE_ASSERT(false);
}

void writeProvenance(JsonWriter& json) {
    json.openObject();
    json.key("m").text("measured by the run, or read from the files that it ran on");
    json.key("d").text("derived from measured fields");
    json.key("fields").openObject();
    for (const FieldProvenance& field : fieldProvenance()) {
        json.key(field.path).openArray().text(std::string_view(&field.tag, 1)).text(field.unit).closeArray();
    }
    json.closeObject().closeObject();
}

void writeIds(JsonWriter& json, std::span<const TokenId> ids) {
    json.openArray();
    for (const TokenId id : ids) {
        json.whole(id);
    }
    json.closeArray();
}

void writeSettings(JsonWriter& json, const DecodeSettings& settings) {
    json.openObject();
    for (const SettingsField& field : settingsFields(settings)) {
        json.key(field.name);
        const auto write = [&json](const auto& value) {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, bool>) {
                json.flag(value);
            } else if constexpr (std::is_same_v<Value, uint64_t>) {
                json.whole(value);
            } else if constexpr (std::is_floating_point_v<Value>) {
                json.number(value);
            } else {
                json.text(value);
            }
        };
        std::visit(write, field.value);
    }
    json.closeObject();
}

void writeHeader(JsonWriter& json, const Trace& trace) {
    const TraceHeader& header = trace.header();
    json.key("run").openObject().key("status").text(nameOf(trace.status())).key("app_version").text(header.appVersion);
    json.key("started_at").text(header.startedAt).key("prompt").text(header.prompt).key("id").text(header.id);
    json.key("origin");
    if (header.origin) {
        json.openObject().key("parent").text(header.origin->parent).key("step").whole(header.origin->step).closeObject();
    } else {
        json.nothing();
    }
    json.closeObject();
    json.key("model").openObject().key("name").text(header.modelName).key("fingerprint").text(header.modelFingerprint);
    json.key("format").text(header.modelFormat).key("architecture").text(header.architecture);
    json.key("parameters").whole(header.parameters).key("vocabulary").whole(header.vocabulary);
    json.key("mask_id").whole(header.maskId).key("end_ids");
    writeIds(json, header.endIds);
    json.closeObject();
    json.key("device").openObject().key("name").text(header.device).key("driver").text(header.driver).closeObject();
    json.key("settings");
    writeSettings(json, header.settings);
    json.key("layout");
    if (const auto& layout = header.layout) {
        json.openObject().key("rows").whole(layout->rows).key("columns").whole(layout->columns);
        json.key("box_rows").whole(layout->boxRows).key("box_columns").whole(layout->boxColumns).closeObject();
    } else {
        json.nothing();
    }
}

/// The canvas before the first step.
void writeCanvas(JsonWriter& json, const Trace& trace) {
    json.key("canvas").openObject();
    const auto list = [&](std::string_view name, const auto& write) {
        json.key(name).openArray();
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            write(trace.canvas(0), position);
        }
        json.closeArray();
    };
    list("tokens", [&json](const Canvas& canvas, uint32_t position) { json.whole(canvas.token(position)); });
    list("masked", [&json](const Canvas& canvas, uint32_t position) { json.whole(canvas.isMasked(position) ? 1U : 0U); });
    list("regions", [&json](const Canvas& canvas, uint32_t position) { json.text(nameOf(canvas.region(position))); });
    json.closeObject();
}

void writeTokens(JsonWriter& json, const Trace& trace) {
    json.key("tokens").openArray();
    for (const auto& [id, bytes] : trace.pieces()) {
        json.openObject().key("id").whole(id);
        if (isUtf8(bytes)) {
            json.key("text").text(bytes);
        } else {
            json.key("hex").text(hexOf(bytes));
        }
        json.key("control").flag(trace.isControl(id)).key("end").flag(trace.isEnd(id)).closeObject();
    }
    json.closeArray();
}

void writeBelief(JsonWriter& json, const SlotBelief& belief) {
    json.openObject().key("position").whole(belief.position).key("log_sum_exp").number(belief.logSumExp);
    json.key("entropy").number(belief.entropy).key("margin").number(belief.margin);
    json.key("sampled_id").whole(belief.sampledId).key("sampled_probability").number(belief.sampledProbability);
    json.key("score").number(belief.score).key("candidates").openArray();
    for (const Candidate& candidate : belief.candidates) {
        json.openObject().key("id").whole(candidate.id).key("probability").number(candidate.probability).closeObject();
    }
    json.closeArray().closeObject();
}

void writeCost(JsonWriter& json, const StepRecord& record) {
    json.key("number").whole(record.number).key("by_hand").flag(record.byHand).key("block").whole(record.block);
    json.key("eligible").openArray().whole(record.eligibleBegin).whole(record.eligibleEnd).closeArray();
    json.key("forward_passes").whole(record.forwardPasses).key("rows_computed").whole(record.rowsComputed);
    json.key("masked_before").whole(record.maskedBefore).key("masked_after").whole(record.maskedAfter);
    json.key("milliseconds").number(record.milliseconds).key("mean_entropy");
    if (record.beliefs.empty()) {
        json.nothing();
    } else {
        json.number(meanEntropy(record));
    }
    json.key("passes").openArray();
    for (const PassRecord& pass : record.passes) {
        json.openObject().key("kind").text(nameOf(pass.kind)).key("first").whole(pass.first).key("rows").whole(pass.rows).closeObject();
    }
    json.closeArray();
}

void writeStep(JsonWriter& json, const StepRecord& record, BeliefForm form) {
    json.openObject();
    writeCost(json, record);
    json.key("events").openArray();
    for (const SlotEvent& event : record.events) {
        json.openObject().key("kind").text(nameOf(event.kind)).key("position").whole(event.position);
        json.key("before").whole(event.before).key("after").whole(event.after).key("probability").number(event.probability).closeObject();
    }
    json.closeArray();
    if (form == BeliefForm::Listed) {
        json.key("beliefs").openArray();
        for (const SlotBelief& belief : record.beliefs) {
            writeBelief(json, belief);
        }
        json.closeArray();
    }
    json.closeObject();
}

void writeBookmarks(JsonWriter& json, const Trace& trace) {
    json.key("bookmarks").openArray();
    for (const Bookmark& bookmark : trace.bookmarks()) {
        json.openObject().key("frame").whole(bookmark.frame).key("position");
        if (bookmark.position) {
            json.whole(*bookmark.position);
        } else {
            json.nothing();
        }
        json.key("note").text(bookmark.note).closeObject();
    }
    json.closeArray();
}

}  // namespace

Result<void> writeRunJson(const Trace& trace, BeliefForm form, const ExportSink& sink, const ExportWatch& watch) {
    JsonWriter json(sink);
    json.openObject().key("format").text("crystallite-run").key("version").whole(kRunDocumentVersion).key("provenance");
    writeProvenance(json);
    writeHeader(json, trace);
    writeCanvas(json, trace);
    writeTokens(json, trace);
    json.key("steps").openArray();
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        if (const auto going = watch.reach(step, trace.steps()); !going) {
            return going;
        }
        writeStep(json, trace.record(step), form);
        if (const auto written = json.flush(); !written) {
            return written;
        }
    }
    json.closeArray();
    if (form == BeliefForm::Packed) {
        json.key("packed_beliefs");
        if (const auto written = writePackedBeliefs(json, trace); !written) {
            return written;
        }
    }
    writeBookmarks(json, trace);
    json.closeObject();
    return json.flush();
}

}  // namespace crystallite
