#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/eval_tasks.h"

#include <CLI/CLI.hpp>

#include <unistd.h>
#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

namespace crystallite::cli {
namespace {

enum class Task { Likelihood, Sudoku, Questions, Stories };

struct EvalArguments {
    ModelChoice choice;
    Task task = Task::Sudoku;
    EvalOptions options;
    bool asJson = false;
};

/// One line on stderr: rewritten in a terminal, every ten seconds elsewhere.
class ProgressLine {
public:
    void show(const std::string& what, size_t done, size_t total) {
        const auto now = std::chrono::steady_clock::now();
        const bool due = terminal_ || done == total || now - last_ > std::chrono::seconds(10);
        if (due) {
            std::fprintf(stderr, terminal_ ? "\r%s: %zu of %zu\x1b[K" : "%s: %zu of %zu\n", what.c_str(), done, total);
            last_ = now;
        }
        if (terminal_ && done == total) {
            std::fputc('\n', stderr);
        }
    }

private:
    bool terminal_ = isatty(STDERR_FILENO) != 0;
    std::chrono::steady_clock::time_point last_;  // none yet
};

std::string cellText(const EvalRows& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (!value.is_number_float()) {
        return value.dump();
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4f", value.get<double>());
    return text.data();
}

void printTable(const EvalRows& rows) {
    for (const auto& [key, value] : rows.front().items()) {
        std::printf("%-16s ", key.c_str());
    }
    std::printf("\n");
    for (const EvalRows& row : rows) {
        for (const auto& [key, value] : row.items()) {
            std::printf("%-16s ", cellText(value).c_str());
        }
        std::printf("\n");
    }
}

Result<EvalRows> runTask(Task task, const EvalContext& context) {
    switch (task) {
        case Task::Likelihood: return evaluateLikelihood(context);
        case Task::Sudoku: return evaluateSudoku(context);
        case Task::Questions: return evaluateQuestions(context);
        case Task::Stories: break;
    }
    return evaluateStories(context);
}

int eval(const EvalArguments& arguments, const std::stop_token& stop) {
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    ProgressLine line;
    const EvalContext context{.model = *loaded->model,
                              .options = arguments.options,
                              .stop = stop,
                              .progress = [&line](const std::string& what, size_t done, size_t total) { line.show(what, done, total); }};
    const auto rows = runTask(arguments.task, context);
    if (!rows) {
        return report(rows.error());
    }
    if (arguments.asJson) {
        const EvalRows document = {{"model", loaded->model->config().name},
                                   {"fingerprint", loaded->model->source().fingerprint()},
                                   {"device", loaded->model->identity().device},
                                   {"complete", !stop.stop_requested()},
                                   {"results", *rows}};
        std::printf("%s\n", document.dump(2, ' ', false, EvalRows::error_handler_t::replace).c_str());
    } else {
        printTable(*rows);
    }
    return stop.stop_requested() ? kInterrupted : kSuccess;
}

}  // namespace

Command addEvalCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("eval", "Measure how good a model is; Ctrl-C ends with what was measured so far");
    auto arguments = std::make_shared<EvalArguments>();
    EvalOptions& options = arguments->options;
    const std::map<std::string, Task> tasks = {
        {"nelbo", Task::Likelihood}, {"sudoku", Task::Sudoku}, {"questions", Task::Questions}, {"stories", Task::Stories}};
    addModelOptions(*command, arguments->choice);
    command
        ->add_option(
            "--task", arguments->task,
            "nelbo: nats per token of {\"text\"} lines (exact for a model that writes left to right); sudoku: share solved of "
            "'puzzle solution' lines; questions: share of {\"prompt\",\"answer\"} lines answered exactly; stories: variety of what "
            "follows {\"prompt\"} lines")
        ->required()
        ->transform(CLI::CheckedTransformer(tasks));
    command->add_option("FILE", options.file, "What to measure on, one item a line")->required();
    command->add_option("--train", options.trainFile, "nelbo: text for the unigram and bigram baselines");
    command->add_option("--samples", options.samples, "nelbo: masked canvases per document")
        ->check(CLI::Range(1U, 100000U))
        ->capture_default_str();
    command->add_option("--order", options.orders, "sudoku: orders to try; default: low-confidence, margin, random, left-to-right")
        ->delimiter(',');
    command->add_option("--cells-per-step", options.cellsPerStep, "sudoku: most cells committed at once, one row for each number")
        ->delimiter(',')
        ->check(CLI::Range(1U, 1U << 20U))
        ->capture_default_str();
    command->add_option("--length", options.length, "questions, stories: slots behind the prompt");
    command->add_option("--temperature", options.temperature, "Gumbel temperature; 0: greedy")->capture_default_str();
    command->add_option("--seed", options.seed, "Seed of every random draw")->capture_default_str();
    command->add_option("--limit", options.limit, "Use only the first lines; 0: all")->capture_default_str();
    command->add_option("--out", options.outFile, "stories: write the texts into this file, as {\"text\"} lines");
    command->add_flag("--json", arguments->asJson, "Print JSON instead of a table");
    return {command, [arguments](const InterruptWatcher& interrupt) { return eval(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
