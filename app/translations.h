#pragma once

#include <QLocale>
#include <QString>
#include <QStringList>

class QCoreApplication;

namespace crystallite {

/// What --language takes: "de", "en", "zh_CN". The texts of the source are English.
[[nodiscard]] QStringList languageNames();
/// "Deutsch"; as those say it who would look for it. Needs one of languageNames().
[[nodiscard]] QString nativeLanguageName(const QString& name);
/// The first of languageNames() that a person with this order of wishes (QLocale::uiLanguages(), "de-AT") can read; "en" if none is.
[[nodiscard]] QString languageFor(const QStringList& wishes);

/// The window speaks this language from now on, Qt's own dialogs where Qt's translations are installed; numbers follow. Empty: what the
/// desktop asks for, with the desktop's numbers. Before the first window, which would keep its words.
void installTranslations(QCoreApplication& application, const QString& name);

}  // namespace crystallite
