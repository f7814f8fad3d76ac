#pragma once

#include "app/look.h"
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
    QStringList paths;          ///< traces and models to open, in this order
    bool newWindow = false;     ///< whether or not a window is there already
    QString screenshots;        ///< a folder; empty: no
    QString theme;              ///< one of themeNames() or kEveryTheme, or empty: as chosen in the window
    bool highContrast = false;  ///< whatever the theme says; false: as chosen in the window, unless the theme says it
    int textPercent = 0;        ///< of kTextPercents; 0: as chosen in the window
    QString language;           ///< one of languageNames(); empty: the desktop's, in pictures English
    double scale = 0.0;         ///< device pixels per logical one; 0: as the desktop has it
    QString answerAndLeave;     ///< text of --help or --version; empty: start the window
};

/// What --theme takes.
[[nodiscard]] QStringList themeNames();
/// "high-contrast-dark"
[[nodiscard]] QString themeName(const Theme& theme);
/// With --screenshots: one picture in each.
inline const QString kEveryTheme = QStringLiteral("all");
/// What a person chose before, and over it what the command line says. "dark" and "light" say nothing about contrast.
[[nodiscard]] LookChoices choicesOver(LookChoices chosen, const AppOptions& options);

/// InvalidArgument with a sentence for a wrong command line. Needs no display.
[[nodiscard]] Result<AppOptions> parseOptions(const QStringList& arguments);

}  // namespace crystallite
