#include "app/cli/interrupt.h"

#ifdef _WIN32
#error "Ctrl-C is handled through POSIX signals so far; give Windows its SetConsoleCtrlHandler here."
#endif

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

namespace crystallite::cli {
namespace {

// A handler can reach nothing else. Blocking the signals instead is not enough: OpenBLAS starts threads before main(), which would take a
// signal with its default action and end the program.
std::atomic<bool> signalled = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void noteSignal(int /*signal*/) {
    signalled = true;
}

/// A handler could not call request_stop(), which is not async-signal-safe; a thread that looks for its note can.
void watch(const std::stop_token& quit, std::stop_source& source) {
    constexpr std::chrono::milliseconds kPollInterval(10);
    while (!quit.stop_requested()) {
        if (signalled) {
            source.request_stop();
            return;
        }
        std::this_thread::sleep_for(kPollInterval);
    }
}

}  // namespace

InterruptWatcher::InterruptWatcher() {
    struct sigaction action = {};
    action.sa_handler = noteSignal;
    // The second one ends the program as usual.
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM}) {
        sigaction(signal, &action, nullptr);
    }
    // A file that grows beyond what the shell allows is then an error of write(), like a full disk, and what was begun is removed.
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGXFSZ, &ignore, nullptr);
    watcher_ = std::jthread([this](const std::stop_token& quit) { watch(quit, source_); });
}

}  // namespace crystallite::cli
