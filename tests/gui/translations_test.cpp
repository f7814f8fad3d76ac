#include "app/translations.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>
#include <vector>

namespace crystallite::testing {
namespace {

struct Message {
    QString source;
    QStringList forms;  ///< one, or one per plural form of the language
    bool isFinished = false;
    bool isCounted = false;
};

/// The forms of the message that the reader has just begun.
void readMessage(QXmlStreamReader& xml, std::vector<Message>& messages) {
    Message message{.isCounted = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes")};
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!message.isCounted) {
                message.forms << xml.readElementText();
                continue;
            }
            while (xml.readNextStartElement()) {
                message.forms << xml.readElementText();
            }
        } else {
            xml.skipCurrentElement();
        }
    }
    messages.push_back(message);
}

std::vector<Message> messagesOf(const char* language) {
    QFile file(QStringLiteral(TRANSLATIONS "/crystallite_%1.ts").arg(QLatin1String(language)));
    std::vector<Message> messages;
    if (!file.open(QIODevice::ReadOnly)) {
        return messages;
    }
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("message")) {
            readMessage(xml, messages);
        }
    }
    return messages;
}

/// %1, %n, %Ln, sorted: a sentence may need them in another order, but each as often.
QStringList placeholders(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("%L?(?:n|[0-9]{1,2})"));
    QStringList found;
    for (auto match = pattern.globalMatch(text); match.hasNext();) {
        found << match.next().captured();
    }
    found.sort();
    return found;
}

bool hasMnemonic(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("&[^&\\s]"));
    return text.contains(pattern);
}

/// Chinese writes these with marks of its own.
QChar closing(const QString& text) {
    const QChar last = text.isEmpty() ? QChar() : text.back();
    return last == QChar(0xFF1A) ? QChar(u':') : last == QChar(u'…') || last == QChar(u':') ? last : QChar();
}

class TranslationsTest : public ::testing::TestWithParam<const char*> {};

TEST_P(TranslationsTest, SayWhatTheSourceSays) {
    const auto messages = messagesOf(GetParam());
    ASSERT_GT(messages.size(), 1000U);
    for (const Message& message : messages) {
        if (!message.isFinished) {
            continue;
        }
        for (const QString& form : message.forms) {
            SCOPED_TRACE((message.source + QStringLiteral(" → ") + form).toStdString());
            EXPECT_FALSE(form.trimmed().isEmpty());
            EXPECT_EQ(placeholders(form), placeholders(message.source));
            EXPECT_EQ(hasMnemonic(form), hasMnemonic(message.source));
            EXPECT_EQ(closing(form), closing(message.source));
            EXPECT_EQ(form.startsWith(u' '), message.source.startsWith(u' '));
        }
    }
}

TEST_P(TranslationsTest, HaveEveryPluralOfTheLanguage) {
    const qsizetype forms = std::string_view(GetParam()) == "zh_CN" ? 1 : 2;
    for (const Message& message : messagesOf(GetParam())) {
        if (message.isFinished && message.isCounted) {
            EXPECT_EQ(message.forms.size(), forms) << message.source.toStdString();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Languages, TranslationsTest, ::testing::Values("de", "zh_CN"));

TEST(Translations, EnglishHasItsPlurals) {
    const auto messages = messagesOf("en");
    ASSERT_GE(messages.size(), 10U);
    for (const Message& message : messages) {
        EXPECT_TRUE(message.isFinished && message.forms.size() == 2 && !message.forms.join(QString()).contains(QStringLiteral("(s)")))
            << message.source.toStdString();
    }
}

TEST(Translations, TheFirstWishThatCanBeMetIsMet) {
    const auto chosen = [](const QStringList& wishes) { return languageFor(wishes).toStdString(); };
    EXPECT_EQ(chosen({QStringLiteral("de-AT"), QStringLiteral("en-US")}), "de");
    EXPECT_EQ(chosen({QStringLiteral("fr-FR"), QStringLiteral("de-DE")}), "de");
    EXPECT_EQ(chosen({QStringLiteral("en-GB"), QStringLiteral("de-DE")}), "en");
    EXPECT_EQ(chosen({QStringLiteral("zh-Hans-CN")}), "zh_CN");
    EXPECT_EQ(chosen({QStringLiteral("zh-Hant-TW")}), "en") << "another script";
    EXPECT_EQ(chosen({}), "en");
}

TEST(Translations, LanguagesAreNamedInThemselves) {
    EXPECT_EQ(nativeLanguageName(QStringLiteral("de")).toStdString(), "Deutsch");
    EXPECT_EQ(nativeLanguageName(QStringLiteral("en")).toStdString(), "English");
    EXPECT_EQ(nativeLanguageName(QStringLiteral("zh_CN")).toStdString(), "简体中文");
}

}  // namespace
}  // namespace crystallite::testing
