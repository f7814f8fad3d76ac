#include "app/cli/bench/bench_scaling.h"

#include "engine/base/join.h"
#include "engine/model/model_config.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <limits>

namespace crystallite::cli {
namespace {

/// By how much worse than the best before it a point is a cliff.
constexpr double kTolerance = 1.25;

std::vector<uint32_t> powers(uint32_t first, uint32_t last, uint32_t factor) {
    std::vector<uint32_t> values;
    for (uint64_t value = first; value < last; value *= factor) {
        values.push_back(static_cast<uint32_t>(value));
    }
    values.push_back(last);
    return values;
}

std::vector<uint32_t> chosen(std::vector<uint32_t> asked, std::vector<uint32_t> usual) {
    std::vector<uint32_t> values = asked.empty() ? std::move(usual) : std::move(asked);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

const char* nameOf(Axis axis) {
    return axis == Axis::Slots ? "slots" : axis == Axis::Open ? "open" : "layers";
}

uint64_t workBytes(const StepMeasurement& step) {
    uint64_t bytes = 0;
    for (const DeviceShare& share : step.plan.shares) {
        bytes += share.need.activationBytes + share.need.storeBytes;
    }
    return bytes;
}

uint64_t weightBytes(const StepMeasurement& step) {
    uint64_t bytes = 0;
    for (const DeviceShare& share : step.plan.shares) {
        bytes += share.need.weightBytes;
    }
    return bytes;
}

/// One curve over a model that is loaded already.
class CurveOf {
public:
    CurveOf(Model& model, uint32_t repeats, const std::vector<MeasuredDevice>& devices, const std::stop_token& stop)
        : model_(model), repeats_(repeats), devices_(devices), stop_(stop) {}

    Result<void> add(uint32_t value, const StepCase& step, ScalingCurve& curve) {
        std::fprintf(stderr, "%s %u\n", nameOf(curve.axis), value);
        auto measured = measureStep(model_, step, repeats_, devices_, stop_);
        if (!measured) {
            return measured.error();
        }
        curve.points.push_back({.value = value, .layers = model_.config().layers, .step = std::move(*measured), .cliffs = {}});
        return {};
    }

private:
    Model& model_;
    uint32_t repeats_;
    const std::vector<MeasuredDevice>& devices_;
    const std::stop_token& stop_;
};

Result<crystallite::LoadedModel> loaded(const BenchModelChoice& model, uint32_t slots, const std::stop_token& stop) {
    auto source = openBenchSource(model, slots, stop);
    return source ? loadBenchModel(model, std::move(*source), stop) : source.error();
}

Result<ScalingCurve> curveOfLayers(BenchModelChoice model, const std::vector<uint32_t>& layers, uint32_t slots, uint32_t repeats,
                                   const std::vector<MeasuredDevice>& devices, const std::stop_token& stop) {
    ScalingCurve curve{.axis = Axis::Layers, .points = {}};
    for (const uint32_t count : layers) {
        model.layers = count;
        auto few = loaded(model, slots, stop);
        if (!few) {
            return few.error();
        }
        if (const auto added = CurveOf(*few->model, repeats, devices, stop).add(count, {.slots = slots}, curve); !added) {
            return added.error();
        }
    }
    return curve;
}

}  // namespace

void markCliffs(ScalingCurve& curve) {
    double bestShare = 0.0;
    double leastMemory = std::numeric_limits<double>::infinity();
    for (ScalingPoint& point : curve.points) {
        const double share = point.step.least / point.step.best;
        const double memory = static_cast<double>(workBytes(point.step)) / point.step.step.slots;
        if (share * kTolerance < bestShare) {
            point.cliffs.emplace_back("time");
        }
        if (memory > kTolerance * leastMemory) {
            point.cliffs.emplace_back("memory");
        }
        bestShare = std::max(bestShare, share);
        leastMemory = std::min(leastMemory, memory);
    }
}

Result<std::vector<ScalingCurve>> measureScaling(const BenchModelChoice& model, ScalingSizes sizes, uint32_t repeats,
                                                 std::vector<MeasuredDevice>& devices, const std::stop_token& stop) {
    if (!sizes.layers.empty() && model.shape.empty()) {
        return Error{ErrorKind::InvalidArgument, "--layers is about random weights; name a --shape, or leave it out for the model's own"};
    }
    const std::vector<uint32_t> slots = chosen(sizes.slots, powers(64, 4096, 2));
    const uint32_t middle = slots[slots.size() / 2];
    const std::vector<uint32_t> open = chosen(sizes.open, powers(1, middle, 4));
    BenchModelChoice whole = model;
    if (!sizes.layers.empty()) {
        whole.layers = *std::max_element(sizes.layers.begin(), sizes.layers.end());
    }
    std::vector<ScalingCurve> curves = {{.axis = Axis::Slots, .points = {}}, {.axis = Axis::Open, .points = {}}};
    uint32_t allLayers = 0;
    {
        auto all = loaded(whole, slots.back(), stop);
        if (!all) {
            return all.error();
        }
        allLayers = all->model->config().layers;
        auto measured = measureDevices(all->model->backends());
        if (!measured) {
            return measured.error();
        }
        devices = std::move(*measured);
        CurveOf points(*all->model, repeats, devices, stop);
        for (const uint32_t count : slots) {
            if (const auto added = points.add(count, {.slots = count}, curves[0]); !added) {
                return added.error();
            }
        }
        for (const uint32_t count : open) {
            if (const auto added = points.add(count, {.slots = middle, .open = count}, curves[1]); !added) {
                return added.error();
            }
        }
    }
    if (!model.shape.empty()) {
        auto layers = curveOfLayers(model, chosen(sizes.layers, powers(1, allLayers, 2)), middle, repeats, devices, stop);
        if (!layers) {
            return layers.error();
        }
        curves.push_back(std::move(*layers));
    }
    for (ScalingCurve& curve : curves) {
        markCliffs(curve);
    }
    return curves;
}

nlohmann::json entryOf(const std::vector<ScalingCurve>& curves) {
    nlohmann::json entries;
    for (const ScalingCurve& curve : curves) {
        nlohmann::json points = nlohmann::json::array();
        for (const ScalingPoint& point : curve.points) {
            nlohmann::json entry = entryOf(point.step);
            entry["layers"] = point.layers;
            entry["work_bytes"] = workBytes(point.step);
            entry["weights_bytes"] = weightBytes(point.step);
            entry["cliffs"] = point.cliffs;
            points.push_back(std::move(entry));
        }
        entries[nameOf(curve.axis)] = std::move(points);
    }
    return entries;
}

void print(const std::vector<ScalingCurve>& curves) {
    for (const ScalingCurve& curve : curves) {
        std::printf("\n%8s %8s %8s %8s %11s %11s %12s %10s %10s %10s  %s\n", nameOf(curve.axis), "slots", "open", "layers", "ms",
                    "fastest ms", "us per slot", "GFLOP/s", "of limit", "working", "cliff");
        for (const ScalingPoint& point : curve.points) {
            const StepMeasurement& step = point.step;
            std::printf("%8u %8u %8u %8u %11.3f %11.3f %12.2f %10.2f %8.1f %% %10s  %s\n", point.value, step.step.slots, step.rows.open,
                        point.layers, step.sum.milliseconds, step.best, 1e3 * step.best / step.step.slots,
                        1e-6 * step.sum.flops / step.best, 100.0 * step.least / step.best, formatBytes(workBytes(step)).c_str(),
                        joined(point.cliffs, ", ").c_str());
        }
    }
}

}  // namespace crystallite::cli
