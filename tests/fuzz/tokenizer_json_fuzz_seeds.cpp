// Writes the inputs that the fuzzer starts from into a folder: tokenizer_json_fuzz_seeds FOLDER
#include "tests/fuzz/seed_file.h"
#include "tests/support/hugging_face_files.h"

#include <cstdio>

int main(int argumentCount, char** arguments) {
    using namespace crystallite;
    using nlohmann::json;
    if (argumentCount != 2) {
        std::fputs("usage: tokenizer_json_fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    const std::string between(1, '\0');
    const json config = {{"added_tokens_decoder", {{"300", {{"content", "<x>"}, {"special", true}}}}},
                         {"bos_token", "a"},
                         {"mask_token", {{"content", "<|mask|>"}}},
                         {"tokenizer_class", "Qwen2Tokenizer"},
                         {"chat_template", "<|im_start|><|im_end|>"}};
    const json byteLevel = byteLevelTokenizerJson({"a b", "Ġ ab"});
    json metaspace = characterTokenizerJson({"a b"});
    metaspace["pre_tokenizer"] = {{"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", "first"}, {"split", false}};
    writeSeed(folder / "byte_level", byteLevel.dump());
    writeSeed(folder / "byte_level_with_settings", byteLevel.dump() + between + config.dump());
    writeSeed(folder / "characters", characterTokenizerJson({"a b", "▁ ab"}).dump());
    writeSeed(folder / "metaspace", metaspace.dump());
    writeSeed(folder / "vocabulary_and_merges", between + config.dump() + between + byteLevel["model"]["vocab"].dump() + between + "a b\n");
    writeSeed(folder / "sentence_piece", smallSentencePieceModel().build());
    return 0;
}
