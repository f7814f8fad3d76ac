#include "engine/exchange/run_json.h"
#include "engine/exchange/export_run.h"
#include "engine/exchange/provenance.h"
#include "engine/trace/branch.h"
#include "tests/exchange/hostile_trace.h"
#include "tests/trace/sample_trace.h"
#include "tests/trace/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <bit>
#include <fstream>
#include <set>

namespace crystallite {
namespace {

using nlohmann::json;

std::string textOf(const Trace& trace, BeliefForm form) {
    std::string text;
    const ExportSink sink = [&text](std::string_view more) {
        text += more;
        return Result<void>();
    };
    EXPECT_TRUE(writeRunJson(trace, form, sink, {}));
    return text;
}

float floatOf(const json& value) {
    return value.is_null() ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(value.get<double>());
}

SlotBelief beliefOf(const json& value) {
    SlotBelief belief{.position = value["position"],
                      .logSumExp = floatOf(value["log_sum_exp"]),
                      .entropy = floatOf(value["entropy"]),
                      .margin = floatOf(value["margin"]),
                      .sampledId = value["sampled_id"],
                      .sampledProbability = floatOf(value["sampled_probability"]),
                      .score = floatOf(value["score"])};
    for (const json& candidate : value["candidates"]) {
        belief.candidates.push_back({.id = candidate["id"], .probability = floatOf(candidate["probability"])});
    }
    return belief;
}

StepRecord recordOf(const json& value) {
    StepRecord record{.number = value["number"],
                      .block = value["block"],
                      .eligibleBegin = value["eligible"][0],
                      .eligibleEnd = value["eligible"][1],
                      .forwardPasses = value["forward_passes"],
                      .rowsComputed = value["rows_computed"],
                      .maskedBefore = value["masked_before"],
                      .maskedAfter = value["masked_after"],
                      .milliseconds = value["milliseconds"],
                      .byHand = value["by_hand"]};
    const std::map<std::string, EventKind> kinds = {{"commit", EventKind::Commit}, {"remask", EventKind::Remask}, {"edit", EventKind::Edit},
                                                    {"insert", EventKind::Insert}, {"delete", EventKind::Delete}, {"pin", EventKind::Pin},
                                                    {"unpin", EventKind::Unpin},   {"prefer", EventKind::Prefer}};
    for (const json& event : value["events"]) {
        record.events.push_back({.kind = kinds.at(event["kind"]),
                                 .position = event["position"],
                                 .before = event["before"],
                                 .after = event["after"],
                                 .probability = floatOf(event["probability"])});
    }
    for (const json& belief : value["beliefs"]) {
        record.beliefs.push_back(beliefOf(belief));
    }
    for (const json& pass : value["passes"]) {
        EXPECT_EQ(pass["kind"], "denoise");
        record.passes.push_back({.kind = PassKind::Denoise, .first = pass["first"], .rows = pass["rows"]});
    }
    return record;
}

/// A branch in which a person pinned a word and queued a slot.
Trace traceChangedByHand() {
    Trace branch = *branchOf(sampleTrace(5, 4), 2);
    const std::vector<uint32_t> open = branch.canvas(branch.steps()).maskedSlots();
    const TokenId mask = branch.header().maskId;
    const TokenId word = branch.canvas(0).token(0);
    EXPECT_TRUE(appendByHand(branch, {{.kind = EventKind::Commit, .position = open[0], .before = mask, .after = word, .probability = 0.25F},
                                      {.kind = EventKind::Pin, .position = open[0], .before = word, .after = word},
                                      {.kind = EventKind::Prefer, .position = open[1], .before = mask, .after = mask}}));
    return branch;
}

TEST(RunJson, SaysWhatAPersonChangedAndWhereTheBranchBegan) {
    const Trace branch = traceChangedByHand();
    const json document = json::parse(textOf(branch, BeliefForm::Listed));

    EXPECT_EQ(document["run"]["id"], branch.header().id);
    EXPECT_EQ(document["run"]["origin"]["parent"], branch.header().origin->parent);
    EXPECT_EQ(document["run"]["origin"]["step"], 2);
    EXPECT_EQ(document["steps"][1]["by_hand"], false);
    EXPECT_EQ(document["steps"][2]["by_hand"], true);
    EXPECT_TRUE(json::parse(textOf(sampleTrace(5, 4), BeliefForm::Listed))["run"]["origin"].is_null());
}

TEST(RunJson, EqualsTheTraceToTheBit) {
    for (const Trace& trace : {sampleTrace(5, 4), hostileTrace(), changingTrace(), sampleBoardTrace(3), traceChangedByHand()}) {
        const json document = json::parse(textOf(trace, BeliefForm::Listed));
        EXPECT_EQ(document["format"], "crystallite-run");
        EXPECT_EQ(document["version"], kRunDocumentVersion);
        ASSERT_EQ(document["steps"].size(), trace.steps());
        for (uint32_t step = 1; step <= trace.steps(); ++step) {
            const StepRecord read = recordOf(document["steps"][step - 1]);
            EXPECT_TRUE(sameDecision(read, trace.record(step))) << trace.header().modelName << " step " << step;
            EXPECT_EQ(read.milliseconds, trace.record(step).milliseconds);
            EXPECT_EQ(read.passes, trace.record(step).passes);
        }
        ASSERT_EQ(document["canvas"]["tokens"].size(), trace.slots());
        for (uint32_t position = 0; position < trace.slots(); ++position) {
            EXPECT_EQ(document["canvas"]["tokens"][position], trace.canvas(0).token(position));
            EXPECT_EQ(document["canvas"]["masked"][position] == 1, trace.canvas(0).isMasked(position));
        }
    }
}

TEST(RunJson, HoldsTheHeaderAndEveryTokensBytes) {
    const Trace trace = sampleTrace(5, 4);
    const json document = json::parse(textOf(trace, BeliefForm::Listed));
    EXPECT_EQ(document["settings"]["seed"].get<uint64_t>(), trace.header().settings.seed) << "64 bits, not a double";
    EXPECT_EQ(floatOf(document["settings"]["temperature"]), 0.3F);
    EXPECT_EQ(document["settings"]["order"], "entropy");
    EXPECT_EQ(document["run"]["prompt"], trace.header().prompt);
    EXPECT_EQ(document["model"]["fingerprint"], trace.header().modelFingerprint);
    ASSERT_EQ(document["tokens"].size(), trace.pieces().size());
    for (const json& token : document["tokens"]) {
        const std::string& bytes = trace.piece(token["id"]);
        if (token.contains("text")) {
            EXPECT_EQ(token["text"], bytes);
        } else {
            std::string decoded;
            const std::string hex = token["hex"];
            for (size_t at = 0; at < hex.size(); at += 2) {
                decoded += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
            }
            EXPECT_EQ(decoded, bytes);
        }
    }
}

/// The path of every plain field of the document, lists left out.
void collectPaths(const json& value, const std::string& path, std::set<std::string>& paths) {
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            collectPaths(member, path.empty() ? key : path + "." + key, paths);
        }
    } else if (value.is_array() && !value.empty() && value.front().is_object()) {
        for (const json& element : value) {
            collectPaths(element, path, paths);
        }
    } else if (!value.is_array() || !value.empty()) {
        paths.insert(path);
    }
}

TEST(RunJson, EveryFieldHasItsProvenance) {
    std::set<std::string> paths;
    for (const Trace& trace : {sampleTrace(5, 4), hostileTrace(), changingTrace(), sampleBoardTrace(3), traceChangedByHand()}) {
        json document = json::parse(textOf(trace, BeliefForm::Listed));
        document.erase("provenance");
        document.erase("format");
        document.erase("version");
        if (document["layout"].is_null()) {
            document.erase("layout");
        }
        if (document["run"]["origin"].is_null()) {
            document["run"].erase("origin");
        }
        collectPaths(document, "", paths);
    }
    std::set<std::string> tagged;
    for (const FieldProvenance& field : fieldProvenance()) {
        tagged.insert(std::string(field.path));
        EXPECT_TRUE(field.tag == 'm' || field.tag == 'd');
    }
    for (const std::string& path : paths) {
        const std::string group = path.substr(0, path.find('.')) + ".*";
        EXPECT_TRUE(tagged.contains(path) || tagged.contains(group)) << path << " has no tag";
    }
    for (const std::string& path : tagged) {
        EXPECT_TRUE(path.ends_with(".*") || paths.contains(path)) << path << " is in no document";
    }
}

TEST(RunJson, KeysKeepTheirOrder) {
    const auto document = nlohmann::ordered_json::parse(textOf(sampleTrace(3, 2), BeliefForm::Listed));
    std::vector<std::string> keys;
    for (const auto& [key, value] : document.items()) {
        keys.push_back(key);
    }
    EXPECT_EQ(keys, (std::vector<std::string>{"format", "version", "provenance", "run", "model", "device", "settings", "layout", "canvas",
                                              "tokens", "steps", "bookmarks"}));
    EXPECT_EQ(textOf(sampleTrace(3, 2), BeliefForm::Listed), textOf(sampleTrace(3, 2), BeliefForm::Listed));
}

TEST(ExportRun, AStoppedExportLeavesTheOldFile) {
    const TemporaryFolder folder;
    const auto path = folder / "run.json";
    std::ofstream(path) << "what was there";
    std::stop_source stop;
    const ExportWatch watch{.stop = stop.get_token(), .progress = [&stop](double) { stop.request_stop(); }};

    const auto written = exportRun(sampleTrace(5, 4), path, {.format = DataFormat::Json}, watch);

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Cancelled);
    std::string kept;
    std::getline(std::ifstream(path), kept);
    EXPECT_EQ(kept, "what was there");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << "half a file is left behind";
}

TEST(ExportRun, SaysWhyAFolderCannotBeWritten) {
    const auto written = exportRun(sampleTrace(5, 4), "/nowhere/run.json", {.format = DataFormat::Json}, {});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Io);
    EXPECT_NE(written.error().message.find("/nowhere/run.json"), std::string::npos) << written.error().message;
}

}  // namespace
}  // namespace crystallite
