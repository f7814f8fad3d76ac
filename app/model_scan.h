#pragma once

#include "app/model_entry.h"

#include <QStringList>

#include <functional>
#include <stop_token>
#include <vector>

namespace crystallite {

/// Every model under the folders, by path; a split file and a folder of safetensors count once, a model under two of the folders too.
/// Reads names, sizes and times only. Hidden folders and links to folders are not followed, so that the walk ends. `seen` hears how many
/// files were looked at, now and then. A request to stop gives what was found so far.
[[nodiscard]] std::vector<ModelCandidate> findModels(const QStringList& folders, const std::stop_token& stop,
                                                     const std::function<void(int files)>& seen = {});

}  // namespace crystallite
