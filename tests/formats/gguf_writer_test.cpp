#include "engine/formats/gguf_writer.h"

#include "engine/formats/gguf_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

namespace crystallite {
namespace {

using testing::ElementsAre;

std::vector<std::byte> bytesOf(const std::string& text) {
    std::vector<std::byte> bytes(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

std::shared_ptr<const ModelSource> readBack(const std::vector<std::byte>& bytes) {
    const auto source = openGgufBytes(bytes, "written.gguf");
    EXPECT_TRUE(source) << source.error().message;
    return *source;
}

TEST(GgufHeader, IsReadBackAsItWasWritten) {
    GgufHeader header;
    header.set("small", uint64_t{7});
    header.set("large", uint64_t{1} << 40U);
    header.set("real", 0.25);
    header.set("flag", true);
    header.set("text", std::string("words"));
    header.addTensor("a", {3, 2}, WeightFormat::F16, 12);
    header.addTensor("b", {1}, WeightFormat::F32, 4);
    const std::string head = header.bytes();
    EXPECT_EQ(head.size() % kGgufAlignment, 0U);
    EXPECT_EQ(header.fileBytes(), head.size() + 64);

    const std::vector<std::byte> file =
        bytesOf(head + "0123456789ab" + std::string(ggufPadding(12), '\0') + "wxyz" + std::string(28, '\0'));
    const auto source = readBack(file);

    EXPECT_EQ(file.size(), header.fileBytes());
    EXPECT_EQ(source->findUnsigned("small"), 7U);
    EXPECT_EQ(source->findUnsigned("large"), uint64_t{1} << 40U);
    EXPECT_EQ(source->findFloat("real"), 0.25);
    EXPECT_EQ(source->findBool("flag"), true);
    EXPECT_EQ(source->findString("text"), "words");
    ASSERT_EQ(source->tensors().size(), 2U);
    EXPECT_THAT(source->tensors()[0].dimensions, ElementsAre(3, 2));
    EXPECT_EQ(source->tensors()[0].format, WeightFormat::F16);
    EXPECT_EQ(source->tensors()[1].bytes.whole().front(), std::byte{'w'});
}

void expectSameAfterWriting(const TokenizerData& data) {
    GgufHeader header;
    header.setTokenizer(data);
    const std::vector<std::byte> file = bytesOf(header.bytes());
    const Result<TokenizerData> read = readBack(file)->tokenizer();

    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->model, data.model);
    EXPECT_EQ(read->preTokenizer, data.preTokenizer);
    EXPECT_EQ(read->splitExpressions, data.splitExpressions);
    EXPECT_EQ(read->takesWholeWords, data.takesWholeWords);
    EXPECT_EQ(read->tokens, data.tokens);
    EXPECT_EQ(read->kinds, data.kinds);
    EXPECT_EQ(read->scores, data.scores);
    EXPECT_EQ(read->merges, data.merges);
    EXPECT_EQ(read->bos, data.bos);
    EXPECT_EQ(read->eos, data.eos);
    EXPECT_EQ(read->eot, data.eot);
    EXPECT_EQ(read->ends, data.ends);
    EXPECT_EQ(read->pad, data.pad);
    EXPECT_EQ(read->mask, data.mask);
    EXPECT_EQ(read->addBos, data.addBos);
    EXPECT_EQ(read->addEos, data.addEos);
    EXPECT_EQ(read->spacePrefix, data.spacePrefix);
    EXPECT_EQ(read->chatTemplate, data.chatTemplate);
    ASSERT_EQ(read->addedRules.size(), data.addedRules.size());
    for (size_t i = 0; i < data.addedRules.size(); ++i) {
        const AddedTokenRule& expected = data.addedRules[i];
        const AddedTokenRule& actual = read->addedRules[i];
        EXPECT_EQ(actual.id, expected.id);
        EXPECT_EQ(actual.leftStrip, expected.leftStrip);
        EXPECT_EQ(actual.rightStrip, expected.rightStrip);
        EXPECT_EQ(actual.singleWord, expected.singleWord);
        EXPECT_EQ(actual.normalized, expected.normalized);
    }
}

TEST(GgufHeader, KeepsEverythingThatATokenizerSays) {
    TokenizerData bytePairs{.model = "gpt2", .preTokenizer = "qwen2", .tokens = {"a", "b", "ab", "<|mask|>"}};
    bytePairs.kinds = {TokenKind::Normal, TokenKind::Normal, TokenKind::Normal, TokenKind::Control};
    bytePairs.merges = {"a b"};
    bytePairs.eos = 1;
    bytePairs.eot = 2;
    bytePairs.ends = {1, 0};
    bytePairs.mask = 3;
    bytePairs.addBos = true;
    bytePairs.chatTemplate = "{{ x }}";
    expectSameAfterWriting(bytePairs);

    TokenizerData own{.model = "gpt2", .tokens = {"a", "<x>", "<y>"}};
    own.splitExpressions = {"\\p{L}+", "\\p{N}"};
    own.takesWholeWords = false;
    own.addedRules = {{.id = 1, .leftStrip = true, .normalized = true}, {.id = 2, .rightStrip = true, .singleWord = true}};
    expectSameAfterWriting(own);

    TokenizerData pieces{.model = "llama", .tokens = {"<s>", "\u2581a"}, .scores = {0.0F, -1.5F}};
    pieces.bos = 0;
    pieces.addBos = true;
    for (const SpacePrefix prefix : {SpacePrefix::None, SpacePrefix::First, SpacePrefix::Each}) {
        pieces.spacePrefix = prefix;
        expectSameAfterWriting(pieces);
    }
}

}  // namespace
}  // namespace crystallite
