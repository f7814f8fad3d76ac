// kill -9 at random moments: two writers work on one library at once, running (a journal step by step, then into the library), saving,
// naming, trashing and deleting. What a writer reported as done must be there afterwards, whole; what it had begun may be.
//   library_kill [--loops N] [--seed S]

#include "engine/trace/trace_file.h"
#include "tests/library/library_support.h"
#include "tests/trace/sample_trace.h"
#include "tests/trace/temporary_folder.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crystallite {
namespace {

constexpr int64_t kNow = 1'800'000'000'000;
constexpr uint32_t kLength = 12;
constexpr uint32_t kWriters = 2;

enum class Deed : uint8_t { Ran, Titled, Trashed, Removed, Saved };

/// What a writer says it has done; one write of this size to a pipe is not torn.
struct Report {
    uint32_t writer = 0;
    uint32_t run = 0;
    Deed deed = Deed::Ran;
};

std::string idOf(uint32_t writer, uint32_t run) {
    return "writer-" + std::to_string(writer) + "-run-" + std::to_string(run);
}

/// Whether a writer deletes this run in the end.
bool isDeleted(const std::string& id) {
    return std::stoul(id.substr(id.rfind('-'))) % 3 == 2;
}

LibraryRun runOf(uint32_t writer, uint32_t run, uint32_t steps = kLength) {
    return {.id = idOf(writer, run), .prompt = "prompt of " + idOf(writer, run), .steps = steps};
}

/// Never returns. Exits with 1 when something that is no kill fails.
[[noreturn]] void write(const std::filesystem::path& folder, uint32_t writer, int pipe) {
    const auto tell = [&](uint32_t run, Deed deed) {
        const Report report{.writer = writer, .run = run, .deed = deed};
        if (::write(pipe, &report, sizeof(report)) != static_cast<ssize_t>(sizeof(report))) {
            ::_exit(1);
        }
    };
    const auto need = [](const auto& result) {
        if (!result) {
            std::fprintf(stderr, "%s\n", result.error().message.c_str());
            ::_exit(1);
        }
    };
    Result<LibraryFile> library = LibraryFile::open(folder / "history.crystal");
    need(library);
    for (uint32_t run = 0;; ++run) {
        const std::string id = idOf(writer, run);
        const std::filesystem::path journal = folder / ("journal-" + std::to_string(writer) + "-" + std::to_string(run) + ".crystal");
        const Trace whole = libraryTrace(runOf(writer, run));
        Trace growing(whole.header(), whole.canvas(0), whole.pieces(), {});
        auto steps = TraceWriter::create(journal, growing);
        need(steps);
        for (uint32_t step = 1; step <= whole.steps(); ++step) {
            growing.append(whole.record(step));
            need((*steps)->appendLast(growing));
        }
        need((*steps)->finish(RunStatus::Complete));
        steps->reset();
        need(library->add(*readTrace(journal), RunSource::Ended, kNow));
        std::filesystem::remove(journal);
        tell(run, Deed::Ran);
        need(saveTrace(folder / ("saved-" + std::to_string(writer) + ".crystal"), whole));
        tell(run, Deed::Saved);
        need(library->setTitle(id, "titled " + id));
        tell(run, Deed::Titled);
        if (run % 3 == 1) {
            need(library->trash({id}, kNow));
            tell(run, Deed::Trashed);
        } else if (run % 3 == 2) {
            need(library->remove({id}));
            tell(run, Deed::Removed);
        }
    }
}

using Reported = std::map<std::string, std::set<Deed>>;

/// The first thing that is not as it must be; empty when everything is.
std::string findLoss(const std::filesystem::path& folder, const Reported& reported) {
    Result<LibraryFile> library = LibraryFile::open(folder / "history.crystal");
    if (!library) {
        return library.error().message;
    }
    if (library->isDamaged()) {
        return "the library is damaged";
    }
    std::map<std::string, RunEntry> entries;
    for (const bool trashed : {false, true}) {
        const auto listed = library->list("", trashed);
        if (!listed) {
            return listed.error().message;
        }
        for (const RunEntry& entry : *listed) {
            entries.emplace(entry.id, entry);
            const auto run = library->read(entry.id);
            if (!run) {
                return run.error().message;
            }
            if (run->steps() != kLength || run->header().id != entry.id) {
                return entry.id + " has " + std::to_string(run->steps()) + " steps";
            }
        }
    }
    for (const auto& [id, deeds] : reported) {
        const auto entry = entries.find(id);
        // After its title every third run is deleted: that may be done and not reported.
        const bool mayBeGone = deeds.contains(Deed::Titled) && isDeleted(id);
        if (entry == entries.end() && !mayBeGone) {
            return id + " ran and is gone";
        }
        if (entry == entries.end()) {
            continue;
        }
        if (deeds.contains(Deed::Removed)) {
            return id + " was deleted and is there";
        }
        if (deeds.contains(Deed::Titled) && entry->second.title != "titled " + id) {
            return id + " has lost its title";
        }
        if (deeds.contains(Deed::Trashed) && entry->second.trashed == 0) {
            return id + " has left the trash";
        }
    }
    return {};
}

/// Every journal that a kill left behind can be read to its last finished step, and joins the library.
std::string findLossOfJournals(const std::filesystem::path& folder, size_t& recovered) {
    Result<LibraryFile> library = LibraryFile::open(folder / "history.crystal");
    if (!library) {
        return library.error().message;
    }
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::string name = file.path().filename().string();
        if (name.starts_with("saved-") && name.ends_with(".crystal")) {
            if (const auto saved = readTrace(file.path()); !saved || saved->steps() != kLength) {
                return name + " is not whole";
            }
        }
        if (!name.starts_with("journal-") || !name.ends_with(".crystal")) {
            continue;
        }
        const auto trace = readTrace(file.path());
        if (!trace) {
            // Killed in the first transaction of the file, before which nobody had been told of the run.
            if (std::filesystem::file_size(file.path()) != 0 && !std::filesystem::exists(file.path().string() + "-journal")) {
                return name + ": " + trace.error().message;
            }
            continue;
        }
        if (const auto added = library->add(*trace, RunSource::Recovered, kNow); !added) {
            return added.error().message;
        }
        ++recovered;
    }
    return {};
}

struct Totals {
    size_t reports = 0;
    size_t recovered = 0;
};

/// Until a writer has reported something, so that a busy machine does not make every kill one before the first deed.
bool waitForADeed(int pipe) {
    constexpr int kPatienceMs = 60'000;
    pollfd waiting{.fd = pipe, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, kPatienceMs) == 1;
}

/// `after` the start of the writers, or the first deed of one.
std::string killOnce(std::chrono::microseconds after, bool awaitsDeed, Totals& totals) {
    const TemporaryFolder folder;
    int pipe[2] = {};
    if (::pipe(pipe) != 0) {
        return "no pipe";
    }
    std::vector<pid_t> writers;
    for (uint32_t writer = 0; writer < kWriters; ++writer) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(pipe[0]);
            write(folder.path(), writer, pipe[1]);
        }
        writers.push_back(child);
    }
    ::close(pipe[1]);
    std::string loss;
    if (awaitsDeed && !waitForADeed(pipe[0])) {
        loss = "no writer came to an end of anything";
    }
    std::this_thread::sleep_for(after);
    for (const pid_t child : writers) {
        ::kill(child, SIGKILL);
    }
    for (const pid_t child : writers) {
        int status = 0;
        ::waitpid(child, &status, 0);
        if (!WIFSIGNALED(status)) {
            loss = "a writer ended by itself";
        }
    }
    Reported reported;
    Report report;
    while (::read(pipe[0], &report, sizeof(report)) == static_cast<ssize_t>(sizeof(report))) {
        reported[idOf(report.writer, report.run)].insert(report.deed);
        ++totals.reports;
    }
    ::close(pipe[0]);
    if (loss.empty()) {
        loss = findLoss(folder.path(), reported);
    }
    if (loss.empty()) {
        loss = findLossOfJournals(folder.path(), totals.recovered);
    }
    return loss;
}

}  // namespace
}  // namespace crystallite

int main(int argc, char** argv) {
    uint64_t loops = 12;
    uint64_t seed = 1;
    for (int index = 1; index + 1 < argc; index += 2) {
        (std::strcmp(argv[index], "--seed") == 0 ? seed : loops) = std::strtoull(argv[index + 1], nullptr, 10);
    }
    std::mt19937_64 random(seed);
    crystallite::Totals totals;
    for (uint64_t loop = 0; loop < loops; ++loop) {
        const auto after = std::chrono::microseconds(2'000 + random() % 400'000);
        // Every third one comes as it comes: in the first transaction of all, too.
        const std::string loss = crystallite::killOnce(after, loop % 3 != 0, totals);
        if (!loss.empty()) {
            std::fprintf(stderr, "loop %llu, killed after %lld us: %s\n", static_cast<unsigned long long>(loop),
                         static_cast<long long>(after.count()), loss.c_str());
            return EXIT_FAILURE;
        }
    }
    std::printf("%llu kills of two writers: %zu finished deeds, %zu journals recovered, nothing lost\n",
                static_cast<unsigned long long>(loops), totals.reports, totals.recovered);
    return totals.reports == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
