#include "tests/model/reference_checkpoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numeric>

namespace crystallite {

double deviationOf(const std::vector<double>& values) {
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return std::sqrt(squares / static_cast<double>(values.size()));
}

std::filesystem::path referenceFolder() {
    return CRYSTALLITE_REFERENCE_CHECKPOINTS;
}

nlohmann::json referenceList(const std::string& name) {
    std::ifstream stream(referenceFolder() / name);
    nlohmann::json entries = nlohmann::json::parse(stream, nullptr, false);
    EXPECT_TRUE(entries.is_array()) << "no " << referenceFolder() / name << "; the test reference_checkpoints writes it";
    return entries.is_array() ? entries : nlohmann::json::array();
}

nlohmann::json referenceEntry(const std::string& list, const std::string& key, const std::string& value) {
    for (nlohmann::json& entry : referenceList(list)) {
        if (entry.at(key) == value) {
            return std::move(entry);
        }
    }
    ADD_FAILURE() << list << " has no entry whose " << key << " is " << value;
    return {};
}

std::shared_ptr<const ModelSource> openReference(const std::filesystem::path& path, const OpenOptions& options) {
    const auto source = openModel(referenceFolder() / path, options);
    EXPECT_TRUE(source) << source.error().message;
    return source ? *source : nullptr;
}

double largestError(const std::vector<float>& actual, const std::vector<double>& expected) {
    if (actual.size() != expected.size()) {
        return HUGE_VAL;
    }
    double largest = 0.0;
    for (size_t i = 0; i < actual.size(); ++i) {
        const double difference = std::abs(static_cast<double>(actual[i]) - expected[i]);
        largest = difference <= largest ? largest : std::isnan(difference) ? HUGE_VAL : difference;
    }
    return largest / deviationOf(expected);
}

double meanError(const std::vector<float>& actual, const std::vector<double>& expected) {
    if (actual.size() != expected.size()) {
        return HUGE_VAL;
    }
    double squares = 0.0;
    for (size_t i = 0; i < actual.size(); ++i) {
        const double difference = static_cast<double>(actual[i]) - expected[i];
        squares += difference * difference;
    }
    return std::sqrt(squares / static_cast<double>(actual.size())) / deviationOf(expected);
}

}  // namespace crystallite
