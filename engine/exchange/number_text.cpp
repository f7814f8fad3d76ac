#include "engine/exchange/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace crystallite {
namespace {

template <typename T>
std::string shortest(T value) {
    if (!std::isfinite(value)) {
        return {};
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), end.ptr};
}

}  // namespace

std::string numberText(float value) {
    return shortest(value);
}

std::string numberText(double value) {
    return shortest(value);
}

}  // namespace crystallite
