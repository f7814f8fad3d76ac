#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace crystallite {

/// Where tests/reference/make_checkpoints.py has written its files before the program starts.
std::filesystem::path referenceFolder();

/// One of the lists that it writes: "cases.json". Fails the test when it is not there.
nlohmann::json referenceList(const std::string& name);

double deviationOf(const std::vector<double>& values);

/// The largest difference over the standard deviation of what is expected; NaN counts as infinite, as do lists of different lengths.
double largestError(const std::vector<float>& actual, const std::vector<double>& expected);

/// The root of the mean squared difference over the same.
double meanError(const std::vector<float>& actual, const std::vector<double>& expected);

}  // namespace crystallite
