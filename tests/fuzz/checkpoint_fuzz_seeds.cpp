// Writes the inputs that the fuzzers of Hugging Face folders start from: checkpoint_fuzz_seeds FOLDER makes FOLDER/safetensors and
// FOLDER/config.
#include "tests/support/checkpoint_builder.h"
#include "tests/support/mixture_files.h"

#include <cstdio>

int main(int argumentCount, char** arguments) {
    using namespace crystallite;
    if (argumentCount != 2) {
        std::fputs("usage: checkpoint_fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path safetensors = std::filesystem::path(arguments[1]) / "safetensors";
    const std::filesystem::path config = std::filesystem::path(arguments[1]) / "config";
    std::filesystem::create_directories(safetensors);
    std::filesystem::create_directories(config);
    writeFile(safetensors / "types.safetensors", SafetensorsBuilder()
                                                     .entry("__metadata__", {{"format", "pt"}})
                                                     .tensor("a", "BF16", {2, 3}, "0123456789ab")
                                                     .tensor("b", "I64", {}, "01234567")
                                                     .tensor("c", "F16", {0, 4}, "")
                                                     .tensor("d", "F32", {2}, "abcdefgh")
                                                     .build());
    for (const char* const family :
         {"llada", "illada", "dream", "open-dcoder", "qwen3-mdlm", "qwen2-mdlm", "diffugpt", "diffullama", "smdm"}) {
        writeText(config / (std::string(family) + ".json"), randomCheckpoint(family, 1, WeightFormat::F16).config.dump());
    }
    for (const char* const family : {"llada-moe", "rnd1", "sdar-moe", "llada2"}) {
        writeText(config / (std::string(family) + ".json"), mixtureConfig(family).dump());
    }
    return 0;
}
