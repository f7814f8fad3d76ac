#pragma once

#include "app/engine_door.h"

#include <QString>

namespace crystallite {

/// Whether the loaded model is the one that made the run, as far as their names tell; the engine looks at the weights.
template <typename Model>
[[nodiscard]] bool isSameModel(const TraceHeader& header, const Model& model) {
    return header.modelName == model.name && header.architecture == model.architecture && header.parameters == model.parameters &&
           header.vocabulary == model.vocabulary;
}

/// Mean wall time in milliseconds of a forward pass of the run; 0: it has none.
[[nodiscard]] double millisecondsPerPass(const Trace& trace);

/// "14 passes, about 0.3 s", "at most 14 passes"; `millisecondsEach` 0: unknown.
[[nodiscard]] QString passesText(const PassesToCome& passes, double millisecondsEach);

}  // namespace crystallite
