#pragma once

#include "app/export/export_request.h"

#include <QStringList>

namespace crystallite {

/// `crystallite --export TRACE --output FILE …` as it was typed.
struct ExportCommand {
    QString trace;
    ExportRequest request;
    bool lastStep = false;  ///< no --step was given
};

/// Whether the arguments ask for an export in place of a window.
[[nodiscard]] bool asksForExport(const QStringList& arguments);

/// InvalidArgument with a sentence for what is wrong. Needs no display.
[[nodiscard]] Result<ExportCommand> parseExportCommand(const QStringList& arguments);

/// What --help says of it.
[[nodiscard]] QString exportHelp();

/// Reads the trace, writes the file, says on stderr what came of it and returns the exit code. Needs a QGuiApplication, on any platform.
int runExportCommand(const ExportCommand& command);

}  // namespace crystallite
