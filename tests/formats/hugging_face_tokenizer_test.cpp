#include "engine/formats/hugging_face_tokenizer.h"

#include "engine/text/tokenizer.h"
#include "tests/support/hugging_face_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace crystallite {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Result<TokenizerData> read(const json& tokenizer, const json& config = nullptr, const std::string& addedTokens = "") {
    const std::string text = tokenizer.dump();
    const std::string settings = config.is_null() ? "" : config.dump();
    return readHuggingFaceTokenizer(HuggingFaceTokenizerFiles{.tokenizerJson = text, .addedTokens = addedTokens, .config = settings},
                                    "folder");
}

TokenizerData dataOf(Result<TokenizerData> result) {
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? std::move(result).value() : TokenizerData{};
}

std::vector<TokenId> encode(const TokenizerData& data, std::string_view text) {
    const auto tokenizer = Tokenizer::create(data);
    EXPECT_TRUE(tokenizer) << tokenizer.error().message;
    return (*tokenizer)->encodePrompt(text);
}

void expectRefused(const Result<TokenizerData>& result, ErrorKind kind, const std::string& part) {
    ASSERT_FALSE(result) << "accepted, but expected: " << part;
    EXPECT_EQ(result.error().kind, kind) << result.error().message;
    EXPECT_THAT(result.error().message, AllOf(HasSubstr("'folder'"), HasSubstr(part)));
}

TEST(HuggingFaceTokenizer, ReadsByteLevelBpe) {
    const TokenizerData data = dataOf(read(byteLevelTokenizerJson({"a b", "Ġ ab"})));

    EXPECT_EQ(data.model, "gpt2");
    EXPECT_EQ(data.preTokenizer, "llama-bpe") << "the expression and the habit are those of this rule";
    EXPECT_THAT(data.merges, ElementsAre("a b", "Ġ ab"));
    EXPECT_EQ(data.kinds[258], TokenKind::Control);
    EXPECT_EQ(data.kinds[259], TokenKind::UserDefined);
    EXPECT_EQ(data.mask, std::nullopt) << "no file names a mask, whatever a token is called";
    EXPECT_THAT(encode(data, "ab ab<|mask|>a<tool>"), ElementsAre(256, 257, 258, 97, 259));
}

TEST(HuggingFaceTokenizer, ReadsCharacterBpeWithBytes) {
    const TokenizerData data = dataOf(read(characterTokenizerJson({"a b", "▁ ab"}), {{"bos_token", "<s>"}}));

    EXPECT_EQ(data.model, "llama");
    EXPECT_EQ(data.spacePrefix, SpacePrefix::Each);
    EXPECT_TRUE(data.addBos) << "the template puts it there";
    EXPECT_THAT(encode(data, "ab!b"), ElementsAre(1, 263, 3 + '!', 261));
}

TEST(HuggingFaceTokenizer, KeepsExpressionsThatNoRuleHas) {
    json tokenizer = byteLevelTokenizerJson({"a b"});
    json& steps = tokenizer["pre_tokenizer"]["pretokenizers"];
    steps[0]["pattern"] = {{"String", "a.b"}};
    steps.insert(steps.begin() + 1, json::object({{"type", "Digits"}, {"individual_digits", true}}));

    const TokenizerData data = dataOf(read(tokenizer));

    EXPECT_EQ(data.preTokenizer, "");
    EXPECT_THAT(data.splitExpressions, ElementsAre("a\\.b", "\\p{N}"));
    tokenizer["pre_tokenizer"] = {{"type", "ByteLevel"}, {"use_regex", true}};
    tokenizer["model"]["ignore_merges"] = false;
    EXPECT_EQ(dataOf(read(tokenizer)).preTokenizer, "gpt-2");
    tokenizer["pre_tokenizer"] = {{"type", "ByteLevel"}, {"use_regex", false}};
    EXPECT_THAT(encode(dataOf(read(tokenizer)), "ab ab"), ElementsAre(256, 32, 256)) << "one piece";
}

TEST(HuggingFaceTokenizer, ReadsMergesInBothNotations) {
    json tokenizer = byteLevelTokenizerJson({"a b"});
    tokenizer["model"]["merges"] = json::array({json::array({"a", "b"})});
    EXPECT_THAT(dataOf(read(tokenizer)).merges, ElementsAre("a b"));

    tokenizer["model"]["merges"] = json::array({json::array({"a ", "b"})});
    expectRefused(read(tokenizer), ErrorKind::Corrupt, "merge 0");
}

TEST(HuggingFaceTokenizer, TakesRolesFromTheSettings) {
    const json config = {{"bos_token", nullptr},
                         {"eos_token", {{"content", "<tool>"}}},
                         {"pad_token", "<|absent|>"},
                         {"mask_token", "<|mask|>"},
                         {"chat_template", json::array({{{"name", "tools"}, {"template", "T"}}, {{"name", "default"}, {"template", "D"}}})},
                         {"add_bos_token", true},
                         {"add_eos_token", true}};
    const TokenizerData data = dataOf(read(byteLevelTokenizerJson({"a b"}), config));

    EXPECT_EQ(data.bos, std::nullopt);
    EXPECT_EQ(data.eos, 258U);
    EXPECT_EQ(data.pad, std::nullopt) << "no token is written so";
    EXPECT_EQ(data.mask, 257U);
    EXPECT_EQ(data.kinds[258], TokenKind::Control) << "a role makes a token special";
    EXPECT_EQ(data.chatTemplate, "D");
    EXPECT_TRUE(data.addBos);
    EXPECT_TRUE(data.addEos);
}

TEST(HuggingFaceTokenizer, AddsTheTokensThatOnlyTheSettingsName) {
    json tokenizer = byteLevelTokenizerJson({});
    const json config = {{"added_tokens_decoder",
                          {{"256", {{"content", "<other>"}}},  // named by tokenizer.json already
                           {"260", {{"content", "<|im_end|>"}, {"special", true}, {"lstrip", true}}}}}};
    const TokenizerData data = dataOf(read(tokenizer, config, R"({"<new>": 259, "<old>": 260})"));

    ASSERT_EQ(data.tokens.size(), 261U);
    EXPECT_EQ(data.tokens[256], "<|mask|>");
    EXPECT_EQ(data.kinds[258], TokenKind::Unused) << "no file names it";
    EXPECT_EQ(data.kinds[259], TokenKind::UserDefined);
    EXPECT_EQ(data.tokens[260], "<|im_end|>") << "the settings are newer than added_tokens.json";
    EXPECT_EQ(data.eot, 260U);
    ASSERT_EQ(data.addedRules.size(), 1U);
    EXPECT_TRUE(data.addedRules[0].leftStrip);
}

TEST(HuggingFaceTokenizer, ReadsVocabularyAndMerges) {
    const std::string vocabulary = byteLevelTokenizerJson({"a b"})["model"]["vocab"].dump();
    HuggingFaceTokenizerFiles files{.vocabulary = vocabulary, .merges = "#version: 0.2\r\na b\r\n\r\n"};
    files.config = R"({"tokenizer_class": "Qwen2TokenizerFast", "eos_token": "ab", "pad_token": "b"})";

    const TokenizerData data = dataOf(readHuggingFaceTokenizer(files, "folder"));

    EXPECT_EQ(data.preTokenizer, "qwen2");
    EXPECT_THAT(data.merges, ElementsAre("a b"));
    EXPECT_EQ(data.eos, 256U);
    EXPECT_EQ(data.kinds[256], TokenKind::Control);
    EXPECT_EQ(data.pad, TokenId{'b'});
    EXPECT_EQ(data.kinds['b'], TokenKind::Normal) << "no text could be written without it";
    files.config = R"({"tokenizer_class": "ElsewhereTokenizer"})";
    expectRefused(readHuggingFaceTokenizer(files, "folder"), ErrorKind::Unsupported, "'Elsewhere");
    files.config = "";
    expectRefused(readHuggingFaceTokenizer(files, "folder"), ErrorKind::Unsupported, "Qwen2Tokenizer");
}

TEST(HuggingFaceTokenizer, ReadsSentencePieceModels) {
    const std::string model = smallSentencePieceModel().piece("a▁", 0, 4).build();
    HuggingFaceTokenizerFiles files{.sentencePieceModel = model, .addedTokens = R"({"<pad>": 264})"};

    const TokenizerData data = dataOf(readHuggingFaceTokenizer(files, "folder"));

    EXPECT_EQ(data.spacePrefix, SpacePrefix::Each);
    EXPECT_EQ(data.bos, 1U);
    EXPECT_EQ(data.eos, 2U);
    EXPECT_EQ(data.pad, std::nullopt);
    EXPECT_TRUE(data.addBos) << "the class that reads this file does so";
    EXPECT_THAT(encode(data, "abb"), ElementsAre(1, 259, 262, 261));
    EXPECT_THAT(encode(data, "ba b<pad>"), ElementsAre(1, 259, 261, 263, 259, 261, 264)) << "a user-defined piece is one with its space";
    files.config = R"({"legacy": false})";
    EXPECT_EQ(dataOf(readHuggingFaceTokenizer(files, "folder")).spacePrefix, SpacePrefix::First);
    files.config = R"({"add_prefix_space": false, "add_bos_token": false})";
    EXPECT_EQ(dataOf(readHuggingFaceTokenizer(files, "folder")).spacePrefix, SpacePrefix::None);
    EXPECT_FALSE(dataOf(readHuggingFaceTokenizer(files, "folder")).addBos);
}

TEST(HuggingFaceTokenizer, RefusesSentencePieceModelsThatChangeTheText) {
    const auto readModel = [](const SentencePieceBuilder& builder) {
        const std::string model = builder.build();
        return readHuggingFaceTokenizer(HuggingFaceTokenizerFiles{.sentencePieceModel = model}, "folder");
    };

    expectRefused(readModel(smallSentencePieceModel().trainer(3, 1)), ErrorKind::Unsupported, "type 1");
    expectRefused(readModel(smallSentencePieceModel().trainer(35, 0)), ErrorKind::Unsupported, "byte_fallback");
    expectRefused(readModel(smallSentencePieceModel().trainer(24, 1)), ErrorKind::Unsupported, "changed before it is split");
    expectRefused(readModel(smallSentencePieceModel().normalizer(4, 1)), ErrorKind::Unsupported, "changed before it is split");
    expectRefused(readModel(smallSentencePieceModel().piece("x", 0, 7)), ErrorKind::Corrupt, "piece 263");
    const std::string model = smallSentencePieceModel().build();
    const HuggingFaceTokenizerFiles cut{.sentencePieceModel = std::string_view(model).substr(0, model.size() - 1)};
    expectRefused(readHuggingFaceTokenizer(cut, "folder"), ErrorKind::Corrupt, "tokenizer.model");
}

/// A good file with one value replaced must be refused.
void expectByteLevelRefused(const std::string& pointer, const json& value, ErrorKind kind, const std::string& part) {
    json tokenizer = byteLevelTokenizerJson({"a b"});
    tokenizer[json::json_pointer(pointer)] = value;
    expectRefused(read(tokenizer), kind, part);
}

TEST(HuggingFaceTokenizer, RefusesWhatItCannotDo) {
    expectByteLevelRefused("/model/type", "Unigram", ErrorKind::Unsupported, "'Unigram'");
    expectByteLevelRefused("/model/end_of_word_suffix", "</w>", ErrorKind::Unsupported, "end_of_word_suffix");
    expectByteLevelRefused("/normalizer/type", "Lowercase", ErrorKind::Unsupported, "'Lowercase'");
    expectByteLevelRefused("/pre_tokenizer/pretokenizers/0/behavior", "MergedWithNext", ErrorKind::Unsupported, "'MergedWithNext'");
    expectByteLevelRefused("/pre_tokenizer/pretokenizers/0/type", "BertPreTokenizer", ErrorKind::Unsupported, "'BertPreTokenizer'");
    expectByteLevelRefused("/pre_tokenizer/pretokenizers/1/add_prefix_space", true, ErrorKind::Unsupported, "add_prefix_space");
    expectByteLevelRefused("/pre_tokenizer", nullptr, ErrorKind::Unsupported, "ByteLevel");
    json characters = characterTokenizerJson({});
    characters["normalizer"]["normalizers"].push_back({{"type", "NFKC"}});
    expectRefused(read(characters), ErrorKind::Unsupported, "'NFKC'");
    characters = characterTokenizerJson({});
    characters["pre_tokenizer"] = {{"type", "Metaspace"}, {"replacement", "▁"}, {"split", true}};
    expectRefused(read(characters), ErrorKind::Unsupported, "Metaspace");
    characters["normalizer"] = nullptr;
    characters["pre_tokenizer"] = nullptr;
    expectRefused(read(characters), ErrorKind::Unsupported, "U+2581");
}

TEST(HuggingFaceTokenizer, ReadsMetaspaceAndGemmasSplitting) {
    json tokenizer = characterTokenizerJson({"▁ a"});
    tokenizer["normalizer"] = nullptr;
    tokenizer["pre_tokenizer"] = {{"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", "first"}, {"split", false}};
    EXPECT_EQ(dataOf(read(tokenizer)).spacePrefix, SpacePrefix::First);

    tokenizer = characterTokenizerJson({"▁ a"});
    tokenizer["normalizer"] = tokenizer["normalizer"]["normalizers"][1];
    tokenizer["pre_tokenizer"] = {{"type", "Split"}, {"pattern", {{"String", " "}}}, {"behavior", "MergedWithPrevious"}, {"invert", false}};
    const TokenizerData data = dataOf(read(tokenizer));
    EXPECT_EQ(data.spacePrefix, SpacePrefix::None);
    EXPECT_THAT(encode(data, "a a"), ElementsAre(260, 262));
}

TEST(HuggingFaceTokenizer, RefusesFilesThatContradictThemselves) {
    expectByteLevelRefused("/model/vocab/a", -1, ErrorKind::Corrupt, "'a'");
    expectByteLevelRefused("/model/vocab/a", 98, ErrorKind::Corrupt, "token 98 is named both");
    expectByteLevelRefused("/model/vocab/a", 5'000'000'000, ErrorKind::Corrupt, "5000000000");
    expectByteLevelRefused("/model/vocab/a", 2'000'000'000, ErrorKind::Corrupt, "highest id is 2000000000");
    expectByteLevelRefused("/model/vocab", 7, ErrorKind::Corrupt, "model.vocab");
    expectByteLevelRefused("/model/merges", "a b", ErrorKind::Corrupt, "model.merges");
    expectByteLevelRefused("/model", json::array(), ErrorKind::Corrupt, "no model");
    expectByteLevelRefused("/added_tokens/0/id", 97, ErrorKind::Corrupt, "named both");
    expectByteLevelRefused("/added_tokens/0/content", 7, ErrorKind::Corrupt, "no content");
    const HuggingFaceTokenizerFiles files{.tokenizerJson = "{\"model\": "};
    expectRefused(readHuggingFaceTokenizer(files, "folder"), ErrorKind::Corrupt, "'tokenizer.json' is not valid JSON");
    expectRefused(read(byteLevelTokenizerJson({}), {{"added_tokens_decoder", {{"12x", {{"content", "y"}}}}}}), ErrorKind::Corrupt, "'12x'");
    expectRefused(read(byteLevelTokenizerJson({}), nullptr, "[]"), ErrorKind::Corrupt, "added_tokens.json");
}

TEST(HuggingFaceTokenizer, NamesTheFilesThatAFolderLacks) {
    const Result<TokenizerData> nothing = readHuggingFaceTokenizer(std::filesystem::temp_directory_path() / "no-such-folder");

    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(nothing.error().message, AllOf(HasSubstr("'no-such-folder'"), HasSubstr("tokenizer.json"), HasSubstr("tokenizer.model")));
}

}  // namespace
}  // namespace crystallite
