#include "engine/library/utc_time.h"

#include <array>
#include <charconv>
#include <chrono>

namespace crystallite {

std::optional<int64_t> parseUtc(std::string_view text) {
    struct Part {
        size_t begin;
        size_t length;
        char before;
    };
    constexpr std::array kParts = {Part{0, 4, 0}, Part{5, 2, '-'}, Part{8, 2, '-'}, Part{11, 2, 'T'}, Part{14, 2, ':'}, Part{17, 2, ':'}};
    constexpr size_t kLength = 19;
    if (text.size() < kLength || (text.size() > kLength && text.substr(kLength) != "Z")) {
        return std::nullopt;
    }
    std::array<int, kParts.size()> numbers{};
    for (size_t part = 0; part < kParts.size(); ++part) {
        const auto& [begin, length, before] = kParts[part];
        const char* end = text.data() + begin + length;
        const auto parsed = std::from_chars(text.data() + begin, end, numbers[part]);
        if (parsed.ec != std::errc() || parsed.ptr != end || numbers[part] < 0 || (before != 0 && text[begin - 1] != before)) {
            return std::nullopt;
        }
    }
    using namespace std::chrono;
    const year_month_day day{year(numbers[0]), month(static_cast<unsigned>(numbers[1])),
                             std::chrono::day(static_cast<unsigned>(numbers[2]))};
    if (!day.ok() || numbers[3] > 23 || numbers[4] > 59 || numbers[5] > 60) {
        return std::nullopt;
    }
    const auto time = sys_days(day).time_since_epoch() + hours(numbers[3]) + minutes(numbers[4]) + seconds(numbers[5]);
    return duration_cast<milliseconds>(time).count();
}

}  // namespace crystallite
