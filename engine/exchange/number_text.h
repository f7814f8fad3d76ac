#pragma once

#include <string>

namespace crystallite {

/// The shortest decimal that reads back as the same bits. Empty for what is no finite number: a field that nobody measured.
std::string numberText(float value);
std::string numberText(double value);

}  // namespace crystallite
