// Pictures of the history in every theme, and what a large one costs: history_gallery FOLDER [RUNS]. The library lies in FOLDER, which on a
// memory file system fills faster. Times are processor times of the thread that does the work, milliseconds.

#include "app/library_panel.h"
#include "app/look.h"
#include "app/run_tree_model.h"
#include "app/run_tree_view.h"
#include "app/shell_style.h"
#include "tests/support/synthetic_trace.h"

#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QLineEdit>
#include <QSettings>
#include <QTest>

#include <cstdio>
#include <ctime>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 120'000;

double processorMs() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <typename Work>
void measure(const char* what, const Work& work) {
    const double begin = processorMs();
    work();
    std::printf("%-44s %8.1f ms\n", what, processorMs() - begin);
}

const QStringList kPrompts{QStringLiteral("Once upon a time, there was a little rabbit who"),
                           QStringLiteral("Write a haiku about crystals"), QStringLiteral("Explain why the sky is blue to a child"),
                           QStringLiteral("def fibonacci(n):"), QStringLiteral("Es war einmal ein kleiner Hase, der")};

Trace runOf(int number, int64_t created) {
    const uint32_t steps = 8 + static_cast<uint32_t>(number) % 25;
    const Trace made = syntheticTrace({.length = 32, .steps = steps, .finishedSteps = number % 7 == 3 ? steps / 2 : steps});
    TraceHeader header = made.header();
    header.id = "run-" + std::to_string(number);
    header.prompt = kPrompts[number % kPrompts.size()].toStdString();
    header.startedAt = QDateTime::fromMSecsSinceEpoch(created).toUTC().toString(Qt::ISODate).toStdString();
    if (number % 4 == 2) {
        header.origin = RunOrigin{.parent = "run-" + std::to_string(number - 1), .step = 4};
    }
    Trace run(header, made.canvas(0), made.pieces(), {header.maskId});
    for (uint32_t step = 1; step <= made.steps(); ++step) {
        run.append(made.record(step));
    }
    if (number % 4 == 1) {
        run.setBookmarks({{.frame = 2, .note = "the names are settled"}, {.frame = 4}});
    }
    run.setStatus(made.steps() == steps ? RunStatus::Complete : RunStatus::Stopped);
    return run;
}

bool fill(const QString& path, int runs) {
    auto library = LibraryFile::open(path.toStdString());
    const int64_t now = QDateTime::currentMSecsSinceEpoch();
    for (int number = 0; library && number < runs; ++number) {
        const int64_t created = now - int64_t{number} * number * 1'500'000;
        if (!library->add(runOf(number, created), number == 5 ? RunSource::Recovered : RunSource::Ended, now)) {
            return false;
        }
    }
    return library && library->setTitle("run-1", "The rabbit that found a crystal") &&
           library->setNote("run-0", "Compare with the margin order:\nthe ending differs.");
}

class Gallery {
public:
    Gallery(QString folder, const QString& path) : folder_(std::move(folder)), library_(path), panel_(library_, nullptr) {
        panel_.resize(300, 620);
        panel_.show();
    }

    bool waitForList() {
        return QTest::qWaitFor([this] { return panel_.model().tree().runs() > 0; }, kPatienceMs);
    }

    bool save(const char* name) {
        QTest::qWait(100);
        return panel_.grab().save(QStringLiteral("%1/%2.png").arg(folder_, QLatin1String(name)));
    }

    bool saveThemes() {
        Look look;
        bool saved = true;
        for (const bool dark : {true, false}) {
            for (const bool contrast : {false, true}) {
                look.setTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
                look.setHighContrast(contrast);
                const std::string name = std::string(contrast ? "high-contrast-" : "") + (dark ? "dark" : "light");
                panel_.view().setFocus();
                panel_.view().expandAll();
                panel_.view().setCurrentIndex(panel_.model().indexOfRun(QStringLiteral("run-0")));
                panel_.setOpenRun(QStringLiteral("run-1"));
                saved = saved && save(("history-" + name).c_str());
                panel_.findChild<QLineEdit*>()->setText(QStringLiteral("rabbit"));
                QTest::qWait(300);
                saved = saved && save(("history-found-" + name).c_str());
                panel_.findChild<QLineEdit*>()->clear();
                QTest::qWait(300);
            }
        }
        return saved;
    }

private:
    QString folder_;
    RunLibrary library_;
    LibraryPanel panel_;
};

void measureAll(const QString& path) {
    auto library = LibraryFile::open(path.toStdString());
    RunEntries entries;
    const auto list = [&](const char* typed) {
        auto listed = library->list(typed, false);
        entries = std::make_shared<const std::vector<RunEntry>>(std::move(*listed));
    };
    measure("library thread: a word that every fifth run has", [&] { list("rabbit"); });
    std::printf("  %zu runs found\n", entries->size());
    measure("library thread: a prefix of two letters", [&] { list("on"); });
    measure("library thread: listing all", [&] { list(""); });
    std::printf("  %zu runs\n", entries->size());
    RunTree tree;
    measure("window thread: the tree by day", [&] { tree = RunTree(entries, RunSort::Newest, QDate::currentDate()); });
    measure("window thread: the tree by title", [&] { RunTree(entries, RunSort::Title, QDate::currentDate()); });
    RunTreeModel model;
    RunTreeView view;
    view.setModel(&model);
    view.resize(300, 600);
    view.show();
    measure("window thread: model and view, headings open", [&] {
        model.setTree(std::move(tree));
        for (int row = 0; row < model.rowCount(); ++row) {
            view.setExpanded(model.index(row, 0), true);
        }
        QCoreApplication::processEvents();
    });
    measure("window thread: everything open", [&] {
        view.expandAll();
        QCoreApplication::processEvents();
    });
    measure("window thread: to the end and painted", [&] {
        view.scrollToBottom();
        view.grab();
    });
    measure("window thread: a page up and painted", [&] {
        QTest::keyClick(&view, Qt::Key_PageUp);
        view.grab();
    });
}

}  // namespace
}  // namespace crystallite::testing

int main(int argc, char** argv) {
    using namespace crystallite::testing;
    QApplication application(argc, argv);
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: history_gallery FOLDER [RUNS]\n");
        return EXIT_FAILURE;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    const int runs = argc > 2 ? std::atoi(argv[2]) : 24;
    crystallite::setupApplicationStyle(application);
    const QString path = folder + QStringLiteral("/history.crystal");
    QFile::remove(path);
    if (!fill(path, runs)) {
        std::fprintf(stderr, "the library could not be filled\n");
        return EXIT_FAILURE;
    }
    if (argc > 2) {
        measureAll(path);
        return EXIT_SUCCESS;
    }
    Gallery gallery(folder, path);
    return gallery.waitForList() && gallery.saveThemes() ? EXIT_SUCCESS : EXIT_FAILURE;
}
