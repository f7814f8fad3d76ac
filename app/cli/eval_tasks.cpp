#include "app/cli/eval_tasks.h"

#include "app/cli/eval_lines.h"
#include "engine/base/in_quotes.h"
#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/session.h"
#include "engine/evaluation/proportion.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace crystallite::cli {
namespace {

using nlohmann::json;

constexpr uint32_t kAnswerSlots = 24;  // the longest answer that the questions of the embedded models ask for

/// A whole run as in `generate`; its trace at the end.
Result<Trace> runToTheEnd(Model& model, const std::string& prompt, const DecodeRequest& request, const std::stop_token& stop) {
    auto session = Session::start(model, prompt, request);
    if (!session) {
        return session.error();
    }
    while (!(*session)->finished()) {
        if (const Result<void> stepped = (*session)->step(stop); !stepped) {
            return stepped.error();
        }
    }
    return (*session)->trace();
}

std::string trimmed(const std::string& text) {
    const size_t begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

void addShare(EvalRows& row, size_t right, size_t tried) {
    const Interval interval = wilsonInterval(right, tried);
    row["right"] = right;
    row["of"] = tried;
    row["rate"] = tried == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(tried);
    row["low"] = interval.low;
    row["high"] = interval.high;
}

struct Puzzle {
    std::string board;
    std::string solution;  // empty: unknown
};

Result<std::vector<Puzzle>> readPuzzles(const EvalContext& context) {
    const auto lines = readLines(context.options.file, context.options.limit);
    if (!lines) {
        return lines.error();
    }
    const ModelConfig& config = context.model.config();
    std::vector<Puzzle> puzzles;
    for (std::string line : *lines) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream words(line);
        Puzzle puzzle;
        words >> puzzle.board >> puzzle.solution;
        const Result<RunPlan> plan = planRun(config, *context.model.tokenizer(), puzzle.board, {});
        if (!plan) {
            return badLine(context.options.file, puzzles.size() + 1, "is no puzzle for this model: " + plan.error().message);
        }
        if (!puzzle.solution.empty() && puzzle.solution.size() != config.layout->cells()) {
            return badLine(context.options.file, puzzles.size() + 1, "has a solution of another size than its puzzle");
        }
        puzzles.push_back(std::move(puzzle));
    }
    return puzzles;
}

/// Every row, column and box holds each symbol once: how a solution is recognised that is not written in the file.
bool followsTheRules(const std::string& board, const GridLayout& layout) {
    std::set<std::pair<uint32_t, char>> seen;
    for (uint32_t slot = 0; slot < board.size(); ++slot) {
        const uint32_t row = slot / layout.columns;
        const uint32_t column = layout.rows + slot % layout.columns;
        const uint32_t box = layout.rows + layout.columns + layout.boxOf(slot);
        for (const uint32_t unit : {row, column, box}) {
            if (!seen.insert({unit, board[slot]}).second) {
                return false;
            }
        }
    }
    return true;
}

struct SolveCount {
    size_t solved = 0;
    size_t tried = 0;
    double milliseconds = 0.0;
    size_t steps = 0;
};

/// Adds one puzzle; false when the run was stopped.
Result<bool> solve(const EvalContext& context, const Puzzle& puzzle, UnmaskOrder order, uint32_t cellsPerStep, SolveCount& count) {
    const Result<RunPlan> plan = planRun(context.model.config(), *context.model.tokenizer(), puzzle.board, {});
    const uint32_t open = plan->canvas.maskedCount();
    const DecodeRequest request{.steps = (open + cellsPerStep - 1) / cellsPerStep,
                                .order = order,
                                .temperature = context.options.temperature,
                                // Another seed for each puzzle, or random order would open all of them alike.
                                .seed = context.options.seed + count.tried};
    const Result<Trace> trace = runToTheEnd(context.model, puzzle.board, request, context.stop);
    if (!trace) {
        return wasCancelled(trace.error()) ? Result<bool>(false) : trace.error();
    }
    const std::string answer = trace->answerText(trace->steps(), ".", false);
    const bool solved = puzzle.solution.empty() ? followsTheRules(answer, *trace->header().layout) : answer == puzzle.solution;
    count.solved += solved ? 1 : 0;
    ++count.tried;
    count.steps += trace->steps();
    for (uint32_t step = 1; step <= trace->steps(); ++step) {
        count.milliseconds += trace->record(step).milliseconds;
    }
    return true;
}

std::vector<std::string> ordersOf(const EvalOptions& options) {
    return options.orders.empty() ? std::vector<std::string>{"low-confidence", "margin", "random", "left-to-right"} : options.orders;
}

}  // namespace

Result<EvalRows> evaluateSudoku(const EvalContext& context) {
    if (!context.model.config().layout) {
        return Error{ErrorKind::InvalidArgument, inQuotes(context.model.config().name) + " has no board; choose a Sudoku model"};
    }
    const auto puzzles = readPuzzles(context);
    if (!puzzles) {
        return puzzles.error();
    }
    EvalRows rows = EvalRows::array();
    for (const std::string& name : ordersOf(context.options)) {
        const auto order = parseUnmaskOrder(name);
        if (!order) {
            return order.error();
        }
        for (const uint32_t cells : context.options.cellsPerStep) {
            SolveCount count;
            bool goesOn = true;
            for (size_t index = 0; index < puzzles->size() && goesOn; ++index) {
                const Result<bool> tried = solve(context, (*puzzles)[index], *order, cells, count);
                if (!tried) {
                    return tried.error();
                }
                goesOn = *tried;
                context.progress(name + ", " + std::to_string(cells) + " a step", count.tried, puzzles->size());
            }
            EvalRows row = {{"order", name}, {"cells_per_step", cells}};
            addShare(row, count.solved, count.tried);
            row["ms_per_step"] = count.steps == 0 ? 0.0 : count.milliseconds / static_cast<double>(count.steps);
            rows.push_back(row);
            if (!goesOn) {
                return rows;
            }
        }
    }
    return rows;
}

Result<EvalRows> evaluateQuestions(const EvalContext& context) {
    const EvalOptions& options = context.options;
    const auto prompts = readTexts(options.file, "prompt", PlainLines::Errors, options.limit);
    const auto answers = readTexts(options.file, "answer", PlainLines::Errors, options.limit);
    if (!prompts || !answers) {
        return prompts ? answers.error() : prompts.error();
    }
    size_t right = 0;
    size_t tried = 0;
    for (; tried < prompts->size(); ++tried) {
        const DecodeRequest request{
            .length = options.length.value_or(kAnswerSlots), .temperature = options.temperature, .seed = options.seed};
        const Result<Trace> trace = runToTheEnd(context.model, (*prompts)[tried], request, context.stop);
        if (!trace && wasCancelled(trace.error())) {
            break;
        }
        if (!trace) {
            return badLine(options.file, tried + 1, "could not be asked: " + trace.error().message);
        }
        right += trimmed(trace->answerText(trace->steps(), "□", true)) == trimmed((*answers)[tried]) ? 1 : 0;
        context.progress("questions", tried + 1, prompts->size());
    }
    EvalRows row = EvalRows::object();
    addShare(row, right, tried);
    return EvalRows::array({row});
}

namespace {

/// Share of different n-grams of words among all (Li et al., arXiv 1510.03055).
double distinctShare(const std::vector<std::string>& texts, size_t n) {
    std::set<std::vector<std::string>> different;
    size_t all = 0;
    for (const std::string& text : texts) {
        std::istringstream stream(text);
        std::vector<std::string> words;
        for (std::string word; stream >> word;) {
            words.push_back(word);
        }
        for (size_t first = 0; first + n <= words.size(); ++first) {
            different.insert({words.begin() + static_cast<std::ptrdiff_t>(first), words.begin() + static_cast<std::ptrdiff_t>(first + n)});
            ++all;
        }
    }
    return all == 0 ? 0.0 : static_cast<double>(different.size()) / static_cast<double>(all);
}

}  // namespace

Result<EvalRows> evaluateStories(const EvalContext& context) {
    const EvalOptions& options = context.options;
    const auto prompts = readTexts(options.file, "prompt", PlainLines::Texts, options.limit);
    if (!prompts) {
        return prompts.error();
    }
    std::ofstream out;
    if (!options.outFile.empty()) {
        out.open(options.outFile);
        if (!out) {
            return Error{ErrorKind::Io, "the file " + inQuotes(options.outFile) + " cannot be written; choose another place"};
        }
    }
    std::vector<std::string> stories;
    for (const std::string& prompt : *prompts) {
        const DecodeRequest request{.length = options.length, .temperature = options.temperature, .seed = options.seed + stories.size()};
        const Result<Trace> trace = runToTheEnd(context.model, prompt, request, context.stop);
        if (!trace && wasCancelled(trace.error())) {
            break;
        }
        if (!trace) {
            return badLine(options.file, stories.size() + 1, "could not be continued: " + trace.error().message);
        }
        const std::string story = prompt + trace->answerText(trace->steps(), "□", true);
        out << json{{"text", story}}.dump(-1, ' ', false, json::error_handler_t::replace) << "\n";
        stories.push_back(story);
        context.progress("stories", stories.size(), prompts->size());
    }
    EvalRows row = {{"stories", stories.size()}};
    for (const size_t n : {1U, 2U, 3U}) {
        row["distinct_" + std::to_string(n)] = distinctShare(stories, n);
    }
    return EvalRows::array({row});
}

}  // namespace crystallite::cli
