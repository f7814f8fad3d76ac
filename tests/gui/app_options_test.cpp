#include "app/app_options.h"

#include <gmock/gmock.h>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

Result<AppOptions> parse(const QStringList& arguments) {
    return parseOptions(QStringList{QStringLiteral("crystallite")} + arguments);
}

TEST(AppOptions, WithoutArgumentsRunTheSampleOnTheEmbeddedModel) {
    const auto options = parse({});

    ASSERT_TRUE(options);
    EXPECT_TRUE(options->prompt.isEmpty()) << "the model offers its sample";
    EXPECT_EQ(options->device.toStdString(), "auto");
    EXPECT_TRUE(options->model.isEmpty());
    EXPECT_TRUE(options->answerAndLeave.isEmpty());
}

TEST(AppOptions, ReadEveryValue) {
    const auto options =
        parse({QStringLiteral("--model"), QStringLiteral("m.gguf"), QStringLiteral("--device"), QStringLiteral("cpu"),
               QStringLiteral("--prompt"), QStringLiteral("Hello"), QStringLiteral("--seed"), QStringLiteral("18446744073709551615"),
               QStringLiteral("--theme"), QStringLiteral("light"), QStringLiteral("run.crystal")});

    ASSERT_TRUE(options);
    EXPECT_EQ(options->model.toStdString(), "m.gguf");
    EXPECT_EQ(options->device.toStdString(), "cpu");
    EXPECT_EQ(options->prompt.toStdString(), "Hello");
    EXPECT_EQ(options->seed, UINT64_MAX);
    EXPECT_EQ(options->theme.toStdString(), "light");
    EXPECT_EQ(options->paths.join(QLatin1Char(' ')).toStdString(), "run.crystal");
}

TEST(AppOptions, TakeEveryLanguageThatTheyNameAndNoOther) {
    for (const QString& language : {QStringLiteral("de"), QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        const auto options = parse({QStringLiteral("--language"), language});
        ASSERT_TRUE(options) << language.toStdString();
        EXPECT_EQ(options->language.toStdString(), language.toStdString());
        EXPECT_TRUE(options->newWindow) << "a window that is there keeps its language";
    }
    const auto options = parse({QStringLiteral("--language"), QStringLiteral("fr")});
    ASSERT_FALSE(options);
    EXPECT_THAT(options.error().message, HasSubstr("--language must be one of de, en, zh_CN, not 'fr'."));
}

TEST(AppOptions, TakeEveryThemeThatTheyName) {
    for (const QString& theme : themeNames()) {
        const auto options = parse({QStringLiteral("--theme"), theme});
        ASSERT_TRUE(options) << theme.toStdString();
        EXPECT_EQ(options->theme, theme);
    }
}

TEST(AppOptions, ThemesLeaveContrastAsItWasChosen) {
    const auto over = [](const LookChoices& chosen, const QStringList& arguments) { return choicesOver(chosen, *parse(arguments)); };
    const LookChoices contrast{.theme = ThemeChoice::Light, .highContrast = true, .textPercent = 125};

    const LookChoices dark = over(contrast, {QStringLiteral("--theme"), QStringLiteral("dark")});
    EXPECT_EQ(dark.theme, ThemeChoice::Dark);
    EXPECT_EQ(dark.highContrast, true) << "nobody asked for less";
    EXPECT_EQ(dark.textPercent, 125);
    EXPECT_EQ(over({}, {QStringLiteral("--theme"), QStringLiteral("light")}).highContrast, std::nullopt);
    EXPECT_EQ(over({}, {QStringLiteral("--high-contrast")}).highContrast, true);
    EXPECT_EQ(over({}, {QStringLiteral("--high-contrast")}).theme, ThemeChoice::Automatic);
    EXPECT_EQ(over({}, {QStringLiteral("--theme"), QStringLiteral("high-contrast-light")}).highContrast, true);
    EXPECT_EQ(over(contrast, {QStringLiteral("--text-size"), QStringLiteral("200")}).textPercent, 200);
    EXPECT_EQ(over(contrast, {}), contrast);
}

TEST(AppOptions, EveryThemeIsForPicturesAlone) {
    const auto pictures = parse({QStringLiteral("--theme"), QStringLiteral("all"), QStringLiteral("--screenshots"), QStringLiteral("d"),
                                 QStringLiteral("--scale"), QStringLiteral("2")});
    ASSERT_TRUE(pictures);
    EXPECT_EQ(pictures->theme, kEveryTheme);
    EXPECT_EQ(pictures->scale, 2.0);
    EXPECT_FALSE(parse({QStringLiteral("--theme"), QStringLiteral("all")}));
}

TEST(AppOptions, TheHelpPromisesNothingThatIsNotTaken) {
    EXPECT_EQ(parse({QStringLiteral("-h")})->answerAndLeave, parse({QStringLiteral("--help")})->answerAndLeave);
    EXPECT_FALSE(parse({QStringLiteral("--help")})->answerAndLeave.contains(QStringLiteral("--help-all")));
    EXPECT_FALSE(parse({QStringLiteral("--help-all")}));
}

TEST(AppOptions, HelpNamesEveryOption) {
    const auto options = parse({QStringLiteral("--help")});

    ASSERT_TRUE(options);
    for (const char* name : {"--model", "--device", "--prompt", "--seed", "--screenshots", "--theme", "--high-contrast", "--text-size",
                             "--scale", "--new-window", "FILE"}) {
        EXPECT_THAT(options->answerAndLeave.toStdString(), HasSubstr(name));
    }
}

TEST(AppOptions, SeveralFilesAreOpenedAndOnlyTheyAreHandedOver) {
    const auto options = parse({QStringLiteral("a.crystal"), QStringLiteral("--"), QStringLiteral("--b.gguf")});

    ASSERT_TRUE(options);
    EXPECT_EQ(options->paths, QStringList({QStringLiteral("a.crystal"), QStringLiteral("--b.gguf")}));
    EXPECT_FALSE(options->newWindow);
    EXPECT_TRUE(parse({QStringLiteral("--new-window")})->newWindow);
    EXPECT_TRUE(parse({QStringLiteral("--model"), QStringLiteral("m.gguf")})->newWindow) << "a window that runs cannot start with it";
}

TEST(AppOptions, WrongValuesAreNamedInASentence) {
    const std::pair<QStringList, const char*> cases[] = {{{QStringLiteral("--seed"), QStringLiteral("-1")}, "'-1'"},
                                                         {{QStringLiteral("--theme"), QStringLiteral("pink")}, "'pink'"},
                                                         {{QStringLiteral("--speed")}, "speed"},
                                                         {{QStringLiteral("--text-size"), QStringLiteral("120")}, "'120'"},
                                                         {{QStringLiteral("--scale"), QStringLiteral("9")}, "'9'"},
                                                         {{QStringLiteral("--scale"), QStringLiteral("nan")}, "'nan'"}};
    for (const auto& [arguments, expected] : cases) {
        const auto options = parse(arguments);
        ASSERT_FALSE(options) << expected;
        EXPECT_THAT(options.error().message, HasSubstr(expected));
    }
}

}  // namespace
}  // namespace crystallite::testing
