#include "app/cli/run_printer.h"

#include "app/cli/terminal_canvas.h"
#include "app/cli/text_width.h"
#include "engine/trace/decode_option.h"
#include "engine/trace/run_cost.h"

#include <nlohmann/json.hpp>

#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace crystallite::cli {

using nlohmann::json;

std::string answerOf(const Trace& trace) {
    return trace.header().layout ? boardText(trace, trace.steps(), ".") : trace.answerText(trace.steps(), "□", true);
}

json settingsJson(const DecodeSettings& settings) {
    json object = {{"length", settings.length},
                   {"steps", settings.steps},
                   {"block_length", settings.effectiveBlockLength()},
                   {"policy", nameOf(settings.policy)},
                   {"cache", nameOf(settings.cache)},
                   {"order", nameOf(settings.order)},
                   {"temperature", settings.temperature},
                   {"seed", settings.seed}};
    if (settings.policy == DecodePolicy::Remdm) {
        object["remask"] = nameOf(settings.remask);
    }
    if (settings.stopsAtEnd) {
        object["stops_at_end"] = true;
    }
    for (const DecodeOption& option : decodeOptions()) {
        if (!option.appliesTo(settings)) {
            continue;
        }
        const double value = option.valueIn(settings);
        object[std::string(option.name)] = option.isFlag()    ? json(value != 0.0)
                                           : option.isWhole() ? json(static_cast<uint64_t>(value))
                                                              : json(value);
    }
    return object;
}

namespace {

/// "24 forward passes, 1 prefill, 3 commit passes, 812 rows, 310 ms"
std::string costText(const RunCost& cost) {
    const auto counted = [](uint64_t count, const char* one, const char* many) {
        return std::to_string(count) + " " + (count == 1 ? one : many);
    };
    std::string text = counted(cost.evaluations, "forward pass", "forward passes");
    if (cost.prefills > 0) {
        text += ", " + counted(cost.prefills, "prefill", "prefills");
    }
    if (cost.commits > 0) {
        text += ", " + counted(cost.commits, "commit pass", "commit passes");
    }
    return text + ", " + counted(cost.rows, "row", "rows") + ", " + std::to_string(static_cast<uint64_t>(cost.milliseconds + 0.5)) + " ms";
}

void printCost(const Trace& trace) {
    std::fprintf(stderr, "%s\n", costText(costOf(trace)).c_str());
}

/// "prefill 0-64, denoise 64-96"
std::string passesText(const StepRecord& record) {
    std::string text;
    for (const PassRecord& pass : record.passes) {
        text += (text.empty() ? "" : ", ") + std::string(nameOf(pass.kind)) + " " + std::to_string(pass.first) + "-" +
                std::to_string(pass.end());
    }
    return text.empty() ? "no pass" : text;
}

/// What was typed in front of the answer: all of it, or up to the first slot to fill in. A board has nothing in front of it.
std::string promptOf(const Trace& trace) {
    const TraceHeader& header = trace.header();
    if (header.layout) {
        return {};
    }
    const bool isWritten = trace.isControl(header.maskId);
    return header.prompt.substr(0, isWritten ? header.prompt.find(trace.piece(header.maskId)) : std::string::npos);
}

/// "12='fox'", "-12" remasked, "+12" inserted, "x12" deleted
std::string changeText(const Trace& trace, const SlotEvent& event) {
    const std::string position = std::to_string(event.position);
    switch (event.kind) {
        case EventKind::Commit:
        case EventKind::Edit: return position + "='" + printable(trace.piece(event.after)) + "'";
        case EventKind::Remask: return "-" + position;
        case EventKind::Insert: return "+" + position;
        case EventKind::Delete: return "x" + position;
        case EventKind::Pin: return "pin " + position;
        case EventKind::Unpin: return "unpin " + position;
        case EventKind::Prefer: return "first " + position;
    }
    return {};
}

/// The answer alone on stdout, as one block of text.
class FinalPrinter : public RunPrinter {
public:
    void start(const Trace& /*trace*/) override {}
    void step(const Trace& /*trace*/) override {}
    void finish(const Trace& trace) override { std::printf("%s%s\n", promptOf(trace).c_str(), answerOf(trace).c_str()); }
};

/// One line per step for logs and pipes.
class LinePrinter : public FinalPrinter {
public:
    void step(const Trace& trace) override {
        const StepRecord& record = trace.record(trace.steps());
        std::string changes;
        for (const SlotEvent& event : record.events) {
            changes += " " + changeText(trace, event);
        }
        std::fprintf(stderr, "step %u/%u, %u masked, %s, %.1f ms:%s\n", record.number, trace.header().settings.steps, record.maskedAfter,
                     passesText(record).c_str(), record.milliseconds, changes.c_str());
    }
    void finish(const Trace& trace) override {
        printCost(trace);
        FinalPrinter::finish(trace);
    }
};

/// Redraws the canvas in place.
class TerminalPrinter : public FinalPrinter {
public:
    void start(const Trace& trace) override { draw(trace); }
    void step(const Trace& trace) override { draw(trace); }
    void finish(const Trace& trace) override {
        draw(trace);
        printCost(trace);
        std::fputc('\n', stderr);
        FinalPrinter::finish(trace);
    }

private:
    static TerminalStyle style() {
        winsize size{};
        const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
        const char* noColour = std::getenv("NO_COLOR");
        return {.columns = known ? size.ws_col : 80U, .colour = noColour == nullptr || *noColour == '\0'};
    }

    void draw(const Trace& trace) {
        const uint32_t frame = trace.steps();
        std::string picture = drawCanvas(trace, frame, style());
        const double milliseconds = frame > 0 ? trace.record(frame).milliseconds : 0.0;
        picture += "step " + std::to_string(frame) + "/" + std::to_string(trace.header().settings.steps) + ", " +
                   std::to_string(trace.canvas(frame).maskedCount()) + " masked, " + std::to_string(static_cast<int>(milliseconds + 0.5)) +
                   " ms\x1b[K\n";
        if (linesDrawn_ > 0) {
            std::fprintf(stderr, "\x1b[%zuA\r", linesDrawn_);
        }
        std::fprintf(stderr, "%s\x1b[J", picture.c_str());
        std::fflush(stderr);
        linesDrawn_ = static_cast<size_t>(std::count(picture.begin(), picture.end(), '\n'));
    }

    size_t linesDrawn_ = 0;
};

/// One JSON object per line: the run, every step, the end. Pieces are bytes; what is not UTF-8 is replaced in the text fields.
class JsonPrinter : public RunPrinter {
public:
    void start(const Trace& trace) override {
        const TraceHeader& header = trace.header();
        json run = {{"type", "run"},
                    {"model", header.modelName},
                    {"fingerprint", header.modelFingerprint},
                    {"device", header.device},
                    {"prompt", header.prompt},
                    {"prompt_tokens", trace.promptLength()},
                    {"mask_id", header.maskId},
                    {"tokens", tokensOf(trace)},
                    {"settings", settingsJson(header.settings)}};
        if (header.layout) {
            run["layout"] = {{"rows", header.layout->rows},
                             {"columns", header.layout->columns},
                             {"box_rows", header.layout->boxRows},
                             {"box_columns", header.layout->boxColumns}};
        }
        print(run);
    }

    void step(const Trace& trace) override {
        const StepRecord& record = trace.record(trace.steps());
        json events = json::array();
        for (const SlotEvent& event : record.events) {
            events.push_back({{"kind", nameOf(event.kind)},
                              {"position", event.position},
                              {"id", event.after},
                              {"piece", trace.piece(event.after)},
                              {"probability", event.probability}});
        }
        json beliefs = json::array();
        for (const SlotBelief& belief : record.beliefs) {
            beliefs.push_back(beliefOf(belief));
        }
        json passes = json::array();
        for (const PassRecord& pass : record.passes) {
            passes.push_back({{"kind", nameOf(pass.kind)}, {"first", pass.first}, {"rows", pass.rows}});
        }
        print({{"type", "step"},
               {"step", record.number},
               {"block", record.block},
               {"masked", record.maskedAfter},
               {"ms", record.milliseconds},
               {"mean_entropy", meanEntropy(record)},
               {"forward_passes", record.forwardPasses},
               {"rows", record.rowsComputed},
               {"passes", passes},
               {"events", events},
               {"beliefs", beliefs}});
    }

    void finish(const Trace& trace) override {
        const RunCost cost = costOf(trace);
        print({{"type", "end"},
               {"steps", trace.steps()},
               {"forward_passes", cost.evaluations},
               {"prefill_passes", cost.prefills},
               {"commit_passes", cost.commits},
               {"rows", cost.rows},
               {"ms", cost.milliseconds},
               {"tokens", tokensOf(trace)},
               {"text", answerOf(trace)}});
    }

private:
    static json tokensOf(const Trace& trace) { return trace.canvas(trace.steps()).text(); }

    static json beliefOf(const SlotBelief& belief) {
        json ids = json::array();
        json probabilities = json::array();
        for (const Candidate& candidate : belief.candidates) {
            ids.push_back(candidate.id);
            probabilities.push_back(candidate.probability);
        }
        return {{"position", belief.position},    {"ids", ids},
                {"probabilities", probabilities}, {"entropy", belief.entropy},
                {"margin", belief.margin},        {"sampled", belief.sampledId},
                {"score", belief.score}};
    }

    static void print(const json& object) {
        std::printf("%s\n", object.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
        std::fflush(stdout);
    }
};

}  // namespace

std::unique_ptr<RunPrinter> makeRunPrinter(Show show) {
    switch (show) {
        case Show::Json: return std::make_unique<JsonPrinter>();
        case Show::Steps:
            if (isatty(STDERR_FILENO) != 0) {
                return std::make_unique<TerminalPrinter>();
            }
            return std::make_unique<LinePrinter>();
        case Show::Final: break;
    }
    return std::make_unique<FinalPrinter>();
}

}  // namespace crystallite::cli
