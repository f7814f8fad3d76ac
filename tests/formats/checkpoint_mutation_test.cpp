#include "engine/formats/hugging_face_config.h"
#include "engine/formats/json_document.h"
#include "engine/formats/safetensors_file.h"
#include "tests/support/checkpoint_builder.h"
#include "tests/support/mixture_files.h"

#include <gtest/gtest.h>

#include <cstring>

namespace crystallite {
namespace {

std::vector<std::byte> smallFile() {
    return SafetensorsBuilder().tensor("matrix", "BF16", {2, 3}, "0123456789ab").tensor("vector", "F32", {2}, "abcdefgh").build();
}

/// True when the file was accepted; then its tensors must lie inside of it.
bool readSafetensors(const std::vector<std::byte>& bytes) {
    const Result<SafetensorsFile> file = SafetensorsFile::parse(bytes, "mutated.safetensors");
    if (!file) {
        EXPECT_FALSE(file.error().message.empty());
        return false;
    }
    for (const SafetensorsTensor& tensor : file->tensors()) {
        EXPECT_GE(tensor.bytes.data(), bytes.data());
        EXPECT_LE(tensor.bytes.data() + tensor.bytes.size(), bytes.data() + bytes.size());
    }
    return true;
}

TEST(SafetensorsMutation, EveryByteOfTheHeaderMayBeAnything) {
    const std::vector<std::byte> original = smallFile();
    ASSERT_TRUE(readSafetensors(original));
    std::vector<std::byte> bytes = original;
    const size_t header = original.size() - 20;
    size_t refused = 0;

    for (size_t offset = 0; offset < header; ++offset) {
        for (int replacement = 0; replacement < 256; ++replacement) {
            bytes[offset] = static_cast<std::byte>(replacement);
            refused += readSafetensors(bytes) ? 0 : 1;
        }
        bytes[offset] = original[offset];
    }

    // Nearly every byte is structure; a name may be anything else, and an unknown key is not looked at.
    EXPECT_GT(refused, header * 200);
}

TEST(SafetensorsMutation, EveryTruncationIsRefused) {
    const std::vector<std::byte> original = smallFile();

    for (size_t length = 0; length < original.size(); ++length) {
        const std::vector<std::byte> prefix(original.begin(), original.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_FALSE(readSafetensors(prefix)) << "cut to " << length << " of " << original.size() << " bytes";
    }
}

/// Reads the text as a config.json. What was accepted must fit together.
bool readConfig(const std::string& text) {
    const FolderEvidence evidence{.displayName = "folder",
                                  .pathNames = "mdlm ",
                                  .hasTensor = [](std::string_view) { return true; },
                                  .vocabularyHolds = [](std::string_view) { return false; },
                                  .chosen = {}};
    const Result<nlohmann::json> config = parseJsonDocument(text, "config.json");
    const Result<const HuggingFaceFamily*> family =
        config && config->is_object() ? recogniseFamily(*config, evidence) : Error{ErrorKind::Corrupt, "no table"};
    const Result<CheckpointSizes> sizes =
        family ? readCheckpointSizes(*config, **family, "config.json") : Result<CheckpointSizes>(family.error());
    if (!sizes) {
        EXPECT_FALSE(sizes.error().message.empty());
        return false;
    }
    EXPECT_GT(sizes->headDim, 0U);
    EXPECT_EQ(sizes->heads % sizes->kvHeads, 0U);
    EXPECT_LE(sizes->rotaryDims, sizes->headDim);
    return true;
}

TEST(ConfigMutation, EveryByteMayBeAnything) {
    std::vector<std::pair<std::string, std::string>> configs;
    for (const char* const family : {"llada", "qwen3-mdlm", "diffugpt", "smdm"}) {
        configs.emplace_back(family, randomCheckpoint(family, 1, WeightFormat::F32).config.dump());
    }
    for (const char* const family : {"llada-moe", "rnd1", "sdar-moe", "llada2"}) {
        configs.emplace_back(family, mixtureConfig(family).dump());
    }
    for (const auto& [family, original] : configs) {
        ASSERT_TRUE(readConfig(original)) << family;
        std::string text = original;
        size_t refused = 0;
        for (size_t offset = 0; offset < original.size(); ++offset) {
            for (const char replacement : {'\0', '"', '{', '9', '-', '\xff', ' ', ','}) {
                text[offset] = replacement;
                refused += readConfig(text) ? 0 : 1;
            }
            text[offset] = original[offset];
        }
        EXPECT_GT(refused, original.size()) << family;
    }
}

}  // namespace
}  // namespace crystallite
