#pragma once

#include "app/export/export_request.h"

#include <QString>

namespace crystallite {

/// What an export will be, before it is made: "1760 x 1120 pixels", "33 pictures, 8.3 s at 6 steps a second, 880 x 560 pixels",
/// "2112 lines". Counted, not guessed.
[[nodiscard]] QString previewSentence(const ExportRequest& request, const Trace& trace);

/// What the dialog keeps from one time to the next.
void rememberExport(const ExportRequest& request);
/// `request` with what was chosen last; what was remembered and is out of range stays as it is.
[[nodiscard]] ExportRequest rememberedExport(ExportRequest request);

}  // namespace crystallite
