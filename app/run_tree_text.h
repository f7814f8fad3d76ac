#pragma once

#include "app/run_tree.h"

#include <QString>

namespace crystallite {

[[nodiscard]] QString dayTitle(DayGroup day);
/// "Complete · 64 steps · stories · 14:02"
[[nodiscard]] QString runDetail(const RunEntry& entry, DayGroup day);
/// Title, status and settings, line by line.
[[nodiscard]] QString runToolTip(const RunEntry& entry);
/// "Branch at step 12: " before the title of a run that stands under its parent; "Branch: " where that is not in the list.
[[nodiscard]] QString branchPrefix(const RunEntry& entry, bool underParent);
/// "Bookmark at step 12: the names are settled"
[[nodiscard]] QString bookmarkTitle(const Bookmark& bookmark);

}  // namespace crystallite
