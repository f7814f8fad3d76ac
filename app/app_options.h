#pragma once

#include "engine/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace crystallite {

inline constexpr char kSamplePrompt[] = "Once upon a time, there was a little rabbit";

/// What the command line asks for.
struct AppOptions {
    QString model;  ///< empty: the embedded one
    QString device = QStringLiteral("auto");
    QString prompt = QString::fromLatin1(kSamplePrompt);
    uint64_t seed = 1;
    QString trace;           ///< a file to open; empty: none
    QString screenshots;     ///< a folder; empty: no
    QString theme;           ///< "dark", "light", or empty: as chosen in the window
    QString answerAndLeave;  ///< text of --help or --version; empty: start the window
};

/// InvalidArgument with a sentence for a wrong command line. Needs no display.
[[nodiscard]] Result<AppOptions> parseOptions(const QStringList& arguments);

}  // namespace crystallite
