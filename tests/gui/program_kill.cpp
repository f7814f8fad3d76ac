// kill -9 of the real programs at random moments, loop after loop over one home: a window in the middle of a run, the command line while it
// records a trace, and exports of every kind over a file that is there already. No finished step may be lost, no file may be torn.
//   program_kill [--loops N] [--seed S]; needs a display

#include "app/run_journal.h"
#include "app/run_library.h"
#include "engine/trace/trace_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <vector>

namespace crystallite {
namespace {

constexpr int kPatienceMs = 120'000;
// Kills aim at a number of finished steps up to this, and then at a moment inside the next step.
constexpr uint32_t kMostSteps = 48;
constexpr int kMostDelayMs = 60;

struct ExportCase {
    const char* program;
    QStringList arguments;  // before the name of the file
    const char* ending;
};

QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Waits for it while the event loop runs; false when kPatienceMs were not enough.
bool waitFor(const std::function<bool()>& holds) {
    return QTest::qWaitFor(holds, kPatienceMs);
}

class KillLoop {
public:
    explicit KillLoop(uint64_t seed) : random_(seed) {}

    /// The first thing that is not as it must be; empty when everything is.
    QString run(uint64_t loops);
    void report(uint64_t loops) const;

private:
    using Victim = QString (KillLoop::*)();

    QString prepare();
    QString killWindow();
    QString killRecording();
    QString killExport();

    QString recover(const QStringList& journals, std::map<QString, uint32_t> seen);
    std::optional<std::vector<RunEntry>> history(RunLibrary& library);
    QString start(QProcess& process, const char* program, const QStringList& arguments);
    QString kill(QProcess& process);
    int upTo(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
    [[nodiscard]] QString in(const QString& name) const { return home_.filePath(name); }

    std::mt19937_64 random_;
    QTemporaryDir home_;
    QString whole_;  // a trace that exports read
    std::vector<ExportCase> cases_;
    std::vector<QByteArray> exported_;     // what each of the cases writes when nobody kills it
    std::vector<int> exportMs_;            // and how long that takes
    std::map<QString, uint32_t> history_;  // steps of every run that the history held, by id
    uint64_t killedRuns_ = 0;
    uint64_t keptSteps_ = 0;
    uint64_t oldExports_ = 0;
    uint64_t newExports_ = 0;
    uint64_t early_ = 0;  // ended before the kill
};

QString KillLoop::start(QProcess& process, const char* program, const QStringList& arguments) {
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QString::fromLocal8Bit(program), arguments);
    return process.waitForStarted(kPatienceMs) ? QString() : QStringLiteral("%1 does not start").arg(QLatin1String(program));
}

/// A program that has already ended must have ended well.
QString KillLoop::kill(QProcess& process) {
    process.kill();
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(kPatienceMs)) {
        return QStringLiteral("a killed program goes on");
    }
    if (process.exitStatus() == QProcess::NormalExit) {
        ++early_;
        return process.exitCode() == 0 ? QString()
                                       : QStringLiteral("it ended by itself with %1: %2")
                                             .arg(process.exitCode())
                                             .arg(QString::fromLocal8Bit(process.readAll()));
    }
    return {};
}

QString KillLoop::prepare() {
    whole_ = in(QStringLiteral("whole.crystal"));
    QProcess process;
    if (QString problem =
            start(process, CLI_PROGRAM,
                  {QStringLiteral("generate"), QStringLiteral("-m"), QStringLiteral("stories"), QStringLiteral("-d"), QStringLiteral("cpu"),
                   QStringLiteral("-p"), QStringLiteral("Once upon a time"), QStringLiteral("--length"), QStringLiteral("24"),
                   QStringLiteral("--show"), QStringLiteral("final"), QStringLiteral("--trace"), whole_});
        !problem.isEmpty()) {
        return problem;
    }
    if (!process.waitForFinished(kPatienceMs) || process.exitCode() != 0) {
        return QStringLiteral("no trace to export: %1").arg(QString::fromLocal8Bit(process.readAll()));
    }
    for (const char* ending : {"png", "svg", "gif", "html", "json", "csv"}) {
        cases_.push_back(
            {.program = GUI_PROGRAM, .arguments = {QStringLiteral("--export"), whole_, QStringLiteral("-o")}, .ending = ending});
    }
    for (const char* ending : {"html", "json", "csv"}) {
        cases_.push_back({.program = CLI_PROGRAM, .arguments = {QStringLiteral("export"), whole_, QStringLiteral("-o")}, .ending = ending});
    }
    for (const ExportCase& which : cases_) {
        const QString file = in(QStringLiteral("kept.") + QLatin1String(which.ending));
        QElapsedTimer timer;
        timer.start();
        QProcess writer;
        if (QString problem = start(writer, which.program, which.arguments + QStringList{file}); !problem.isEmpty()) {
            return problem;
        }
        if (!writer.waitForFinished(kPatienceMs) || writer.exitCode() != 0) {
            return QStringLiteral("%1 cannot be exported: %2").arg(QLatin1String(which.ending), QString::fromLocal8Bit(writer.readAll()));
        }
        exportMs_.push_back(static_cast<int>(timer.elapsed()));
        exported_.push_back(contentsOf(file));
    }
    return {};
}

QString KillLoop::killWindow() {
    QProcess process;
    if (QString problem =
            start(process, GUI_PROGRAM,
                  {QStringLiteral("--device"), QStringLiteral("cpu"), QStringLiteral("--screenshots"), in(QStringLiteral("out"))});
        !problem.isEmpty()) {
        return problem;
    }
    const auto aim = static_cast<uint32_t>(upTo(kMostSteps));
    std::map<QString, uint32_t> seen;
    const auto look = [&] {
        QDirIterator files(home_.path(), {QStringLiteral("*-seed-*.crystal")}, QDir::Files, QDirIterator::Subdirectories);
        uint32_t most = 0;
        while (files.hasNext()) {
            const QString journal = files.next();
            if (const auto trace = readTrace(journal.toStdString()); trace && trace->steps() > 0) {
                seen[QString::fromStdString(trace->header().id)] = trace->steps();
                most = std::max(most, trace->steps());
            }
        }
        return most >= aim || process.state() == QProcess::NotRunning;
    };
    if (!waitFor(look)) {
        return QStringLiteral("the run did not come to step %1").arg(aim);
    }
    QTest::qWait(upTo(kMostDelayMs));
    if (QString problem = kill(process); !problem.isEmpty()) {
        return problem;
    }
    ++killedRuns_;
    const JournalOwner next(
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)).filePath(QStringLiteral("journal")));
    return recover(next.abandonedJournals(), std::move(seen));
}

std::optional<std::vector<RunEntry>> KillLoop::history(RunLibrary& library) {
    std::optional<std::vector<RunEntry>> entries;
    const auto connection = QObject::connect(&library, &RunLibrary::listed, &library,
                                             [&](const LibraryQuery&, const RunEntries& listed) { entries = *listed; });
    library.list({});
    (void)waitFor([&] { return entries.has_value(); });
    QObject::disconnect(connection);
    return entries;
}

/// What the next start of the program does, and then every run that there ever was.
QString KillLoop::recover(const QStringList& journals, std::map<QString, uint32_t> seen) {
    RunLibrary library(libraryPath());
    QString problem;
    const auto note = [&problem](const QString& sentence) {
        if (problem.isEmpty()) {
            problem = sentence;
        }
    };
    QObject::connect(&library, &RunLibrary::failed, &library, note);
    QObject::connect(&library, &RunLibrary::noticed, &library, note);
    QObject::connect(&library, &RunLibrary::journalLeft, &library,
                     [&](const QString& journal, const QString& sentence) { note(journal + QStringLiteral(": ") + sentence); });
    library.recover(journals);
    const auto entries = history(library);
    if (!problem.isEmpty()) {
        return problem;
    }
    if (!entries) {
        return QStringLiteral("the history does not answer");
    }
    std::map<QString, uint32_t> now;
    for (const RunEntry& entry : *entries) {
        now[QString::fromStdString(entry.id)] = entry.steps;
    }
    for (const auto& expected : {history_, seen}) {
        for (const auto& [id, steps] : expected) {
            if (!now.contains(id)) {
                return QStringLiteral("run %1 with %2 steps is gone").arg(id).arg(steps);
            }
            if (now.at(id) < steps) {
                return QStringLiteral("run %1 had %2 finished steps and has %3").arg(id).arg(steps).arg(now.at(id));
            }
        }
    }
    for (const auto& [id, steps] : seen) {
        keptSteps_ += steps;
    }
    history_ = std::move(now);
    return {};
}

QString KillLoop::killRecording() {
    const QString file = in(QStringLiteral("recorded.crystal"));
    QProcess process;
    if (QString problem = start(process, CLI_PROGRAM,
                                {QStringLiteral("generate"), QStringLiteral("-m"), QStringLiteral("stories"), QStringLiteral("-d"),
                                 QStringLiteral("cpu"), QStringLiteral("-p"), QStringLiteral("The sea was"), QStringLiteral("--length"),
                                 QStringLiteral("96"), QStringLiteral("--show"), QStringLiteral("final"), QStringLiteral("--trace"), file});
        !problem.isEmpty()) {
        return problem;
    }
    const auto aim = static_cast<uint32_t>(upTo(kMostSteps));
    uint32_t seen = 0;
    std::string run;
    const auto look = [&] {
        // The file of the loop before is replaced: only a run that goes on is this one's.
        if (const auto trace = readTrace(file.toStdString()); trace && trace->header().id != run) {
            seen = trace->steps();
        }
        return seen >= aim || process.state() == QProcess::NotRunning;
    };
    if (const auto before = readTrace(file.toStdString())) {
        run = before->header().id;
    }
    if (!waitFor(look)) {
        return QStringLiteral("the recording did not come to step %1").arg(aim);
    }
    QTest::qWait(upTo(kMostDelayMs));
    if (QString problem = kill(process); !problem.isEmpty()) {
        return problem;
    }
    ++killedRuns_;
    if (seen == 0) {
        return {};  // killed before the first step: there may be no file yet
    }
    const auto trace = readTrace(file.toStdString());
    if (!trace) {
        return QString::fromStdString(trace.error().message);
    }
    keptSteps_ += seen;
    return trace->steps() >= seen ? QString() : QStringLiteral("recorded %1 steps, %2 are left").arg(seen).arg(trace->steps());
}

QString KillLoop::killExport() {
    const auto index = static_cast<size_t>(upTo(static_cast<int>(cases_.size()) - 1));
    const ExportCase& which = cases_[index];
    const QString path = in(QStringLiteral("kept.") + QLatin1String(which.ending));
    const QByteArray old = "what was there before";
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(old) != old.size()) {
        return QStringLiteral("no file to replace");
    }
    file.close();
    QProcess process;
    if (QString problem = start(process, which.program, which.arguments + QStringList{path}); !problem.isEmpty()) {
        return problem;
    }
    QTest::qWait(upTo(exportMs_[index] * 11 / 10));
    if (QString problem = kill(process); !problem.isEmpty()) {
        return problem;
    }
    const QByteArray left = contentsOf(path);
    if (left == old) {
        ++oldExports_;
        return {};
    }
    ++newExports_;
    return left == exported_[index] ? QString()
                                    : QStringLiteral("%1 is torn: %2 bytes of %3").arg(path).arg(left.size()).arg(exported_[index].size());
}

QString KillLoop::run(uint64_t loops) {
    qputenv("XDG_DATA_HOME", in(QStringLiteral("data")).toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", in(QStringLiteral("config")).toLocal8Bit());
    if (QString problem = prepare(); !problem.isEmpty()) {
        return problem;
    }
    constexpr Victim kVictims[] = {&KillLoop::killWindow, &KillLoop::killRecording, &KillLoop::killExport};
    for (uint64_t loop = 0; loop < loops; ++loop) {
        if (const QString loss = (this->*kVictims[loop % std::size(kVictims)])(); !loss.isEmpty()) {
            home_.setAutoRemove(false);
            return QStringLiteral("loop %1: %2 (everything is kept in %3)").arg(loop).arg(loss, home_.path());
        }
    }
    return {};
}

void KillLoop::report(uint64_t loops) const {
    std::printf(
        "%llu kills: %llu runs with %llu steps seen before the kill and all kept, %zu runs in the history, "
        "%llu exports not begun to show and %llu whole ones, %llu programs ended before their kill\n",
        static_cast<unsigned long long>(loops), static_cast<unsigned long long>(killedRuns_), static_cast<unsigned long long>(keptSteps_),
        history_.size(), static_cast<unsigned long long>(oldExports_), static_cast<unsigned long long>(newExports_),
        static_cast<unsigned long long>(early_));
}

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    // The places of the program, so that its history and its journals are found.
    QCoreApplication::setOrganizationName(QStringLiteral("crystallite"));
    QCoreApplication::setApplicationName(QStringLiteral("crystallite"));
    uint64_t loops = 6;
    uint64_t seed = 1;
    for (int index = 1; index + 1 < argc; index += 2) {
        (std::strcmp(argv[index], "--seed") == 0 ? seed : loops) = std::strtoull(argv[index + 1], nullptr, 10);
    }
    crystallite::KillLoop loop(seed);
    if (const QString loss = loop.run(loops); !loss.isEmpty()) {
        std::fprintf(stderr, "%s\n", loss.toLocal8Bit().constData());
        return EXIT_FAILURE;
    }
    loop.report(loops);
    return EXIT_SUCCESS;
}
