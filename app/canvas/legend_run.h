#pragma once

#include "engine/trace/trace.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace crystallite {

/// A line of the canvas's legend: how something looks, what it means, and which number of the trace it follows from.
struct LegendEntry {
    uint32_t position = 0;  ///< slot of the run that looks so
    QString meaning;
    QString bound;  ///< the number
    QString tag;    ///< measured or derived
};

/// A made-up run whose last frame shows every look of a slot once, so that the legend is drawn by what draws the canvas.
struct LegendRun {
    Trace trace;
    std::vector<LegendEntry> entries;
};
[[nodiscard]] LegendRun legendRun();

/// What the canvas draws beside the slots. No sample: position is unused.
[[nodiscard]] std::vector<LegendEntry> legendOfLayers();

}  // namespace crystallite
