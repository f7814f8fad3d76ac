#pragma once

#include <stop_token>
#include <thread>

namespace crystallite::cli {

/// Turns the first Ctrl-C (or termination signal) into a stop request; a second one ends the program as usual. A limit of the shell on the
/// size of files makes writing fail instead of ending the program. One per program.
class InterruptWatcher {
public:
    InterruptWatcher();
    ~InterruptWatcher() = default;
    InterruptWatcher(const InterruptWatcher&) = delete;
    InterruptWatcher& operator=(const InterruptWatcher&) = delete;

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

private:
    std::stop_source source_;
    std::jthread watcher_;
};

}  // namespace crystallite::cli
