#include "app/app_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace crystallite {
namespace {

Error wrong(const QString& sentence) {
    return {ErrorKind::InvalidArgument, (sentence + QStringLiteral(" See --help.")).toStdString()};
}

}  // namespace

QStringList themeNames() {
    return {QStringLiteral("dark"), QStringLiteral("light"), QStringLiteral("high-contrast-dark"), QStringLiteral("high-contrast-light")};
}

Result<AppOptions> parseOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Crystallite runs masked-diffusion language models and shows every denoising step."));
    parser.addPositionalArgument(QStringLiteral("trace"), QStringLiteral("Traces to open: the first is shown, and all are in the history."),
                                 QStringLiteral("[TRACE…]"));
    const QCommandLineOption help = parser.addHelpOption();
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
    const QCommandLineOption screenshots(QStringLiteral("screenshots"),
                                         QStringLiteral("Run the prompt, save pictures of several steps and the trace in DIR, and end."),
                                         QStringLiteral("DIR"));
    parser.addOptions({model, device, prompt, seed, theme, screenshots});
    if (!parser.parse(arguments)) {
        return wrong(parser.errorText() + QLatin1Char('.'));
    }
    AppOptions options{.model = parser.value(model),
                       .device = parser.value(device),
                       .prompt = parser.value(prompt),
                       .screenshots = parser.value(screenshots),
                       .theme = parser.value(theme)};
    bool isNumber = false;
    options.seed = parser.value(seed).toULongLong(&isNumber);
    if (!isNumber) {
        return wrong(QStringLiteral("--seed must be a whole number of at most 64 bits, not '%1'.").arg(parser.value(seed)));
    }
    if (!options.theme.isEmpty() && !themeNames().contains(options.theme)) {
        return wrong(QStringLiteral("--theme must be one of %1, not '%2'.").arg(themeNames().join(QStringLiteral(", ")), options.theme));
    }
    options.trace = parser.positionalArguments().value(0);
    options.moreTraces = parser.positionalArguments().mid(1);
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
