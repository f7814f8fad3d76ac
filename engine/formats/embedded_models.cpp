#include "engine/formats/gguf_model.h"
#include "engine/formats/model_source.h"

#include <algorithm>
#include <array>

// Bounds of the file's bytes, placed in the read-only data by resources/models.
extern "C" {
extern const std::byte crystalliteStoriesBegin[];
extern const std::byte crystalliteStoriesEnd[];
extern const std::byte crystalliteStoriesArBegin[];
extern const std::byte crystalliteStoriesArEnd[];
extern const std::byte crystalliteSudoku6x6Begin[];
extern const std::byte crystalliteSudoku6x6End[];
extern const std::byte crystalliteSudoku9x9Begin[];
extern const std::byte crystalliteSudoku9x9End[];
}

namespace crystallite {
namespace {

struct EmbeddedModel {
    std::string_view name;
    std::string_view samplePrompt;
    const std::byte* begin;
    const std::byte* end;
};

// The default first; each sample of a board is a held-out puzzle with one solution; that of sudoku-6x6 is minimal.
constexpr std::array kModels = {
    EmbeddedModel{.name = "stories",
                  .samplePrompt = "Once upon a time, Ben and his friend Mia had a picnic",
                  .begin = crystalliteStoriesBegin,
                  .end = crystalliteStoriesEnd},
    EmbeddedModel{.name = "stories-ar",
                  .samplePrompt = "Once upon a time, Ben and his friend Mia had a picnic",
                  .begin = crystalliteStoriesArBegin,
                  .end = crystalliteStoriesArEnd},
    EmbeddedModel{.name = "sudoku-6x6",
                  .samplePrompt = ".....4\n..531.\n......\n..2.56\n3.46..\n.2....",
                  .begin = crystalliteSudoku6x6Begin,
                  .end = crystalliteSudoku6x6End},
    EmbeddedModel{.name = "sudoku-9x9",
                  .samplePrompt = "1..724.8.\n.7.93..6.\n..4...73.\n.2....8..\n4..1..9..\n....4...6\n84....625\n3.5..74..\n....85.73",
                  .begin = crystalliteSudoku9x9Begin,
                  .end = crystalliteSudoku9x9End},
};

const EmbeddedModel* find(std::string_view name) {
    const auto* const found =
        std::find_if(kModels.begin(), kModels.end(), [name](const EmbeddedModel& model) { return model.name == name; });
    return found == kModels.end() ? nullptr : found;
}

}  // namespace

Result<std::shared_ptr<const ModelSource>> openEmbeddedModel(std::string_view name) {
    const EmbeddedModel* const found = find(name);
    if (found == nullptr) {
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

Result<std::shared_ptr<const ModelSource>> openModelNamed(std::string_view nameOrPath, const OpenOptions& options) {
    return find(nameOrPath) != nullptr ? openEmbeddedModel(nameOrPath) : openModel(std::filesystem::path(nameOrPath), options);
}

std::string_view samplePromptOf(std::string_view name) {
    const EmbeddedModel* const found = find(name);
    return found == nullptr ? std::string_view() : found->samplePrompt;
}

}  // namespace crystallite
