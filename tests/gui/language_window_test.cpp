#include "app/translations.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QCoreApplication>
#include <QMap>
#include <QMenu>
#include <QMenuBar>
#include <QTranslator>

namespace crystallite::testing {
namespace {

/// Entries of a menu that answer to the same letter, "Layout / Light theme"; of its submenus, too.
QStringList clashes(const QList<QAction*>& entries) {
    QMap<QChar, QStringList> byLetter;
    QStringList found;
    for (const QAction* entry : entries) {
        const qsizetype mark = entry->text().indexOf(u'&');
        if (mark >= 0 && mark + 1 < entry->text().size()) {
            byLetter[entry->text()[mark + 1].toLower()] << entry->text();
        }
        if (entry->menu() != nullptr) {
            found += clashes(entry->menu()->actions());
        }
    }
    for (const QStringList& same : byLetter) {
        if (same.size() > 1) {
            found << same.join(QStringLiteral(" / "));
        }
    }
    return found;
}

/// The window as it speaks after installTranslations(); another test finds English again.
class LanguageWindowTest : public MainWindowTest, public ::testing::WithParamInterface<const char*> {
protected:
    void SetUp() override {
        const auto before = QCoreApplication::instance()->findChildren<QTranslator*>();
        installTranslations(*QCoreApplication::instance(), QLatin1String(GetParam()));
        for (auto* translator : QCoreApplication::instance()->findChildren<QTranslator*>()) {
            if (!before.contains(translator)) {
                installed_ << translator;
            }
        }
        open(FakeScript{});
    }
    void TearDown() override {
        MainWindowTest::TearDown();
        qDeleteAll(installed_);  // each takes itself from the application
        QLocale::setDefault(QLocale::system());
    }

private:
    QList<QTranslator*> installed_;
};

TEST_P(LanguageWindowTest, EveryEntryOfAMenuHasALetterOfItsOwn) {
    const QStringList found = clashes(window_->menuBar()->actions());
    EXPECT_TRUE(found.isEmpty()) << found.join(QLatin1Char('\n')).toStdString();
}

TEST_P(LanguageWindowTest, TheMenusSpeakIt) {
    const QMap<QString, QString> titles = {{QStringLiteral("de"), QStringLiteral("&Datei")},
                                           {QStringLiteral("en"), QStringLiteral("&File")}};
    EXPECT_EQ(window_->menuBar()->actions().front()->text().toStdString(), titles[QLatin1String(GetParam())].toStdString());
}

INSTANTIATE_TEST_SUITE_P(Languages, LanguageWindowTest, ::testing::Values("de", "en"));

}  // namespace
}  // namespace crystallite::testing
