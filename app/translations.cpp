#include "app/translations.h"

#include "engine/base/assert.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

#include <memory>

namespace crystallite {
namespace {

const QString kEnglish = QStringLiteral("en");

void install(QCoreApplication& application, const QString& file, const QString& folder) {
    auto translator = std::make_unique<QTranslator>();
    if (translator->load(file, folder)) {
        translator->setParent(&application);
        QCoreApplication::installTranslator(translator.release());
    }
}

}  // namespace

QStringList languageNames() {
    return {QStringLiteral("de"), kEnglish, QStringLiteral("zh_CN")};
}

QString nativeLanguageName(const QString& name) {
    ENGINE_ASSERT(languageNames().contains(name));
    // Qt says "American English", but the words are anybody's.
    return name == kEnglish ? QStringLiteral("English") : QLocale(name).nativeLanguageName();
}

QString languageFor(const QStringList& wishes) {
    for (const QString& wish : wishes) {
        const QLocale locale(wish);
        for (const QString& name : languageNames()) {
            const QLocale offered(name);
            // Traditional characters are another script: who reads them is not given simplified ones unasked.
            if (offered.language() == locale.language() && offered.script() == locale.script()) {
                return name;
            }
        }
    }
    return kEnglish;
}

void installTranslations(QCoreApplication& application, const QString& name) {
    if (!name.isEmpty()) {
        QLocale::setDefault(QLocale(name));
    }
    const QString language = name.isEmpty() ? languageFor(QLocale::system().uiLanguages()) : name;
    install(application, QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // English, too: the source leaves its plurals open.
    install(application, QStringLiteral("crystallite_") + language, QStringLiteral(":/translations"));
}

}  // namespace crystallite
