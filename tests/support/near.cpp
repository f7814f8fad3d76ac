#include "tests/support/near.h"

#include <cmath>

namespace crystallite {
namespace {

/// How far outside its tolerance an element lies; 0 when inside. NaN is as far out as can be.
double excessOf(double actual, double expected, double tolerance) {
    const double difference = std::abs(actual - expected);
    if (difference <= tolerance) {
        return 0;
    }
    return std::isnan(difference) ? HUGE_VAL : difference - tolerance;
}

}  // namespace

Expected::Expected(const FloatMatrix& exact) : value(exact.rows, exact.columns), tolerance(exact.rows, exact.columns) {
    value.values.assign(exact.values.begin(), exact.values.end());
}

testing::AssertionResult near(const FloatMatrix& actual, const Expected& expected) {
    if (actual.rows != expected.value.rows || actual.columns != expected.value.columns) {
        return testing::AssertionFailure() << "expected " << expected.value.rows << " x " << expected.value.columns << " elements, got "
                                           << actual.rows << " x " << actual.columns;
    }
    size_t outside = 0;
    size_t worst = 0;
    double worstExcess = 0;
    for (size_t i = 0; i < actual.values.size(); ++i) {
        const double excess = excessOf(actual.values[i], expected.value.values[i], expected.tolerance.values[i]);
        outside += excess > 0 ? 1 : 0;
        if (excess > worstExcess) {
            worstExcess = excess;
            worst = i;
        }
    }
    if (outside == 0) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << outside << " of " << actual.values.size() << " elements are out of tolerance; the worst is row "
                                       << worst / actual.columns << ", column " << worst % actual.columns << ": expected "
                                       << expected.value.values[worst] << " +- " << expected.tolerance.values[worst] << ", actual "
                                       << actual.values[worst];
}

}  // namespace crystallite
