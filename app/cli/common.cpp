#include "app/cli/common.h"

#include "engine/formats/tensor_encoder.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <unistd.h>

namespace crystallite::cli {

int exitCodeFor(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::InvalidArgument:
        case ErrorKind::Ambiguous: return kBadUsage;
        case ErrorKind::NotFound:
        case ErrorKind::Corrupt:
        case ErrorKind::Unsupported:
        case ErrorKind::Io: return kBadFile;
        case ErrorKind::OutOfMemory:
        case ErrorKind::DeviceLost: return kDeviceTrouble;
        case ErrorKind::Cancelled: return kInterrupted;
    }
    return kBadUsage;
}

int report(const Error& error) {
    const char* const option = error.kind == ErrorKind::Ambiguous ? " (--family NAME)" : "";
    std::fprintf(stderr, "crystallite-cli: %s%s\n", error.message.c_str(), option);
    return exitCodeFor(error.kind);
}

void printNotes(const std::vector<std::string>& notes) {
    for (const std::string& note : notes) {
        std::fprintf(stderr, "crystallite-cli: %s\n", note.c_str());
    }
}

void addSourceOptions(CLI::App& command, ModelChoice& choice) {
    command.add_option(
        "--family", choice.family,
        "What the model is, where its files cannot tell: the error that asks lists the names. Remembered for these files, as the "
        "tokenizer is; see 'info'");
    command.add_option("--tokenizer", choice.tokenizer, "For a model without one: a GGUF file, or a Hugging Face folder");
    command.add_option("--quantize", choice.quantize, "Quantise the weights: q8_0, q6_k, q4_k or q4_0");
}

void addModelOptions(CLI::App& command, ModelChoice& choice) {
    choice.model = kDefaultModel;
    command
        .add_option("-m,--model", choice.model,
                    "GGUF file (any part of a split one), Hugging Face folder, or the name of an embedded model, see 'models'")
        ->capture_default_str();
    command.add_option("-d,--device", choice.device, "auto, cpu, an index or a part of a name from 'devices'")->capture_default_str();
    addLayerOption(command, choice);
    command.add_flag("--load-anyway", choice.loadAnyway, "Load although the sum of weights, activations and margin is more than there is");
    addSourceOptions(command, choice);
}

void addLayerOption(CLI::App& command, ModelChoice& choice) {
    command
        .add_option(
            "--gpu-layers", choice.gpuLayers,
            "Layers that a GPU computes, counted from the last; the CPU computes those before: auto (as many as fit), all or a number")
        ->capture_default_str();
}

ProgressLine::ProgressLine(std::string what) : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
    if (shown_ >= 0) {
        std::fputs("\r\033[K", stderr);
    }
}

void ProgressLine::show(double share) {
    const int percent = static_cast<int>(share * 100.0);
    if (terminal_ && percent != shown_) {
        std::fprintf(stderr, "\r\033[K%s %d %%", what_.c_str(), percent);
        shown_ = percent;
    }
}

Result<OpenedModel> openSource(const ModelChoice& choice, std::stop_token stop) {
    OpenOptions options{.family = choice.family, .tokenizer = choice.tokenizer, .stop = std::move(stop)};
    if (!choice.quantize.empty()) {
        const Result<WeightFormat> format = parseQuantization(choice.quantize);
        if (!format) {
            return format.error();
        }
        options.quantize = *format;
    }
    Result<OpenedModel> opened = OpenedModel{};
    {
        ProgressLine line("opening " + choice.model);
        options.progress = [&line](double share) { line.show(share); };
        opened = openRemembering(choice.model, options, AnswerStore::ofThisPerson());
    }
    if (opened) {
        printNotes(opened->notes);
    }
    return opened;
}

Result<LoadedModel> loadModel(const ModelChoice& choice, std::stop_token stop) {
    const auto gpuLayers = parseGpuLayers(choice.gpuLayers);
    if (!gpuLayers) {
        return gpuLayers.error();
    }
    auto opened = openSource(choice, stop);
    if (!opened) {
        return opened.error();
    }
    auto loaded = [&] {
        ProgressLine line("loading " + choice.model);
        const auto progress = [&line](double share) { line.show(share); };
        const LoadOptions options{.gpuLayers = *gpuLayers, .loadAnyway = choice.loadAnyway};
        return crystallite::loadModel(std::move(opened->source), choice.device, options, progress, std::move(stop));
    }();
    if (!loaded) {
        return loaded.error();
    }
    const LoadPlan plan = loaded->model->planFor(usualCanvas(loaded->model->config()));
    if (plan.isSplit()) {
        std::fprintf(stderr, "%s\n", textOf(plan).c_str());
    }
    return LoadedModel{std::move(*loaded), std::move(*opened)};
}

std::string textOf(const LoadPlan& plan) {
    std::string text;
    for (const DeviceShare& share : plan.shares) {
        text += (text.empty() ? "" : "; ") + textOf(share.layers) + " on " + share.device + ", " + formatBytes(share.need.withMargin()) +
                " of " + formatBytes(share.offeredBytes);
    }
    return text;
}

std::string formatBytes(uint64_t bytes) {
    constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
    double value = static_cast<double>(bytes);
    size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000.0;
        ++unit;
    }
    std::array<char, 32> text{};
    const int decimals = unit == 0 || value >= 99.95 ? 0 : 1;
    std::snprintf(text.data(), text.size(), "%.*f %s", decimals, value, kUnits[unit]);
    return text.data();
}

}  // namespace crystallite::cli
