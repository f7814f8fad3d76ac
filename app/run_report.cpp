#include "app/run_report.h"

#include "app/conversions.h"
#include "app/pass_text.h"
#include "app/policy_text.h"
#include "app/token_text.h"

#include "engine/trace/decode_option.h"
#include "engine/trace/run_cost.h"

#include <QLocale>
#include <QStringList>

namespace crystallite {
namespace {

ReportLine line(const QString& name, const QString& value, const char* quantity, const QString& help = {}) {
    return {.name = name, .value = value.isEmpty() ? QStringLiteral("–") : value, .help = help, .quantity = QLatin1String(quantity)};
}

ReportLine count(const QString& name, uint64_t value, const char* quantity, ValueTag tag = ValueTag::Measured) {
    ReportLine made = line(name, QLocale().toString(static_cast<qulonglong>(value)), quantity);
    made.plain = QString::number(value);
    made.tag = tag;
    return made;
}

ReportSection modelSection(const TraceHeader& header) {
    return {
        translate("Model"),
        {line(translate("name"), toQString(header.modelName), "model"),
         line(translate("fingerprint"), toQString(header.modelFingerprint), "fingerprint",
              translate("XXH3-128 of the model's file; a run of the same fingerprint, settings and device can be repeated")),
         line(translate("weights"), toQString(header.modelFormat), "format"),
         line(translate("architecture"), toQString(header.architecture), "architecture"),
         count(translate("parameters"), header.parameters, "parameters"), count(translate("vocabulary"), header.vocabulary, "vocabulary"),
         line(translate("device"), toQString(header.device), "device"), line(translate("driver"), toQString(header.driver), "driver"),
         line(translate("program"), toQString(header.appVersion), "app_version"),
         line(translate("started, UTC"), toQString(header.startedAt), "started_at")}};
}

void addOptions(std::vector<ReportLine>& lines, const DecodeSettings& settings) {
    for (const DecodeOption& option : decodeOptions()) {
        if (!option.appliesTo(settings)) {
            continue;
        }
        const double value = option.valueIn(settings);
        const QString shown = option.isFlag() ? (value != 0.0 ? translate("yes") : translate("no")) : QLocale().toString(value, 'g', 6);
        ReportLine made{
            .name = optionLabel(option.name), .value = shown, .help = optionText(option.name), .quantity = toQString(option.name)};
        made.plain = QString::number(value, 'g', 17);
        lines.push_back(made);
    }
}

ReportSection settingsSection(const TraceHeader& header) {
    const DecodeSettings& settings = header.settings;
    ReportSection section{translate("Settings"), {}};
    std::vector<ReportLine>& lines = section.lines;
    lines.push_back(line(translate("seed"), QString::number(settings.seed), "seed"));
    lines.push_back(line(translate("policy"), toQString(nameOf(settings.policy)), "policy", policyText(settings.policy)));
    lines.push_back(line(translate("order"), toQString(nameOf(settings.order)), "order"));
    if (settings.policy == DecodePolicy::Remdm) {
        lines.push_back(line(translate("remask rule"), toQString(nameOf(settings.remask)), "remask"));
    }
    lines.push_back(line(translate("temperature"), QLocale().toString(double{settings.temperature}, 'g', 6), "temperature"));
    lines.back().plain = plainNumber(settings.temperature);
    lines.push_back(count(translate("length"), settings.length, "length"));
    lines.push_back(
        count(settings.stepRule() == StepRule::AsNeeded ? translate("steps at most") : translate("steps"), settings.steps, "steps"));
    lines.push_back(count(translate("block length"), settings.effectiveBlockLength(), "block_length"));
    if (settings.blockAnchor == BlockAnchor::Text) {
        lines.push_back(count(translate("block offset"), settings.blockOffset, "block_offset"));
        lines.back().help = translate("Blocks are counted from the start of the text; the first is shorter by this");
    }
    lines.push_back(line(translate("cache"), cacheLabel(settings.cache), "cache", cacheText(settings.cache)));
    lines.back().plain = toQString(nameOf(settings.cache));
    lines.push_back(line(translate("stops at the end"), settings.stopsAtEnd ? translate("yes") : translate("no"), "stops_at_end"));
    lines.back().plain = QString::number(settings.stopsAtEnd ? 1 : 0);
    addOptions(lines, settings);
    return section;
}

ReportSection canvasSection(const Trace& trace) {
    const Canvas& first = trace.canvas(0);
    ReportSection section{translate("Canvas"), {}};
    section.lines.push_back(line(translate("prompt"), toQString(trace.header().prompt), "prompt", translate("As it was typed")));
    section.lines.push_back(count(translate("prompt tokens"), trace.promptLength(), "prompt_tokens"));
    section.lines.push_back(count(translate("slots"), trace.slots(), "slots"));
    section.lines.push_back(count(translate("open slots at first"), first.maskedCount(), "open_slots"));
    section.lines.push_back(count(translate("given among them"), first.pinnedSlots().size(), "pinned_slots"));
    section.lines.push_back(count(translate("room to grow"), first.room(), "room"));
    section.lines.push_back(line(translate("mask token"),
                                 QStringLiteral("%1 (%2)").arg(tokenLabel(trace, trace.header().maskId)).arg(trace.header().maskId),
                                 "mask_id"));
    section.lines.back().plain = QString::number(trace.header().maskId);
    QStringList ends;
    for (const TokenId id : trace.header().endIds) {
        ends << QString::number(id);
    }
    section.lines.push_back(line(translate("ids that end the text"), ends.join(QLatin1Char(' ')), "end_ids"));
    return section;
}

QString statusText(RunStatus status) {
    switch (status) {
        case RunStatus::Running: return translate("running");
        case RunStatus::Complete: return translate("complete");
        case RunStatus::Stopped: return translate("stopped");
        case RunStatus::Failed: return translate("failed");
    }
    return {};
}

ReportLine milliseconds(const QString& name, double value, const char* quantity, ValueTag tag) {
    ReportLine made = line(name, translate("%1 ms").arg(localNumber(value, 1)), quantity);
    made.plain = QString::number(value, 'g', 9);
    made.tag = tag;
    return made;
}

ReportSection costSection(const Trace& trace) {
    const RunCost cost = costOf(trace);
    ReportSection section{translate("What it took"), {}};
    std::vector<ReportLine>& lines = section.lines;
    lines.push_back(line(translate("state"), statusText(trace.status()), "status"));
    lines.push_back(count(translate("finished steps"), trace.steps(), "finished_steps"));
    lines.push_back(count(translate("evaluations"), cost.evaluations, "evaluations", ValueTag::Derived));
    lines.back().help = translate("NFE: passes that denoise, over all steps");
    lines.push_back(count(translate("prefill passes"), cost.prefills, "prefill_passes", ValueTag::Derived));
    lines.push_back(count(translate("commit passes"), cost.commits, "commit_passes", ValueTag::Derived));
    lines.push_back(count(translate("rows computed"), cost.rows, "rows", ValueTag::Derived));
    lines.back().help = translate("Transformer rows over all passes");
    lines.push_back(milliseconds(translate("time of the steps"), cost.milliseconds, "milliseconds", ValueTag::Derived));
    if (trace.steps() > 0) {
        lines.push_back(milliseconds(translate("mean per step"), meanMilliseconds(trace), "milliseconds_per_step", ValueTag::Derived));
        lines.push_back(line(translate("passes of the first step"), passesText(trace.record(1)), "first_step_passes"));
        lines.push_back(line(translate("passes of the last step"), passesText(trace.record(trace.steps())), "last_step_passes"));
    }
    return section;
}

}  // namespace

std::vector<ReportSection> reportRun(const Trace& trace) {
    if (trace.slots() == 0) {
        return {};
    }
    return {modelSection(trace.header()), settingsSection(trace.header()), canvasSection(trace), costSection(trace)};
}

QString sectionsAsTsv(const std::vector<ReportSection>& sections) {
    TsvTable table({QStringLiteral("quantity"), QStringLiteral("value"), QStringLiteral("tag")});
    for (const ReportSection& section : sections) {
        for (const ReportLine& each : section.lines) {
            table.addLine(each);
        }
    }
    return table.text();
}

}  // namespace crystallite
