#pragma once

#include <filesystem>

namespace crystallite {

/// "history.crystal" where the window keeps its data, below dataHome(); empty where there is no such place.
std::filesystem::path libraryOfThisPerson();

}  // namespace crystallite
