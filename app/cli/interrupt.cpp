#include "app/cli/interrupt.h"

#ifdef _WIN32
#error "Ctrl-C is handled through POSIX signals so far; give Windows its SetConsoleCtrlHandler here."
#endif

#include <pthread.h>
#include <csignal>
#include <ctime>

namespace crystallite::cli {
namespace {

sigset_t stopSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

/// A handler could not call request_stop(), which is not async-signal-safe; a thread that waits for the signal can.
void watch(const std::stop_token& quit, std::stop_source& source) {
    const sigset_t set = stopSignals();
    constexpr timespec kPollInterval = {.tv_sec = 0, .tv_nsec = 50'000'000};
    while (!quit.stop_requested()) {
        if (sigtimedwait(&set, nullptr, &kPollInterval) > 0) {
            source.request_stop();
            pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
            return;
        }
    }
}

}  // namespace

InterruptWatcher::InterruptWatcher() {
    const sigset_t set = stopSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    watcher_ = std::jthread([this](const std::stop_token& quit) { watch(quit, source_); });
}

}  // namespace crystallite::cli
