#include "engine/model/load_options.h"

#include "engine/base/in_quotes.h"

#include <charconv>
#include <system_error>

namespace crystallite {

Result<std::optional<uint32_t>> parseGpuLayers(std::string_view text) {
    if (text == "auto") {
        return std::optional<uint32_t>();
    }
    if (text == "all") {
        return std::optional(kAllLayers);
    }
    uint32_t layers = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), layers);
    if (error != std::errc() || end != text.data() + text.size()) {
        return Error{ErrorKind::InvalidArgument,
                     inQuotes(text) + " is no number of layers for the GPU; give auto, all or a number such as 12"};
    }
    return std::optional(layers);
}

std::string textOfGpuLayers(std::optional<uint32_t> layers) {
    if (!layers) {
        return "auto";
    }
    return *layers == kAllLayers ? "all" : std::to_string(*layers);
}

}  // namespace crystallite
