// Texts and ids published with real vocabularies; the ids come from the vocabularies' own tokenizers.
#include "engine/formats/gguf_model.h"
#include "engine/formats/gguf_writer.h"
#include "engine/formats/hugging_face_tokenizer.h"
#include "engine/formats/model_source.h"
#include "engine/text/tokenizer.h"
#include "engine/text/utf8.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <utility>

namespace crystallite {
namespace {

struct PublishedCase {
    std::string text;
    std::vector<TokenId> ids;
};

std::string contentsOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// NAME.gguf.inp holds texts, each closed by a separator line; line i of NAME.gguf.out the ids of text i.
std::vector<PublishedCase> readCases(const std::filesystem::path& shared, const std::string& name) {
    const std::filesystem::path folder = shared / "tokenizers/vectors";
    std::string texts = contentsOf(folder / (name + ".gguf.inp"));
    const std::vector<std::string> idLines = linesOf(contentsOf(folder / (name + ".gguf.out")));
    constexpr std::string_view kSeparator = "\n__ggml_vocab_test__\n";
    std::vector<PublishedCase> cases;
    for (const std::string& idLine : idLines) {
        const size_t end = texts.find(kSeparator);
        PublishedCase next{.text = texts.substr(0, end)};
        std::istringstream numbers(idLine);
        next.ids.assign(std::istream_iterator<TokenId>(numbers), {});
        cases.push_back(next);
        texts = end == std::string::npos ? "" : texts.substr(end + kSeparator.size());
    }
    EXPECT_TRUE(texts.empty()) << "more texts than lines of ids";
    return cases;
}

/// A vocabulary in the two files of its own repository: JSON {token: id} and one merge per line.
TokenizerData readVocabulary(const std::filesystem::path& tokens, const std::filesystem::path& merges, const std::string& rule) {
    TokenizerData data{.model = "gpt2", .preTokenizer = rule};
    const auto idOfToken = nlohmann::json::parse(contentsOf(tokens)).get<std::map<std::string, TokenId>>();
    data.tokens.resize(idOfToken.size());
    for (const auto& [token, id] : idOfToken) {
        data.tokens.at(id) = token;
    }
    for (const std::string& line : linesOf(contentsOf(merges))) {
        if (!line.empty() && !line.starts_with("#version")) {
            data.merges.push_back(line);
        }
    }
    return data;
}

/// Texts of random code points and, now and then, of random bytes.
void expectLossless(const Tokenizer& tokenizer) {
    std::mt19937 random(3);
    const auto randomCharacter = [&random]() -> char32_t {
        constexpr std::array<std::pair<char32_t, char32_t>, 6> kRanges = {
            {{0x00, 0x7f}, {0x80, 0x24f}, {0x2000, 0x206f}, {0x2580, 0xd7ff}, {0xe000, 0xffff}, {0x10000, 0x10ffff}}};
        const auto [low, high] = kRanges[random() % kRanges.size()];
        return low + static_cast<char32_t>(random()) % (high - low + 1);
    };
    for (int round = 0; round < 1000; ++round) {
        std::string text;
        for (auto length = random() % 60; length > 0; --length) {
            if (random() % 8 == 0) {
                text.push_back(static_cast<char>(random() % 256));
            } else {
                appendUtf8(text, randomCharacter());
            }
        }
        ASSERT_EQ(tokenizer.decode(tokenizer.encode(text)), text) << "round " << round;
    }
}

void expectIds(const Tokenizer& tokenizer, const std::vector<PublishedCase>& cases, const char* origin) {
    for (const PublishedCase& published : cases) {
        const std::vector<TokenId> ids = tokenizer.encode(published.text);

        EXPECT_EQ(ids, published.ids) << origin << ", text: " << published.text;
        EXPECT_EQ(tokenizer.decode(ids), published.text) << origin;
    }
}

/// As `convert` writes a tokenizer and every GGUF is read.
TokenizerData writtenAndRead(const TokenizerData& data) {
    GgufHeader header;
    header.setTokenizer(data);
    const std::string file = header.bytes();
    const auto source = openGgufBytes(std::as_bytes(std::span(file)), "written.gguf");
    EXPECT_TRUE(source) << source.error().message;
    const Result<TokenizerData> read = (*source)->tokenizer();
    EXPECT_TRUE(read) << read.error().message;
    return *read;
}

/// What goes around a prompt, which the published cases leave out.
void expectTheSamePrompts(const Tokenizer& tokenizer, const Tokenizer& converted) {
    for (const char* const text : {"", " a", "<|im_start|>user\nHi<|im_end|> </s><s> x", "<|endoftext|>  b<0x0A>"}) {
        EXPECT_EQ(converted.encodePrompt(text), tokenizer.encodePrompt(text)) << text;
    }
}

void expectPublishedIds(TokenizerData data, const std::vector<PublishedCase>& cases) {
    const auto converted = Tokenizer::create(writtenAndRead(data));
    const auto tokenizer = Tokenizer::create(std::move(data));
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    ASSERT_TRUE(converted) << converted.error().message;
    ASSERT_EQ(cases.size(), 46U);
    expectIds(**tokenizer, cases, "as it is published");
    expectIds(**converted, cases, "converted");
    expectTheSamePrompts(**tokenizer, **converted);
    expectLossless(**tokenizer);
}

TokenizerData readGguf(const std::filesystem::path& path) {
    const auto source = openModel(path);
    EXPECT_TRUE(source) << source.error().message;
    const Result<TokenizerData> data = (*source)->tokenizer();
    EXPECT_TRUE(data) << data.error().message;
    return *data;
}

TokenizerData readFolder(const std::filesystem::path& folder) {
    const Result<TokenizerData> data = readHuggingFaceTokenizer(folder);
    EXPECT_TRUE(data) << data.error().message;
    return *data;
}

TEST(PublishedVectors, OfGpt2AreReproducedFromItsGguf) {
    REQUIRE_SHARED_DATA(shared);

    expectPublishedIds(readGguf(shared / "tokenizers/vectors/ggml-vocab-gpt-2.gguf"), readCases(shared, "ggml-vocab-gpt-2"));
}

TEST(PublishedVectors, OfGpt2AreReproducedFromItsTokenizerJson) {
    REQUIRE_SHARED_DATA(shared);

    expectPublishedIds(readFolder(shared / "tokenizers/gpt2"), readCases(shared, "ggml-vocab-gpt-2"));
}

TEST(PublishedVectors, OfQwen2AreReproducedFromItsFolder) {
    REQUIRE_SHARED_DATA(shared);

    expectPublishedIds(readFolder(shared / "tokenizers/qwen2"), readCases(shared, "ggml-vocab-qwen2"));
}

TEST(PublishedVectors, OfLlama2AreReproducedFromItsScores) {
    REQUIRE_SHARED_DATA(shared);

    expectPublishedIds(readGguf(shared / "tokenizers/vectors/ggml-vocab-llama-spm.gguf"), readCases(shared, "ggml-vocab-llama-spm"));
}

TEST(PublishedVectors, OfPhi3AreReproducedFromItsScores) {
    REQUIRE_SHARED_DATA(shared);

    expectPublishedIds(readGguf(shared / "tokenizers/vectors/ggml-vocab-phi-3.gguf"), readCases(shared, "ggml-vocab-phi-3"));
}

TEST(PublishedVectors, OfLlama3AreReproduced) {
    REQUIRE_SHARED_DATA(shared);
    const std::filesystem::path folder = shared / "tokenizers/llama3";

    expectPublishedIds(readVocabulary(folder / "encoder.json", folder / "vocab.bpe", "llama-bpe"),
                       readCases(shared, "ggml-vocab-llama-bpe"));
}

}  // namespace
}  // namespace crystallite
