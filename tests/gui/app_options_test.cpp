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

TEST(AppOptions, TakeEveryThemeThatTheyName) {
    for (const QString& theme : themeNames()) {
        const auto options = parse({QStringLiteral("--theme"), theme});
        ASSERT_TRUE(options) << theme.toStdString();
        EXPECT_EQ(options->theme, theme);
    }
}

TEST(AppOptions, HelpNamesEveryOption) {
    const auto options = parse({QStringLiteral("--help")});

    ASSERT_TRUE(options);
    for (const char* name : {"--model", "--device", "--prompt", "--seed", "--screenshots", "--theme", "--new-window", "FILE"}) {
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
                                                         {{QStringLiteral("--speed")}, "speed"}};
    for (const auto& [arguments, expected] : cases) {
        const auto options = parse(arguments);
        ASSERT_FALSE(options) << expected;
        EXPECT_THAT(options.error().message, HasSubstr(expected));
    }
}

}  // namespace
}  // namespace crystallite::testing
