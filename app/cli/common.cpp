#include "app/cli/common.h"

#include "engine/engine.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

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
    std::fprintf(stderr, "crystallite-cli: %s\n", error.message.c_str());
    return exitCodeFor(error.kind);
}

void addModelOptions(CLI::App& command, ModelChoice& choice) {
    choice.model = kDefaultModel;
    command.add_option("-m,--model", choice.model, "Model file (GGUF), or the name of an embedded model, see 'models'")
        ->capture_default_str();
    command.add_option("-d,--device", choice.device, "auto, cpu, an index or a part of a name from 'devices'")->capture_default_str();
}

Result<LoadedModel> loadModel(const ModelChoice& choice, std::stop_token stop) {
    auto source = openModelNamed(choice.model);
    if (!source) {
        return source.error();
    }
    auto backend = openDevice(choice.device);
    if (!backend) {
        return backend.error();
    }
    auto model = Model::load(**backend, *source, {}, stop);
    if (!model) {
        return model.error();
    }
    return LoadedModel{.backend = std::move(*backend), .model = std::move(*model)};
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
