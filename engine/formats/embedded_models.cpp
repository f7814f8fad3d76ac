#include "engine/formats/gguf_model.h"
#include "engine/formats/model_source.h"

#include <algorithm>
#include <array>

// Bounds of the file's bytes, placed in the read-only data by resources/models.
extern "C" {
extern const std::byte crystalliteStoriesBegin[];
extern const std::byte crystalliteStoriesEnd[];
}

namespace crystallite {
namespace {

struct EmbeddedModel {
    std::string_view name;
    const std::byte* begin;
    const std::byte* end;
};

constexpr std::array kModels = {EmbeddedModel{"stories", crystalliteStoriesBegin, crystalliteStoriesEnd}};

}  // namespace

Result<std::shared_ptr<const ModelSource>> openEmbeddedModel(std::string_view name) {
    const auto* const found =
        std::find_if(kModels.begin(), kModels.end(), [name](const EmbeddedModel& model) { return model.name == name; });
    if (found == kModels.end()) {
        std::string known;
        for (const EmbeddedModel& model : kModels) {
            known.append(known.empty() ? "" : ", ").append(model.name);
        }
        return Error{ErrorKind::NotFound, "there is no embedded model '" + std::string(name) + "'; there is: " + known};
    }
    return openGgufBytes({found->begin, found->end}, std::string(name) + " (embedded)");
}

std::vector<std::string> embeddedModels() {
    std::vector<std::string> names;
    names.reserve(kModels.size());
    for (const EmbeddedModel& model : kModels) {
        names.emplace_back(model.name);
    }
    return names;
}

}  // namespace crystallite
