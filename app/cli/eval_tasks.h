#pragma once

#include "app/cli/common.h"
#include "engine/trace/decode_settings.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace crystallite::cli {

struct EvalOptions {
    std::string file;       ///< what is measured on
    std::string trainFile;  ///< nelbo: text for the n-gram baselines
    std::string outFile;    ///< stories: where the texts go
    std::vector<std::string> orders;
    std::vector<uint32_t> cellsPerStep = {1};
    uint32_t samples = 8;
    uint32_t limit = 0;  ///< 0: the whole file
    std::optional<uint32_t> length;
    float temperature = 0.0F;
    uint64_t seed = 0;
};

/// What a task works with. `progress` is told after every finished item.
struct EvalContext {
    Model& model;
    EvalOptions options;
    std::stop_token stop;
    std::function<void(const std::string& what, size_t done, size_t total)> progress;
};

/// Rows of a table: objects with the same keys. After a stop they hold what was measured so far.
using EvalRows = nlohmann::ordered_json;

/// Puzzles `puzzle[ solution]`, one a line: share solved by order and by cells per step.
Result<EvalRows> evaluateSudoku(const EvalContext& context);
/// {"prompt", "answer"}, one a line: share of greedy answers that are exactly right.
Result<EvalRows> evaluateQuestions(const EvalContext& context);
/// {"text"} or plain text, one document a line: nats per token against the n-gram baselines.
Result<EvalRows> evaluateLikelihood(const EvalContext& context);
/// {"prompt"} or plain text, one a line: writes a text for each and measures their variety.
Result<EvalRows> evaluateStories(const EvalContext& context);

}  // namespace crystallite::cli
