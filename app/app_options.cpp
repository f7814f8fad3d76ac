#include "app/app_options.h"

#include "app/translations.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace crystallite {
namespace {

Error wrong(const QString& sentence) {
    return {ErrorKind::InvalidArgument, (sentence + QStringLiteral(" See --help.")).toStdString()};
}

/// The words of a list of sizes: "80, 90, 100".
QString sizesText() {
    QStringList sizes;
    for (const int percent : kTextPercents) {
        sizes << QString::number(percent);
    }
    return sizes.join(QStringLiteral(", "));
}

Result<void> readLook(const QString& theme, const QString& size, const QString& scale, AppOptions& options) {
    options.theme = theme;
    const QStringList names = themeNames() + (options.screenshots.isEmpty() ? QStringList() : QStringList{kEveryTheme});
    if (!theme.isEmpty() && !names.contains(theme)) {
        return wrong(QStringLiteral("--theme must be one of %1, not '%2'.").arg(names.join(QStringLiteral(", ")), theme));
    }
    options.textPercent = size.toInt();
    if (!size.isEmpty() && std::ranges::find(kTextPercents, options.textPercent) == std::end(kTextPercents)) {
        return wrong(QStringLiteral("--text-size must be one of %1, not '%2'.").arg(sizesText(), size));
    }
    options.scale = scale.toDouble();
    constexpr double kLeastScale = 0.5;
    constexpr double kMostScale = 4.0;
    if (!scale.isEmpty() && !(options.scale >= kLeastScale && options.scale <= kMostScale)) {
        return wrong(QStringLiteral("--scale must be a number from 0.5 to 4, not '%1'.").arg(scale));
    }
    return {};
}

}  // namespace

QString themeName(const Theme& theme) {
    return (theme.highContrast ? QStringLiteral("high-contrast-") : QString()) +
           (theme.dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

LookChoices choicesOver(LookChoices chosen, const AppOptions& options) {
    if (!options.theme.isEmpty() && options.theme != kEveryTheme) {
        chosen.theme = options.theme.endsWith(QStringLiteral("dark")) ? ThemeChoice::Dark : ThemeChoice::Light;
    }
    if (options.highContrast || options.theme.startsWith(QStringLiteral("high-contrast"))) {
        chosen.highContrast = true;
    }
    if (options.textPercent != 0) {
        chosen.textPercent = options.textPercent;
    }
    return chosen;
}

QStringList themeNames() {
    return {QStringLiteral("dark"), QStringLiteral("light"), QStringLiteral("high-contrast-dark"), QStringLiteral("high-contrast-light")};
}

Result<AppOptions> parseOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Crystallite runs masked-diffusion language models and shows every denoising step."));
    parser.addPositionalArgument(QStringLiteral("files"),
                                 QStringLiteral("Traces or models to open; each further one gets a window of its own."),
                                 QStringLiteral("[FILE…]"));
    // Not addHelpOption(): it also promises --help-all, whose text only an application with a display can give.
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Say how the program is called, and end."));
    parser.addOption(help);
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption model(QStringLiteral("model"), QStringLiteral("Model file, or the name of an embedded model."),
                                   QStringLiteral("M"));
    const QCommandLineOption device(QStringLiteral("device"), QStringLiteral("auto, cpu, or the number or a part of the name of a device."),
                                    QStringLiteral("D"), QStringLiteral("auto"));
    const QCommandLineOption prompt(QStringLiteral("prompt"), QStringLiteral("What the run starts with; a sample without it."),
                                    QStringLiteral("P"));
    const QCommandLineOption seed(QStringLiteral("seed"), QStringLiteral("Seed of the run."), QStringLiteral("N"), QStringLiteral("1"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("One of %1.").arg(themeNames().join(QStringLiteral(", "))),
                                   QStringLiteral("NAME"));
    const QCommandLineOption highContrast(QStringLiteral("high-contrast"), QStringLiteral("Outlines in place of fills."));
    const QCommandLineOption textSize(QStringLiteral("text-size"), QStringLiteral("Size of the text, in percent: %1.").arg(sizesText()),
                                      QStringLiteral("P"));
    const QCommandLineOption scale(QStringLiteral("scale"), QStringLiteral("Device pixels per logical pixel, 0.5 to 4."),
                                   QStringLiteral("S"));
    const QCommandLineOption language(
        QStringLiteral("language"),
        QStringLiteral("Language of the window: %1; the desktop's without it.").arg(languageNames().join(QStringLiteral(", "))),
        QStringLiteral("NAME"));
    const QCommandLineOption screenshots(QStringLiteral("screenshots"),
                                         QStringLiteral("Run the prompt, save a picture of every state of the window and the trace in DIR, "
                                                        "and end; in every theme with --theme %1.")
                                             .arg(kEveryTheme),
                                         QStringLiteral("DIR"));
    const QCommandLineOption newWindow(QStringLiteral("new-window"),
                                       QStringLiteral("Open a window of its own, even if one is there already."));
    parser.addOptions({model, device, prompt, seed, theme, highContrast, textSize, scale, language, screenshots, newWindow});
    if (!parser.parse(arguments)) {
        return wrong(parser.errorText() + QLatin1Char('.'));
    }
    AppOptions options{.model = parser.value(model),
                       .device = parser.value(device),
                       .prompt = parser.value(prompt),
                       .screenshots = parser.value(screenshots),
                       .highContrast = parser.isSet(highContrast),
                       .language = parser.value(language)};
    if (parser.isSet(language) && !languageNames().contains(options.language)) {
        return wrong(
            QStringLiteral("--language must be one of %1, not '%2'.").arg(languageNames().join(QStringLiteral(", ")), options.language));
    }
    bool isNumber = false;
    options.seed = parser.value(seed).toULongLong(&isNumber);
    if (!isNumber) {
        return wrong(QStringLiteral("--seed must be a whole number of at most 64 bits, not '%1'.").arg(parser.value(seed)));
    }
    if (const auto read = readLook(parser.value(theme), parser.value(textSize), parser.value(scale), options); !read) {
        return read.error();
    }
    options.paths = parser.positionalArguments();
    // What concerns more than files is for a window that starts with it.
    options.newWindow = parser.isSet(newWindow) || parser.isSet(model) || parser.isSet(device) || parser.isSet(prompt) ||
                        parser.isSet(seed) || parser.isSet(theme) || parser.isSet(highContrast) || parser.isSet(textSize) ||
                        parser.isSet(scale) || parser.isSet(language) || parser.isSet(screenshots);
    if (parser.isSet(help)) {
        // The parser knows the program's name only once there is an application, which would need a display.
        options.answerAndLeave = parser.helpText().replace(QStringLiteral("<executable_name>"), QCoreApplication::applicationName());
    } else if (parser.isSet(version)) {
        options.answerAndLeave =
            QCoreApplication::applicationName() + QLatin1Char(' ') + QCoreApplication::applicationVersion() + QLatin1Char('\n');
    }
    return options;
}

}  // namespace crystallite
