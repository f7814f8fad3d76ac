#include "engine/base/join.h"

namespace crystallite {

std::string joined(const std::vector<std::string>& names, std::string_view separator) {
    std::string text;
    for (const std::string& name : names) {
        text.append(text.empty() ? "" : separator).append(name);
    }
    return text;
}

}  // namespace crystallite
