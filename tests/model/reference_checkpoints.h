#pragma once

#include "engine/formats/model_source.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace crystallite {

/// Where tests/reference/make_checkpoints.py has written its files before the program starts.
std::filesystem::path referenceFolder();

/// One of the lists that it writes: "cases.json". Fails the test when it is not there.
nlohmann::json referenceList(const std::string& name);

/// The entry of such a list whose `key` has this value. Fails the test when there is none.
nlohmann::json referenceEntry(const std::string& list, const std::string& key, const std::string& value);

/// A file or folder there, by its name, or one that a test has written, by its whole path. Fails the test and gives null when it cannot be
/// opened.
std::shared_ptr<const ModelSource> openReference(const std::filesystem::path& path, const OpenOptions& options = {});

double deviationOf(const std::vector<double>& values);

/// The largest difference over the standard deviation of what is expected; NaN counts as infinite, as do lists of different lengths.
double largestError(const std::vector<float>& actual, const std::vector<double>& expected);

/// The root of the mean squared difference over the same.
double meanError(const std::vector<float>& actual, const std::vector<double>& expected);

}  // namespace crystallite
