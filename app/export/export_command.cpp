#include "app/export/export_command.h"

#include "app/export/run_export.h"
#include "engine/trace/trace_file.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace crystallite {
namespace {

Error wrong(const QString& sentence) {
    return {.kind = ErrorKind::InvalidArgument, .message = (sentence + QStringLiteral(" See --export --help.")).toStdString()};
}

/// The options of the command and what was typed.
struct Options {
    QCommandLineOption trace{QStringLiteral("export"), QStringLiteral("Export this trace and leave; no window, no display, no GPU."),
                             QStringLiteral("TRACE")};
    QCommandLineOption output{{QStringLiteral("o"), QStringLiteral("output")},
                              QStringLiteral("The file to write; of a series, a new folder."),
                              QStringLiteral("FILE")};
    QCommandLineOption to{QStringLiteral("to"),
                          QStringLiteral("png, svg, gif, webm, mp4, png-series, csv, json or html; default: by the ending of the file."),
                          QStringLiteral("KIND")};
    QCommandLineOption step{QStringLiteral("step"), QStringLiteral("Of a still: 0 to the number of steps; default: the last."),
                            QStringLiteral("N")};
    QCommandLineOption speed{QStringLiteral("speed"), QStringLiteral("Of an animation: steps a second, 0.1 to 25."), QStringLiteral("S"),
                             QStringLiteral("6")};
    QCommandLineOption theme{QStringLiteral("theme"), QStringLiteral("dark, light, high-contrast-dark or high-contrast-light."),
                             QStringLiteral("NAME"), QStringLiteral("dark")};
    QCommandLineOption scale{QStringLiteral("scale"), QStringLiteral("Device pixels per pixel, 1 to 4."), QStringLiteral("X"),
                             QStringLiteral("1")};
    QCommandLineOption size{QStringLiteral("size"), QStringLiteral("Width x height in pixels before the scale."), QStringLiteral("WxH"),
                            QStringLiteral("880x560")};
    QCommandLineOption once{QStringLiteral("once"), QStringLiteral("Of a GIF: play once, not for ever.")};
    QCommandLineOption reducedMotion{QStringLiteral("reduced-motion"), QStringLiteral("No pictures between two steps.")};
    QCommandLineOption foldEnds{QStringLiteral("fold-ends"), QStringLiteral("Runs of end-of-text are one tile.")};
    QCommandLineOption table{QStringLiteral("table"), QStringLiteral("Of csv: slots, steps or tokens."), QStringLiteral("NAME"),
                             QStringLiteral("slots")};

    void addTo(QCommandLineParser& parser) const {
        parser.setApplicationDescription(QStringLiteral("Writes a trace as a picture, an animation, a table, JSON or a page."));
        parser.addHelpOption();
        parser.addOptions({trace, output, to, step, speed, theme, scale, size, once, reducedMotion, foldEnds, table});
    }
};

Result<double> numberOf(const QCommandLineParser& parser, const QCommandLineOption& option) {
    bool isNumber = false;
    const double value = parser.value(option).toDouble(&isNumber);
    if (!isNumber) {
        return wrong(QStringLiteral("--%1 must be a number, not '%2'.").arg(option.names().first(), parser.value(option)));
    }
    return value;
}

Result<QSize> sizeOf(const QString& text) {
    const QStringList sides = text.split(QLatin1Char('x'));
    bool isWidth = false;
    bool isHeight = false;
    const QSize size(sides.value(0).toInt(&isWidth), sides.value(1).toInt(&isHeight));
    if (sides.size() != 2 || !isWidth || !isHeight) {
        return wrong(QStringLiteral("--size must be like 880x560, not '%1'.").arg(text));
    }
    return size;
}

Result<Theme> themeOf(const QString& name) {
    const QString plain = name.startsWith(QStringLiteral("high-contrast-")) ? name.mid(14) : name;
    if (plain != QStringLiteral("dark") && plain != QStringLiteral("light")) {
        return wrong(QStringLiteral("--theme must be one of dark, light, high-contrast-dark, high-contrast-light, not '%1'.").arg(name));
    }
    return Theme::of(plain == QStringLiteral("dark"), plain != name);
}

Result<PictureSettings> pictureOf(const QCommandLineParser& parser, const Options& options) {
    const auto size = sizeOf(parser.value(options.size));
    const auto scale = numberOf(parser, options.scale);
    const auto theme = themeOf(parser.value(options.theme));
    if (!size) {
        return size.error();
    }
    if (!scale) {
        return scale.error();
    }
    if (!theme) {
        return theme.error();
    }
    return PictureSettings{.theme = *theme,
                           .size = *size,
                           .scale = *scale,
                           .visual = {},
                           .foldsEnds = parser.isSet(options.foldEnds),
                           .reducedMotion = parser.isSet(options.reducedMotion)};
}

Result<ExportKind> kindOf(const QCommandLineParser& parser, const Options& options) {
    const QString ending = QFileInfo(parser.value(options.output)).suffix();
    const QString name = parser.isSet(options.to) ? parser.value(options.to) : ending;
    const auto kind = findExportKind(name);
    if (!kind) {
        return wrong(QStringLiteral("A run cannot be exported as '%1'; choose one of png, svg, gif, webm, mp4, png-series, csv, json, html "
                                    "with --to.")
                         .arg(name));
    }
    return *kind;
}

}  // namespace

bool asksForExport(const QStringList& arguments) {
    return std::any_of(arguments.begin() + std::min<qsizetype>(1, arguments.size()), arguments.end(), [](const QString& argument) {
        return argument == QStringLiteral("--export") || argument.startsWith(QStringLiteral("--export="));
    });
}

QString exportHelp() {
    QCommandLineParser parser;
    Options().addTo(parser);
    return parser.helpText();
}

Result<ExportCommand> parseExportCommand(const QStringList& arguments) {
    const Options options;
    QCommandLineParser parser;
    options.addTo(parser);
    if (!parser.parse(arguments)) {
        return wrong(parser.errorText() + QLatin1Char('.'));
    }
    if (!parser.isSet(options.output)) {
        return wrong(QStringLiteral("--output must say which file to write."));
    }
    const auto kind = kindOf(parser, options);
    const auto picture = pictureOf(parser, options);
    const auto speed = numberOf(parser, options.speed);
    const auto step = parser.isSet(options.step) ? numberOf(parser, options.step) : Result<double>(0.0);
    const auto table = parseCsvTable(parser.value(options.table).toStdString());
    if (!kind) {
        return kind.error();
    }
    if (!picture) {
        return picture.error();
    }
    if (!speed) {
        return speed.error();
    }
    if (!step || *step < 0.0 || *step != static_cast<double>(static_cast<uint32_t>(*step))) {
        return wrong(QStringLiteral("--step must be a whole number, not '%1'.").arg(parser.value(options.step)));
    }
    if (!table) {
        return table.error();
    }
    return ExportCommand{.trace = parser.value(options.trace),
                         .request = {.kind = *kind,
                                     .path = parser.value(options.output),
                                     .picture = *picture,
                                     .frame = static_cast<uint32_t>(*step),
                                     .stepsPerSecond = *speed,
                                     .loops = !parser.isSet(options.once),
                                     .table = *table},
                         .lastStep = !parser.isSet(options.step)};
}

int runExportCommand(const ExportCommand& command) {
    const auto say = [](const QString& sentence) { std::fputs((sentence + QLatin1Char('\n')).toLocal8Bit().constData(), stderr); };
    const auto trace = readTrace(command.trace.toStdString());
    if (!trace) {
        say(QStringLiteral("crystallite: ") + QString::fromStdString(trace.error().message));
        return EXIT_FAILURE;
    }
    ExportRequest request = command.request;
    request.frame = command.lastStep ? trace->steps() : request.frame;
    const auto outcome = exportRun(*trace, request, {});
    if (!outcome) {
        say(QStringLiteral("crystallite: ") + QString::fromStdString(outcome.error().message));
        return EXIT_FAILURE;
    }
    if (!outcome->note.isEmpty()) {
        say(QStringLiteral("crystallite: ") + outcome->note);
    }
    say(QStringLiteral("%1, %2").arg(request.path,
                                     QLocale::c().formattedDataSize(static_cast<qint64>(outcome->bytes), 1, QLocale::DataSizeSIFormat)));
    return EXIT_SUCCESS;
}

}  // namespace crystallite
