#pragma once

#include "app/cli/common.h"
#include "engine/formats/random_shapes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace crystallite::cli {

/// What is measured: a model that there is, or one of random weights in a shape.
struct BenchModelChoice {
    ModelChoice choice;
    std::string shape;  ///< empty: the model of `choice`
    std::string format;
    std::optional<uint32_t> layers;  ///< of the shape; default: all of them
};

/// All of them but `layers`, of which a mode may measure several.
void addBenchModelOptions(CLI::App& command, BenchModelChoice& model);

/// InvalidArgument where options contradict each other or name nothing.
Result<void> checkChoice(const BenchModelChoice& model);

/// Opens the model, or makes it. Before random weights are made, the sum that they and a canvas of `slots` need on the device, and they
/// alone in the computer's memory, is compared with what there is: OutOfMemory with the sum, unless the choice says to load it anyway.
Result<std::shared_ptr<const ModelSource>> openBenchSource(const BenchModelChoice& model, uint32_t slots, const std::stop_token& stop);

/// On the devices of the choice.
Result<crystallite::LoadedModel> loadBenchModel(const BenchModelChoice& model, std::shared_ptr<const ModelSource> source,
                                                const std::stop_token& stop);

}  // namespace crystallite::cli
