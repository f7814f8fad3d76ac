#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/decode_choice.h"
#include "app/cli/prompt_choice.h"
#include "app/cli/run_printer.h"
#include "engine/diffusion/seed_batch.h"
#include "engine/diffusion/session.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

namespace crystallite::cli {
namespace {

using nlohmann::json;

struct BatchArguments {
    ModelChoice choice;
    PromptChoice prompt;
    DecodeChoice decode;
    std::string seeds = "1..8";
    bool asJson = false;
};

std::string endText(const AnswerEnd& end) {
    return std::to_string(end.tokens) + "/" + std::to_string(end.slots) + (end.isEnded ? "" : " full");
}

void printRow(const BatchRow& row) {
    std::printf("%-20llu %12s %7llu %8.2f s %11.3f %7u\n", static_cast<unsigned long long>(row.seed), endText(row.end).c_str(),
                static_cast<unsigned long long>(row.evaluations), row.milliseconds / 1e3, row.confidence, row.answer + 1);
    std::fflush(stdout);
}

void printHeader(const Trace& trace) {
    std::printf("%s on %s, a prompt of %u tokens\n\n%-20s %12s %7s %10s %11s %7s\n", trace.header().modelName.c_str(),
                trace.header().device.c_str(), trace.promptLength(), "seed", "answer end", "NFE", "time", "confidence", "answer");
}

/// "1.24 ± 0.08", or as much of it as there is.
std::string spreadText(const MeanAndSpread& value, double scale, const char* unit, int digits) {
    if (value.count == 0) {
        return "not known";
    }
    char text[96];
    if (value.count == 1) {
        std::snprintf(text, sizeof(text), "%.*f%s", digits, value.mean * scale, unit);
    } else {
        std::snprintf(text, sizeof(text), "%.*f ± %.*f%s", digits, value.mean * scale, digits, value.deviation * scale, unit);
    }
    return text;
}

void printStatistics(const BatchStatistics& all) {
    std::printf("\n%u runs, mean ± standard deviation\n", all.runs);
    std::printf("answer length  %s tokens, ended in %u of %u\n", spreadText(all.tokens, 1.0, "", 1).c_str(), all.ended, all.runs);
    std::printf("NFE            %s\n", spreadText(all.evaluations, 1.0, "", 1).c_str());
    std::printf("time           %s\n", spreadText(all.milliseconds, 1e-3, " s", 2).c_str());
    std::printf("confidence     %s, of tokens as they were committed\n", spreadText(all.confidence, 1.0, "", 3).c_str());
    std::printf("answers        %u distinct, the commonest %u times\n", all.distinct, all.commonest);
    std::printf("agreement      %s over %u pairs\n", spreadText(all.agreement, 100.0, " %", 1).c_str(), all.agreement.count);
}

json numberOrNull(double value) {
    return std::isfinite(value) ? json(value) : json(nullptr);
}

json spreadJson(const MeanAndSpread& value) {
    return {{"count", value.count}, {"mean", numberOrNull(value.mean)}, {"sd", numberOrNull(value.deviation)}};
}

json rowJson(const BatchRow& row) {
    return {{"seed", row.seed},
            {"answer_tokens", row.end.tokens},
            {"answer_slots", row.end.slots},
            {"ended", row.end.isEnded},
            {"nfe", row.evaluations},
            {"ms", row.milliseconds},
            {"commit_confidence", numberOrNull(row.confidence)},
            {"answer", row.answer + 1},
            {"text", row.text}};
}

void printJson(const SeedBatch& batch, const TraceHeader& header, bool isWhole) {
    const BatchStatistics all = batch.statistics();
    json rows = json::array();
    for (const BatchRow& row : batch.rows()) {
        rows.push_back(rowJson(row));
    }
    const json document = {{"model", header.modelName},
                           {"fingerprint", header.modelFingerprint},
                           {"device", header.device},
                           {"prompt", header.prompt},
                           {"settings", settingsJson(header.settings)},
                           {"complete", isWhole},
                           {"runs", rows},
                           {"statistics",
                            {{"runs", all.runs},
                             {"ended", all.ended},
                             {"answer_tokens", spreadJson(all.tokens)},
                             {"nfe", spreadJson(all.evaluations)},
                             {"ms", spreadJson(all.milliseconds)},
                             {"commit_confidence", spreadJson(all.confidence)},
                             {"distinct_answers", all.distinct},
                             {"commonest_answer_runs", all.commonest},
                             {"agreement", spreadJson(all.agreement)}}}};
    std::printf("%s\n", document.dump(2, ' ', false, json::error_handler_t::replace).c_str());
}

Result<Trace> finish(Session& session, const std::stop_token& stop) {
    ProgressLine line("seed " + std::to_string(session.trace().header().settings.seed));
    while (!session.finished()) {
        if (const auto stepped = session.step(stop); !stepped) {
            return stepped.error();
        }
        line.show(static_cast<double>(session.trace().steps()) / session.trace().header().settings.steps);
    }
    return session.trace();
}

/// Makes the runs of `batch`. What was finished before an error counts.
Result<void> makeRuns(SeedBatch& batch, Model& model, const SentPrompt& prompt, DecodeRequest request, TraceHeader& header, bool asJson,
                      const std::stop_token& stop) {
    while (const auto seed = batch.next()) {
        request.seed = *seed;
        auto session = prompt.start(model, request);
        const auto trace = session ? finish(**session, stop) : Result<Trace>(session.error());
        if (!trace) {
            return trace.error();
        }
        if (batch.rows().empty()) {
            header = trace->header();
            if (!asJson) {
                printHeader(*trace);
            }
        }
        const BatchRow& row = batch.add(*trace);
        if (!asJson) {
            printRow(row);
        }
    }
    return {};
}

int runBatch(const BatchArguments& arguments, const std::stop_token& stop) {
    const auto request = requestOf(arguments.decode);
    const auto seeds = parseSeeds(arguments.seeds);
    if (!request || !seeds) {
        return report(request ? seeds.error() : request.error());
    }
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    const auto prompt = SentPrompt::of(*loaded, arguments.choice.model, arguments.prompt);
    if (!prompt) {
        return report(prompt.error());
    }
    SeedBatch batch(*seeds);
    TraceHeader header;
    const auto made = makeRuns(batch, *loaded->model, *prompt, *request, header, arguments.asJson, stop);
    if (!batch.rows().empty()) {
        arguments.asJson ? printJson(batch, header, made.has_value()) : printStatistics(batch.statistics());
    }
    if (made) {
        return kSuccess;
    }
    return made.error().kind == ErrorKind::Cancelled ? int{kInterrupted} : report(made.error());
}

}  // namespace

Command addBatchCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("batch", "Answer one prompt with many seeds: each run in a line, then mean and deviation");
    auto arguments = std::make_shared<BatchArguments>();
    addModelOptions(*command, arguments->choice);
    addPromptOptions(*command, arguments->prompt);
    addDecodeOptions(*command, arguments->decode);
    command->add_option("--seeds", arguments->seeds, "First and last seed, as 1..16; at most 256 of them")->capture_default_str();
    command->add_flag("--json", arguments->asJson, "Print JSON, with every text, instead of a table");
    return {command, [arguments](const InterruptWatcher& interrupt) { return runBatch(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
