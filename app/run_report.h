#pragma once

#include "app/report_line.h"
#include "engine/trace/trace.h"

#include <QString>

#include <vector>

namespace crystallite {

struct ReportSection {
    QString title;
    std::vector<ReportLine> lines;
};

/// What really ran, as the engine recorded it: model, device, every setting that had an influence, canvas, passes and times.
[[nodiscard]] std::vector<ReportSection> reportRun(const Trace& trace);

/// Quantity, value and tag, one line each.
[[nodiscard]] QString sectionsAsTsv(const std::vector<ReportSection>& sections);

}  // namespace crystallite
