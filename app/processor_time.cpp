#include "app/processor_time.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <ctime>
#endif
#ifdef Q_OS_LINUX
#include <QDir>
#include <QFile>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>
#endif

namespace crystallite {
namespace {

#ifdef Q_OS_UNIX
int64_t timeOf(clockid_t clock) {
    timespec time{};
    return clock_gettime(clock, &time) == 0 ? int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec : 0;
}
#endif

#ifdef Q_OS_LINUX
/// The processor clock of a thread of this process, as the kernel numbers them; pthread_getcpuclockid() makes the same of a pthread_t,
/// which nobody has for the threads of a driver.
clockid_t clockOfThread(int thread) {
    constexpr int kPerThreadScheduled = 4 | 2;
    return static_cast<clockid_t>((~static_cast<unsigned>(thread) << 3U) | kPerThreadScheduled);
}

/// Threads that Mesa's software rasteriser named after itself. They come with the first frame and stay, so that once a second is enough.
class RasteriserClocks {
public:
    int64_t sum() {
        const auto now = std::chrono::steady_clock::now();
        if (clocks_.empty() ? now - listed_ > std::chrono::milliseconds(100) : now - listed_ > std::chrono::seconds(1)) {
            listed_ = now;
            list();
        }
        int64_t total = 0;
        for (const auto& [clock, before] : clocks_) {
            total += timeOf(clock) - before;
        }
        // A thread that ended took its time with it.
        greatest_ = std::max(greatest_, total);
        return greatest_;
    }

private:
    void list() {
        std::map<clockid_t, int64_t> known = std::exchange(clocks_, {});
        for (const QString& thread : QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile name(QStringLiteral("/proc/self/task/%1/comm").arg(thread));
            if (name.open(QIODevice::ReadOnly) && name.readAll().startsWith("llvmpipe-")) {
                const clockid_t clock = clockOfThread(thread.toInt());
                const auto found = known.find(clock);
                clocks_.emplace(clock, found != known.end() ? found->second : timeOf(clock));
            }
        }
    }

    std::map<clockid_t, int64_t> clocks_;  // and what they had when they were found: before that nobody asked
    std::chrono::steady_clock::time_point listed_;
    int64_t greatest_ = 0;
};
#endif

}  // namespace

int64_t timeSpentShowing() {
    int64_t spent = 0;
#ifdef Q_OS_UNIX
    spent += timeOf(CLOCK_THREAD_CPUTIME_ID);
#endif
#ifdef Q_OS_LINUX
    static RasteriserClocks rasteriser;
    spent += rasteriser.sum();
#endif
    return spent;
}

}  // namespace crystallite
