// Feeds arbitrary text to the readers of config.json and generation_config.json, for the family that it is recognised as. A failure is a
// crash or a sanitizer report, or accepted sizes that do not fit together.
#include "engine/base/assert.h"
#include "engine/formats/hugging_face_config.h"
#include "engine/formats/json_document.h"

#include <cstdint>
#include <string_view>

namespace {

void readAs(const nlohmann::json& config, const crystallite::FolderEvidence& evidence) {
    using namespace crystallite;
    const Result<const HuggingFaceFamily*> family = recogniseFamily(config, evidence);
    if (!family) {
        ENGINE_ASSERT(!family.error().message.empty());
        return;
    }
    Result<CheckpointSizes> sizes = readCheckpointSizes(config, **family, "config.json");
    if (sizes && addGenerationConfig(config, "generation_config.json", *sizes)) {
        ENGINE_ASSERT(sizes->layers > 0 && sizes->headDim > 0 && sizes->heads % sizes->kvHeads == 0 && sizes->vocabulary > 0);
        static_cast<void>(metadataFor(**family, *sizes, "input"));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace crystallite;
    const Result<nlohmann::json> config = parseJsonDocument({reinterpret_cast<const char*>(data), size}, "config.json");
    if (!config || !config->is_object()) {
        return 0;
    }
    // The same config in folders that give nothing and everything away.
    for (const bool present : {false, true}) {
        readAs(*config, {.displayName = "input",
                         .pathNames = present ? "open-dcoder mdlm " : "",
                         .hasTensor = [present](std::string_view) { return present; },
                         .vocabularyHolds = [present](std::string_view) { return present; },
                         .chosen = {}});
    }
    return 0;
}
