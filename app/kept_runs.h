#pragma once

#include "engine/base/result.h"

#include <QString>
#include <QStringList>

namespace crystallite {

/// The folder of runs that were neither saved nor given up, beside the journals of all processes: a run that the next one replaced, or
/// that a crash left behind. `journalFolder` is the folder of one process; empty when runs are written nowhere.
[[nodiscard]] QString keptFolderOf(const QString& journalFolder);

/// Copies the steps of a journal that nothing writes to any more into `keptFolder` and removes the journal; one that lies there already
/// stays. Of more than `most` runs the oldest go. On an error the journal is untouched.
Result<void> keepRun(const QString& journal, const QString& keptFolder, int most = 20);

/// Newest first; empty when the folder does not exist.
[[nodiscard]] QStringList keptRuns(const QString& keptFolder);

}  // namespace crystallite
