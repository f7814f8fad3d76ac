#include "app/cli/bench/bench_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/random_model.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <utility>

namespace crystallite::cli {
namespace {

constexpr const char* kUsualFormat = "q4_k_m";

struct RandomChoice {
    RandomShape shape;
    WeightFormat format = WeightFormat::F32;
};

Result<RandomChoice> randomChoice(const BenchModelChoice& model) {
    auto shape = findRandomShape(model.shape);
    if (!shape) {
        return shape.error();
    }
    const auto format = parseRandomFormat(model.format.empty() ? kUsualFormat : model.format);
    if (!format) {
        return format.error();
    }
    const uint32_t most = shape->layers;
    shape->layers = model.layers.value_or(most);
    if (shape->layers == 0 || shape->layers > most) {
        return Error{ErrorKind::InvalidArgument,
                     "--layers is " + std::to_string(shape->layers) + "; " + model.shape + " has 1 to " + std::to_string(most) + " layers"};
    }
    return RandomChoice{.shape = *shape, .format = *format};
}

/// Random weights are made in the computer's memory, wherever they go then.
Result<void> checkHostMemory(const ModelSource& plan, const LoadPlan& load, const DeviceInfo& device, const DeviceInfo& host) {
    // What software Vulkan holds lies in the same memory beside what it was copied from.
    const uint64_t copies = device.kind == DeviceKind::SoftwareVulkan ? load.shares.back().need.withMargin() : 0;
    const uint64_t needed = plan.fileBytes() + copies;
    if (needed <= usableBytes(host)) {
        return {};
    }
    return Error{ErrorKind::OutOfMemory, inQuotes(plan.displayName()) + " is made in the computer's memory and needs " +
                                             formatBytes(needed) + " of it (" + formatBytes(plan.fileBytes()) + " of weights, " +
                                             formatBytes(copies) + " of the device's copy), of which " + formatBytes(usableBytes(host)) +
                                             " are free; choose fewer --layers, a --format of fewer bits, or --load-anyway"};
}

/// Before anything is made: a machine that runs out of memory stops answering long before an allocation fails.
Result<void> checkRandomFits(const BenchModelChoice& model, const ModelSource& plan, uint32_t slots) {
    const std::vector<DeviceInfo> devices = listDevices();
    const DeviceInfo* const device = findDevice(devices, model.choice.device);
    if (device == nullptr) {
        return openDevice(model.choice.device).error();
    }
    const auto gpuLayers = parseGpuLayers(model.choice.gpuLayers);
    if (!gpuLayers || model.choice.loadAnyway) {
        return gpuLayers ? Result<void>() : gpuLayers.error();
    }
    const auto config = readModelConfig(plan);
    if (!config) {
        return config.error();
    }
    const OfferedDevices offered{.device = *device, .host = device->isVulkan() ? &devices.front() : nullptr};
    const uint32_t onDevice = layersOnDevice(plan, *config, offered, {.gpuLayers = *gpuLayers}, slots);
    const LoadPlan load = planLoad(plan, *config, offered, onDevice, slots, StoreRoom::Always);
    if (const Result<void> fits = checkFits(load, plan.displayName()); !fits) {
        return fits;
    }
    return device->isVulkan() ? checkHostMemory(plan, load, *device, devices.front()) : Result<void>();
}

}  // namespace

void addBenchModelOptions(CLI::App& command, BenchModelChoice& model) {
    addModelOptions(command, model.choice);
    std::string shapes;
    for (const RandomShape& shape : randomShapes()) {
        shapes.append(shapes.empty() ? "" : ", ").append(shape.name);
    }
    CLI::Option* const shape =
        command.add_option("--shape", model.shape, "Instead of a model, random weights in this shape, made in memory: " + shapes);
    command.get_option("--model")->excludes(shape);
    command.add_option("--format", model.format, "Of the random weights: f32, f16, bf16, q8_0, q6_k, q4_0 or q4_k_m; default: q4_k_m");
}

Result<void> checkChoice(const BenchModelChoice& model) {
    if (!model.shape.empty()) {
        if (!model.choice.quantize.empty() || !model.choice.family.empty() || !model.choice.tokenizer.empty()) {
            return Error{ErrorKind::InvalidArgument,
                         "--quantize, --family and --tokenizer are about a model's files, and --shape has none; choose its --format"};
        }
        const auto random = randomChoice(model);
        return random ? Result<void>() : random.error();
    }
    if (!model.format.empty() || model.layers) {
        return Error{ErrorKind::InvalidArgument, std::string(model.layers ? "--layers" : "--format") +
                                                     " is about random weights; name a --shape, or leave it out for the model's own"};
    }
    return {};
}

Result<std::shared_ptr<const ModelSource>> openBenchSource(const BenchModelChoice& model, uint32_t slots, const std::stop_token& stop) {
    if (model.shape.empty()) {
        auto opened = openSource(model.choice, stop);
        return opened ? Result<std::shared_ptr<const ModelSource>>(std::move(opened->source)) : opened.error();
    }
    const auto random = randomChoice(model);
    if (!random) {
        return random.error();
    }
    if (const Result<void> fits = checkRandomFits(model, *planRandomModel(random->shape, random->format), slots); !fits) {
        return fits.error();
    }
    ProgressLine line("making " + model.shape);
    OpenOptions options;
    options.progress = [&line](double share) { line.show(share); };
    options.stop = stop;
    return makeRandomModel(random->shape, random->format, options);
}

Result<crystallite::LoadedModel> loadBenchModel(const BenchModelChoice& model, std::shared_ptr<const ModelSource> source,
                                                const std::stop_token& stop) {
    const auto gpuLayers = parseGpuLayers(model.choice.gpuLayers);
    if (!gpuLayers) {
        return gpuLayers.error();
    }
    ProgressLine line("loading " + source->displayName());
    const auto progress = [&line](double share) { line.show(share); };
    const LoadOptions options{.gpuLayers = *gpuLayers, .loadAnyway = model.choice.loadAnyway};
    return crystallite::loadModel(std::move(source), model.choice.device, options, progress, stop);
}

}  // namespace crystallite::cli
