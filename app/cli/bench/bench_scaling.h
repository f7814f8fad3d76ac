#pragma once

#include "app/cli/bench/bench_model.h"
#include "app/cli/bench/bench_step.h"

#include <string>
#include <vector>

namespace crystallite::cli {

/// Along what a step is made larger.
enum class Axis : uint8_t { Slots, Open, Layers };

struct ScalingPoint {
    uint32_t value = 0;  ///< of the axis
    uint32_t layers = 0;
    StepMeasurement step;
    std::vector<std::string> cliffs;  ///< "time", "memory"
};

struct ScalingCurve {
    Axis axis = Axis::Slots;
    std::vector<ScalingPoint> points;  ///< rising
};

/// The sizes to measure; what is left empty is chosen: slots 64 to 4,096 in powers of two, open slots 1 to all in powers of four, layers of
/// a shape 1 to all in powers of two.
struct ScalingSizes {
    std::vector<uint32_t> slots, open, layers;
};

/// Marks each point whose step takes more than a quarter longer than the best of the smaller ones leads one to expect: its share of the
/// device's limit, in its fastest time, is below 0.8 of theirs. And each whose working memory per slot is more than a quarter above the
/// least of theirs.
void markCliffs(ScalingCurve& curve);

/// Steps over more and more slots, all open; over more and more open slots of a canvas of the middle size; and, of a shape, through more
/// and more layers at that size. `devices` gets what was measured of the devices.
Result<std::vector<ScalingCurve>> measureScaling(const BenchModelChoice& model, ScalingSizes sizes, uint32_t repeats,
                                                 std::vector<MeasuredDevice>& devices, const std::stop_token& stop);

nlohmann::json entryOf(const std::vector<ScalingCurve>& curves);
void print(const std::vector<ScalingCurve>& curves);

}  // namespace crystallite::cli
