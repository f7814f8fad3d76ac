#include "engine/formats/gguf_model.h"

#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include <array>
#include <cinttypes>
#include <cstdio>

namespace crystallite {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::shared_ptr<const ModelSource> opened(const std::vector<std::byte>& bytes) {
    auto source = openGgufBytes(bytes, "model.gguf");
    EXPECT_TRUE(source) << (source ? "" : source.error().message);
    return source ? *source : nullptr;
}

GgufBuilder tokenizerBuilder() {
    GgufBuilder builder;
    builder.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2").texts("tokenizer.ggml.tokens", {"a", "b", "ab"});
    return builder;
}

TEST(GgufModel, GivesMetadataOnlyInTheTypeThatIsAskedFor) {
    const std::vector<std::byte> bytes = GgufBuilder()
                                             .number("count", 7)
                                             .signedNumber("signed", 8)
                                             .signedNumber("negative", -1)
                                             .real("real", 0.5F)
                                             .flag("flag", true)
                                             .text("text", "t")
                                             .build();

    const auto source = opened(bytes);

    ASSERT_NE(source, nullptr);
    EXPECT_EQ(source->findUnsigned("count"), 7U);
    EXPECT_EQ(source->findUnsigned("signed"), 8U);
    EXPECT_EQ(source->findUnsigned("negative"), std::nullopt);
    EXPECT_EQ(source->findUnsigned("real"), std::nullopt);
    EXPECT_EQ(source->findFloat("real"), 0.5);
    EXPECT_EQ(source->findFloat("count"), std::nullopt);
    EXPECT_EQ(source->findBool("flag"), true);
    EXPECT_EQ(source->findBool("count"), std::nullopt);
    EXPECT_EQ(source->findString("text"), "t");
    EXPECT_EQ(source->findString("absent"), std::nullopt);
    EXPECT_THAT(source->keys(), ElementsAre("count", "flag", "negative", "real", "signed", "text"));
}

TEST(GgufModel, FindsTensorsByName) {
    const std::vector<std::byte> bytes = GgufBuilder().tensor("a", {1}, 0, "1234").tensor("b", {2}, 0, "12345678").build();

    const auto source = opened(bytes);

    ASSERT_NE(source, nullptr);
    ASSERT_NE(source->findTensor("b"), nullptr);
    EXPECT_EQ(source->findTensor("b")->bytes.size(), 8U);
    EXPECT_EQ(source->findTensor("c"), nullptr);
}

TEST(GgufModel, HasTheXxh3HashOfItsBytesAsFingerprint) {
    const std::vector<std::byte> bytes = GgufBuilder().text("a", "b").build();
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    std::array<char, 33> expected = {};
    std::snprintf(expected.data(), expected.size(), "%016" PRIx64 "%016" PRIx64, hash.high64, hash.low64);

    const auto source = opened(bytes);

    ASSERT_NE(source, nullptr);
    EXPECT_EQ(source->fingerprint(), expected.data());
    EXPECT_EQ(source->fileBytes(), bytes.size());
}

TEST(GgufModel, ReadsTheTokenizer) {
    const std::vector<std::byte> bytes = tokenizerBuilder()
                                             .numbers("tokenizer.ggml.token_type", {1, 3, 5})
                                             .texts("tokenizer.ggml.merges", {"a b"})
                                             .number("tokenizer.ggml.bos_token_id", 0)
                                             .number("tokenizer.ggml.eos_token_id", 1)
                                             .number("tokenizer.ggml.mask_token_id", 2)
                                             .flag("tokenizer.ggml.add_bos_token", true)
                                             .text("tokenizer.chat_template", "{{ x }}")
                                             .build();

    const Result<TokenizerData> data = opened(bytes)->tokenizer();

    ASSERT_TRUE(data) << data.error().message;
    EXPECT_EQ(data->model, "gpt2");
    EXPECT_EQ(data->preTokenizer, "gpt-2");
    EXPECT_THAT(data->tokens, ElementsAre("a", "b", "ab"));
    EXPECT_THAT(data->kinds, ElementsAre(TokenKind::Normal, TokenKind::Control, TokenKind::Unused));
    EXPECT_THAT(data->merges, ElementsAre("a b"));
    EXPECT_EQ(data->bos, 0U);
    EXPECT_EQ(data->eos, 1U);
    EXPECT_EQ(data->mask, 2U);
    EXPECT_EQ(data->pad, std::nullopt);
    EXPECT_EQ(data->eot, std::nullopt);
    EXPECT_TRUE(data->addBos);
    EXPECT_EQ(data->chatTemplate, "{{ x }}");
}

TEST(GgufModel, ReadsEveryIdThatEndsAnAnswer) {
    const auto read = [](const GgufBuilder& builder) {
        const std::vector<std::byte> bytes = builder.build();
        return opened(bytes)->tokenizer();
    };
    const GgufBuilder chat = GgufBuilder()
                                 .text("tokenizer.ggml.model", "gpt2")
                                 .texts("tokenizer.ggml.tokens", {"a", "<|im_end|>", "<|eom|>", "<|eot_id|>"})
                                 .number("tokenizer.ggml.eos_token_id", 0);
    const Result<TokenizerData> byName = read(GgufBuilder(chat).numbers("tokenizer.ggml.token_type", {1, 3, 3, 1}));
    const Result<TokenizerData> told = read(GgufBuilder(chat)
                                                .numbers("tokenizer.ggml.token_type", {1, 3, 3, 3})
                                                .number("tokenizer.ggml.eot_token_id", 2)
                                                .number("tokenizer.ggml.eom_token_id", 3)
                                                .numbers("crystallite.tokenizer.end_ids", {1}));
    const Result<TokenizerData> wrong = read(GgufBuilder(chat).numbers("crystallite.tokenizer.end_ids", {-1}));

    ASSERT_TRUE(byName) << byName.error().message;
    EXPECT_EQ(byName->eot, 1U) << "the mark of a known format; ordinary text is none";
    EXPECT_THAT(byName->ends, IsEmpty());
    ASSERT_TRUE(told) << told.error().message;
    EXPECT_EQ(told->eot, 2U);
    EXPECT_THAT(told->ends, ElementsAre(1U, 3U));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(wrong.error().message, HasSubstr("end_ids"));
}

TEST(GgufModel, ShowsHowFarItsFingerprintIsAndStops) {
    const std::vector<std::byte> bytes = GgufBuilder().text("a", "b").build();
    std::stop_source stop;
    stop.request_stop();
    double last = 0.0;

    const auto source = opened(bytes);
    const Result<void> stopped = source->prepareFingerprint(nullptr, stop.get_token());
    const Result<void> done = source->prepareFingerprint([&last](double share) { last = share; }, {});

    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
    EXPECT_TRUE(done);
    EXPECT_EQ(last, 1.0);
    EXPECT_EQ(source->fingerprint(), opened(bytes)->fingerprint());
}

/// The value of an array of 32-bit floats.
std::string floats(const std::vector<float>& values) {
    std::string bytes = littleEndian(uint32_t{6}) + littleEndian(uint64_t{values.size()});
    for (const float value : values) {
        bytes += littleEndian(value);
    }
    return bytes;
}
constexpr uint32_t kArrayTag = 9;

TEST(GgufModel, ReadsScoresAndTheHabitsOfSentencePiece) {
    const auto read = [](const GgufBuilder& more) {
        const std::vector<std::byte> bytes = more.build();
        const Result<TokenizerData> data = opened(bytes)->tokenizer();
        EXPECT_TRUE(data) << data.error().message;
        return data ? *data : TokenizerData{};
    };
    const GgufBuilder llama = tokenizerBuilder()
                                  .without("tokenizer.ggml.model")
                                  .text("tokenizer.ggml.model", "llama")
                                  .raw("tokenizer.ggml.scores", kArrayTag, floats({0.0F, -1.5F, -2.0F}));

    EXPECT_THAT(read(llama).scores, ElementsAre(0.0F, -1.5F, -2.0F));
    EXPECT_EQ(read(llama).spacePrefix, SpacePrefix::Each) << "where the file is silent";
    EXPECT_TRUE(read(llama).addBos);
    const TokenizerData told = read(GgufBuilder(llama)
                                        .flag("tokenizer.ggml.add_space_prefix", false)
                                        .flag("tokenizer.ggml.add_bos_token", false)
                                        .flag("tokenizer.ggml.add_eos_token", true));
    EXPECT_EQ(told.spacePrefix, SpacePrefix::None);
    EXPECT_FALSE(told.addBos);
    EXPECT_TRUE(told.addEos);
    EXPECT_FALSE(read(tokenizerBuilder()).addBos) << "gpt-2 has none";
    EXPECT_TRUE(read(tokenizerBuilder().without("tokenizer.ggml.pre").text("tokenizer.ggml.pre", "llama-bpe")).addBos);
}

TEST(GgufModel, RefusesATokenizerThatContradictsItself) {
    const auto errorOf = [](const GgufBuilder& builder) {
        const std::vector<std::byte> bytes = builder.build();
        const Result<TokenizerData> data = opened(bytes)->tokenizer();
        return data ? Error{ErrorKind::Cancelled, "was accepted"} : data.error();
    };

    EXPECT_EQ(errorOf(GgufBuilder()).kind, ErrorKind::Unsupported);
    EXPECT_THAT(errorOf(tokenizerBuilder().numbers("tokenizer.ggml.token_type", {1, 1})).message, HasSubstr("each of the 3 tokens"));
    EXPECT_THAT(errorOf(tokenizerBuilder().numbers("tokenizer.ggml.token_type", {1, 1, 7})).message, HasSubstr("unknown kind 7"));
    EXPECT_THAT(errorOf(tokenizerBuilder().numbers("tokenizer.ggml.token_type", {0, 1, 1})).message, HasSubstr("unknown kind 0"));
    EXPECT_THAT(errorOf(tokenizerBuilder().raw("tokenizer.ggml.scores", kArrayTag, floats({1.0F}))).message,
                HasSubstr("each of the 3 tokens"));
    EXPECT_THAT(errorOf(tokenizerBuilder().numbers("tokenizer.ggml.scores", {1, 2, 3})).message, HasSubstr("32-bit number"));
    EXPECT_THAT(errorOf(tokenizerBuilder().text("tokenizer.ggml.merges", "a b")).message, HasSubstr("not a list of texts"));
    EXPECT_THAT(errorOf(tokenizerBuilder().signedNumber("tokenizer.ggml.eos_token_id", -1)).message, HasSubstr("not a token id"));
}

TEST(OpenModel, MapsAFileAndNamesItInErrors) {
    const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "open_model_test.gguf";
    writeFile(path, randomLlada({}, 1, WeightFormat::F16));

    const auto good = openModel(path);
    writeFile(path, GgufBuilder().number("key", 1).number("key", 1).build());
    const auto bad = openModel(path);
    std::filesystem::remove(path);
    const auto missing = openModel(path);

    ASSERT_TRUE(good) << good.error().message;
    EXPECT_EQ((*good)->displayName(), "open_model_test.gguf");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(bad.error().message, HasSubstr("open_model_test.gguf"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace crystallite
