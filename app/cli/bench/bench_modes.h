#pragma once

#include "app/cli/bench/bench_model.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace crystallite::cli {

enum class Mode { Step, Ops, Run, Scaling, All };

/// What was typed behind `bench`.
struct BenchArguments {
    BenchModelChoice model;
    std::vector<uint32_t> slots, open, layers;
    std::string cache = "none";
    std::optional<uint32_t> steps;
    uint32_t repeats = 10;
    bool isJson = false;   ///< instead of tables
    std::string jsonFile;  ///< empty: stdout
    Mode mode = Mode::Step;
};

/// Whether a table goes to stdout.
bool printsTable(const BenchArguments& arguments);

/// Measures what was asked for. `document` gets it as JSON; of `all` that was stopped, what was done. Tables are printed where they are
/// wanted.
Result<void> measureBench(const BenchArguments& arguments, nlohmann::json& document, const std::stop_token& stop);

}  // namespace crystallite::cli
