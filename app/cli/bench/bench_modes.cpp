#include "app/cli/bench/bench_modes.h"

#include "app/cli/bench/bench_all.h"
#include "app/cli/bench/bench_ops.h"
#include "app/cli/bench/bench_run.h"
#include "app/cli/bench/bench_scaling.h"
#include "app/cli/bench/bench_step.h"
#include "engine/engine.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

namespace crystallite::cli {
namespace {

constexpr uint32_t kUsualSlots = 128;

/// The one value of an option that only `scaling` may have more of.
Result<std::optional<uint32_t>> onlyOne(const char* option, const std::vector<uint32_t>& values) {
    if (values.size() > 1) {
        return Error{ErrorKind::InvalidArgument,
                     std::string(option) + " has " + std::to_string(values.size()) + " values; only 'bench scaling' measures several"};
    }
    return values.empty() ? std::optional<uint32_t>() : values.front();
}

/// A bench with everything that was typed understood.
class Bench {
public:
    Bench(const BenchArguments& arguments, nlohmann::json& document, std::stop_token stop)
        : arguments_(arguments), document_(document), model_(arguments.model), stop_(std::move(stop)) {}

    Result<void> run() {
        if (const Result<void> understood = understand(); !understood) {
            return understood;
        }
        document_["command"] = name();
        document_["version"] = engineVersion();
        document_["repeats"] = arguments_.repeats;
        switch (arguments_.mode) {
            case Mode::Step: return step();
            case Mode::Ops: return ops();
            case Mode::Run: return wholeRun();
            case Mode::Scaling: return scaling();
            case Mode::All: return measureAll(model_, arguments_.slots, arguments_.repeats, document_, stop_);
        }
        return {};
    }

private:
    [[nodiscard]] const char* name() const {
        switch (arguments_.mode) {
            case Mode::Ops: return "ops";
            case Mode::Run: return "run";
            case Mode::Scaling: return "scaling";
            case Mode::All: return "all";
            default: return "step";
        }
    }

    Result<void> understand() {
        const auto cache = parseCacheKind(arguments_.cache);
        if (!cache) {
            return cache.error();
        }
        cache_ = *cache;
        const bool isScaling = arguments_.mode == Mode::Scaling;
        const auto layers = isScaling ? Result<std::optional<uint32_t>>(std::nullopt) : onlyOne("--layers", arguments_.layers);
        if (!layers) {
            return layers.error();
        }
        model_.layers = *layers;
        const bool takesSlots = isScaling || arguments_.mode == Mode::All;
        const auto slots = takesSlots ? Result<std::optional<uint32_t>>(std::nullopt) : onlyOne("--slots", arguments_.slots);
        const auto open = isScaling ? Result<std::optional<uint32_t>>(std::nullopt) : onlyOne("--open", arguments_.open);
        if (!slots || !open) {
            return slots ? open.error() : slots.error();
        }
        slots_ = *slots;
        open_ = *open;
        return checkChoice(model_);
    }

    /// 128, or what the model has.
    [[nodiscard]] uint32_t slotsOf(const ModelConfig& config) const { return slots_.value_or(std::min(kUsualSlots, config.contextLength)); }

    Result<crystallite::LoadedModel> load() {
        auto source = openBenchSource(model_, slots_.value_or(kUsualSlots), stop_);
        if (!source) {
            return source.error();
        }
        auto loaded = loadBenchModel(model_, std::move(*source), stop_);
        if (loaded) {
            const LoadPlan plan = loaded->model->planFor(usualCanvas(loaded->model->config()));
            if (plan.isSplit()) {
                std::fprintf(stderr, "%s\n", textOf(plan).c_str());
            }
            document_["model"] = loaded->model->config().name;
            document_["slots"] = slotsOf(loaded->model->config());
        }
        return loaded;
    }

    Result<void> step() {
        auto loaded = load();
        if (!loaded) {
            return loaded.error();
        }
        const ModelConfig& config = loaded->model->config();
        const StepCase wanted{.slots = slotsOf(config), .open = open_, .cache = cache_};
        if (const auto rows = cli::rowsOf(wanted, config); !rows) {
            return rows.error();
        }
        const auto devices = measureDevices(loaded->model->backends());
        if (!devices) {
            return devices.error();
        }
        const auto measured = measureStep(*loaded->model, wanted, arguments_.repeats, *devices, stop_);
        if (!measured) {
            return measured.error();
        }
        document_["step"] = entryOf(*measured);
        const nlohmann::json operations = operationsOf(*measured, *devices);
        for (size_t i = 0; i < devices->size(); ++i) {
            nlohmann::json& entry = document_["devices"].emplace_back(entryOf((*devices)[i]));
            entry["operations"] = operations[i];
        }
        if (printsTable(arguments_)) {
            std::printf("%s, %s, median of %u\n", config.name.c_str(), textOf(*measured).c_str(), arguments_.repeats);
            print(*measured, *devices);
        }
        return {};
    }

    Result<void> ops() {
        const uint32_t slots = slots_.value_or(kUsualSlots);
        const auto source = openBenchSource(model_, slots, stop_);
        if (!source) {
            return source.error();
        }
        const auto backend = openDevice(model_.choice.device);
        if (!backend) {
            return backend.error();
        }
        const auto devices = measureDevices({backend->get()});
        if (!devices) {
            return devices.error();
        }
        const MeasuredDevice& device = devices->front();
        const auto measured = measureOps(**backend, **source, slots, arguments_.repeats, device.limits, stop_);
        if (!measured) {
            return measured.error();
        }
        document_["model"] = (*source)->displayName();
        document_["slots"] = slots;
        document_["devices"] = nlohmann::json::array({entryOf(device)});
        document_["ops"] = entryOf(*measured);
        if (printsTable(arguments_)) {
            std::printf("%s, each operation alone, median of %u\n", (*source)->displayName().c_str(), arguments_.repeats);
            printDevice(device);
            print(*measured);
        }
        return {};
    }

    Result<void> wholeRun() {
        auto loaded = load();
        if (!loaded) {
            return loaded.error();
        }
        const auto devices = measureDevices(loaded->model->backends());
        if (!devices) {
            return devices.error();
        }
        const RunCase wanted{.slots = slotsOf(loaded->model->config()), .steps = arguments_.steps, .cache = cache_};
        const auto measured = measureRun(*loaded->model, wanted, arguments_.repeats, *devices, stop_);
        if (!measured) {
            return measured.error();
        }
        document_["run"] = entryOf(*measured);
        for (const MeasuredDevice& device : *devices) {
            document_["devices"].emplace_back(entryOf(device));
            if (printsTable(arguments_)) {
                printDevice(device);
            }
        }
        if (printsTable(arguments_)) {
            print(*measured);
        }
        return {};
    }

    Result<void> scaling() {
        std::vector<MeasuredDevice> devices;
        const ScalingSizes sizes{.slots = arguments_.slots, .open = arguments_.open, .layers = arguments_.layers};
        const auto curves = measureScaling(model_, sizes, arguments_.repeats, devices, stop_);
        if (!curves) {
            return curves.error();
        }
        document_["scaling"] = entryOf(*curves);
        for (const MeasuredDevice& device : devices) {
            document_["devices"].emplace_back(entryOf(device));
            if (printsTable(arguments_)) {
                printDevice(device);
            }
        }
        if (printsTable(arguments_)) {
            print(*curves);
        }
        return {};
    }

    const BenchArguments& arguments_;
    nlohmann::json& document_;
    BenchModelChoice model_;
    std::stop_token stop_;
    CacheKind cache_ = CacheKind::None;
    std::optional<uint32_t> slots_, open_;
};

}  // namespace

bool printsTable(const BenchArguments& arguments) {
    return !arguments.isJson && arguments.mode != Mode::All;
}

Result<void> measureBench(const BenchArguments& arguments, nlohmann::json& document, const std::stop_token& stop) {
    return Bench(arguments, document, stop).run();
}

}  // namespace crystallite::cli
