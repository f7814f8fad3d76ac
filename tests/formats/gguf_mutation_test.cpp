#include "engine/formats/gguf_model.h"
#include "engine/model/model_config.h"
#include "engine/text/tokenizer.h"
#include "tests/support/mixture_files.h"

#include <gtest/gtest.h>

#include <cstring>

namespace crystallite {
namespace {

/// Everything that is done with a model file before its weights go to a device. What was accepted must be consistent; the sanitizer
/// build watches the rest. True when the file was accepted.
bool readWholeModel(const std::vector<std::byte>& bytes) {
    const auto source = openGgufBytes(bytes, "mutated.gguf");
    if (!source) {
        EXPECT_FALSE(source.error().message.empty());
        return false;
    }
    for (const StoredTensor& tensor : (*source)->tensors()) {
        EXPECT_GE(tensor.bytes.at(0), bytes.data());
        EXPECT_LE(tensor.bytes.at(0) + tensor.bytes.size(), bytes.data() + bytes.size());
    }
    const Result<ModelConfig> config = readModelConfig(**source);
    if (!config) {
        EXPECT_FALSE(config.error().message.empty());
        return false;
    }
    EXPECT_LT(config->maskId, config->vocabulary);
    EXPECT_LT(config->forbiddenIds.size(), config->vocabulary);
    Result<TokenizerData> data = (*source)->tokenizer();
    if (!data) {
        ADD_FAILURE() << "the configuration was accepted with a tokenizer that is not: " << data.error().message;
        return false;
    }
    const auto tokenizer = Tokenizer::create(std::move(data).value());
    if (!tokenizer) {
        return false;
    }
    const std::string text = "the <|eot|> tan";
    EXPECT_EQ((*tokenizer)->decode((*tokenizer)->encode(text)), text);
    return true;
}

/// Bytes of the header of the random model below; behind it are weights, whose values are free.
size_t headerBytes(const std::vector<std::byte>& bytes) {
    const auto source = openGgufBytes(bytes, "model.gguf");
    return static_cast<size_t>((*source)->tensors().front().bytes.at(0) - bytes.data());
}

std::vector<std::byte> smallModel() {
    return randomLlada({.layers = 1, .width = 8, .heads = 2, .kvHeads = 2, .feedForward = 8, .vocabulary = 264}, 1, WeightFormat::F32);
}

class GgufMutation : public ::testing::TestWithParam<bool> {
protected:
    static std::vector<std::byte> model() { return GetParam() ? smallMixture() : smallModel(); }
};

INSTANTIATE_TEST_SUITE_P(, GgufMutation, ::testing::Bool(), [](const auto& test) { return test.param ? "Mixture" : "Dense"; });

TEST_P(GgufMutation, EveryByteOfTheHeaderMayBeAnything) {
    const std::vector<std::byte> original = model();
    ASSERT_TRUE(readWholeModel(original));
    std::vector<std::byte> bytes = original;
    size_t refused = 0;

    for (size_t offset = 0; offset < headerBytes(original); ++offset) {
        for (const std::byte replacement :
             {std::byte{0}, std::byte{0xff}, original[offset] ^ std::byte{1}, original[offset] ^ std::byte{0x80}}) {
            bytes[offset] = replacement;
            refused += readWholeModel(bytes) ? 0 : 1;
        }
        bytes[offset] = original[offset];
    }

    // Most of the header is structure: a reader that accepts nearly everything is not checking.
    EXPECT_GT(refused, headerBytes(original));
}

TEST_P(GgufMutation, EveryFourByteFieldMayBeHuge) {
    const std::vector<std::byte> original = model();
    std::vector<std::byte> bytes = original;

    for (size_t offset = 0; offset + 8 <= headerBytes(original); ++offset) {
        const uint32_t huge = 0x7fffffff;
        std::memcpy(&bytes[offset], &huge, sizeof(huge));
        static_cast<void>(readWholeModel(bytes));
        std::memcpy(&bytes[offset], &original[offset], sizeof(huge));
    }
}

TEST_P(GgufMutation, EveryTruncationIsRefused) {
    const std::vector<std::byte> original = model();

    for (size_t length = 0; length < original.size(); length += length < headerBytes(original) ? 1 : 61) {
        const std::vector<std::byte> prefix(original.begin(), original.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_FALSE(readWholeModel(prefix)) << "cut to " << length << " of " << original.size() << " bytes";
    }
}

}  // namespace
}  // namespace crystallite
