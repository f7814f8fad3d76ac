#pragma once

#include "engine/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace crystallite {

/// What the command line asks for.
struct AppOptions {
    QString model;  ///< name of an embedded model or a file; empty: the default
    QString device = QStringLiteral("auto");
    QString prompt;  ///< empty: the sample of the model
    uint64_t seed = 1;
    QString trace;           ///< a file to open; empty: none
    QStringList moreTraces;  ///< further files, for the history alone
    QString screenshots;     ///< a folder; empty: no
    QString theme;           ///< one of themeNames(), or empty: as chosen in the window
    QString answerAndLeave;  ///< text of --help or --version; empty: start the window
};

/// What --theme takes.
[[nodiscard]] QStringList themeNames();

/// InvalidArgument with a sentence for a wrong command line. Needs no display.
[[nodiscard]] Result<AppOptions> parseOptions(const QStringList& arguments);

}  // namespace crystallite
