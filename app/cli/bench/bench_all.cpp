#include "app/cli/bench/bench_all.h"

#include "app/cli/bench/bench_ops.h"
#include "app/cli/bench/bench_step.h"
#include "engine/engine.h"

#include <algorithm>
#include <cstdio>

namespace crystallite::cli {
namespace {

constexpr const char* kUsualShape = "llada-8b";
const std::vector<uint32_t> kUsualSlots = {256, 512, 1024};

void say(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
}

/// The parts of a bench of everything, into one document.
class Everything {
public:
    Everything(std::vector<uint32_t> slots, uint32_t repeats, nlohmann::json& document, const std::stop_token& stop)
        : slots_(std::move(slots)), repeats_(repeats), document_(document), stop_(stop) {}

    Result<void> measure(const BenchModelChoice& model) {
        nlohmann::json& entry = document_["models"].emplace_back();
        entry["format"] = model.format;
        const auto source = openBenchSource(model, *std::max_element(slots_.begin(), slots_.end()), stop_);
        if (!source && source.error().kind == ErrorKind::OutOfMemory) {
            say(source.error().message);
            entry["left_out"] = source.error().message;
            return {};
        }
        if (!source) {
            return source.error();
        }
        entry["model"] = (*source)->displayName();
        if (const auto done = measureOperations(model, **source, entry); !done) {
            return done;
        }
        return measureSteps(model, *source, entry);
    }

private:
    Result<void> measureOperations(const BenchModelChoice& model, const ModelSource& source, nlohmann::json& entry) {
        const auto backend = openDevice(model.choice.device);
        if (!backend) {
            return backend.error();
        }
        const std::string where = " on " + (*backend)->device().name;
        if (!document_.contains("devices")) {
            say("limits" + where);
            const auto measured = measureDevices({backend->get()});
            if (!measured) {
                return measured.error();
            }
            device_ = measured->front();
            document_["devices"] = nlohmann::json::array({entryOf(device_)});
        }
        const uint32_t slots = slots_[slots_.size() / 2];
        say(source.displayName() + ": operations over 1 to " + std::to_string(slots) + " rows" + where);
        const auto operations = measureOps(**backend, source, slots, repeats_, device_.limits, stop_);
        if (!operations) {
            return operations.error();
        }
        entry["ops"] = entryOf(*operations);
        return {};
    }

    Result<void> measureSteps(const BenchModelChoice& model, std::shared_ptr<const ModelSource> source, nlohmann::json& entry) {
        const auto loaded = loadBenchModel(model, std::move(source), stop_);
        if (!loaded) {
            return loaded.error();
        }
        const bool isOneDevice = loaded->model->backends().size() == 1;
        const auto devices =
            isOneDevice ? Result<std::vector<MeasuredDevice>>(std::vector{device_}) : measureDevices(loaded->model->backends());
        if (!devices) {
            return devices.error();
        }
        entry["steps"] = nlohmann::json::array();
        const bool isFull = loaded->model->config().visibility == Visibility::Full;
        const std::vector<CacheKind> caches =
            isFull ? std::vector{CacheKind::None, CacheKind::Prefix, CacheKind::Dual} : std::vector{CacheKind::None, CacheKind::Exact};
        for (const CacheKind cache : caches) {
            for (const uint32_t slots : slots_) {
                say(loaded->model->source().displayName() + ": step over " + std::to_string(slots) + " slots, cache " +
                    std::string(nameOf(cache)));
                const auto step = measureStep(*loaded->model, {.slots = slots, .open = {}, .cache = cache}, repeats_, *devices, stop_);
                if (!step) {
                    return step.error();
                }
                nlohmann::json& added = entry["steps"].emplace_back(entryOf(*step));
                added["operations"] = operationsOf(*step, *devices);
            }
        }
        return {};
    }

    std::vector<uint32_t> slots_;
    uint32_t repeats_;
    nlohmann::json& document_;
    const std::stop_token& stop_;
    MeasuredDevice device_;
};

}  // namespace

Result<void> measureAll(const BenchModelChoice& model, const std::vector<uint32_t>& slots, uint32_t repeats, nlohmann::json& document,
                        const std::stop_token& stop) {
    document["complete"] = false;
    document["models"] = nlohmann::json::array();
    Everything everything(slots.empty() ? kUsualSlots : slots, repeats, document, stop);
    BenchModelChoice one = model;
    one.shape = model.shape.empty() ? kUsualShape : model.shape;
    const std::vector<std::string> formats = model.format.empty() ? std::vector<std::string>{"q4_k_m", "f16"} : std::vector{model.format};
    for (const std::string& format : formats) {
        one.format = format;
        if (const auto measured = everything.measure(one); !measured) {
            return measured;
        }
    }
    document["complete"] = true;
    return {};
}

}  // namespace crystallite::cli
