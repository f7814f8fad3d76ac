#pragma once

#include <QString>

namespace crystallite {

/// What is opened as a model when `path` is chosen or dropped: a folder, a GGUF file, or the folder of a checkpoint one of whose files it
/// is. Empty: nothing that a model is kept in.
[[nodiscard]] QString modelPathOf(const QString& path);

}  // namespace crystallite
