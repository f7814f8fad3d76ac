#include "engine/formats/hugging_face_tokenizer.h"
#include "engine/text/tokenizer.h"
#include "tests/support/hugging_face_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

namespace crystallite {
namespace {

using nlohmann::json;

/// Everything that is done with the files. What was accepted must be consistent and give a text back; the sanitizer build watches the
/// rest. True when they were accepted.
bool readWholeTokenizer(const HuggingFaceTokenizerFiles& files) {
    Result<TokenizerData> data = readHuggingFaceTokenizer(files, "mutated");
    if (!data) {
        EXPECT_FALSE(data.error().message.empty());
        return false;
    }
    EXPECT_EQ(data->kinds.size(), data->tokens.size());
    EXPECT_TRUE(!data->mask || *data->mask < data->tokens.size());
    const auto tokenizer = Tokenizer::create(std::move(data).value());
    if (!tokenizer) {
        EXPECT_FALSE(tokenizer.error().message.empty());
        return false;
    }
    // Without white space, which a mutated added token may be told to strip.
    const std::string text = "abba<|mask|>ab\xff<tool>é<s>a.12";
    EXPECT_EQ((*tokenizer)->decode((*tokenizer)->encode(text)), text);
    return true;
}

bool readJson(const std::string& text) {
    return readWholeTokenizer({.tokenizerJson = text});
}
bool readModel(const std::string& bytes) {
    return readWholeTokenizer({.sentencePieceModel = bytes});
}

/// Every place in the document; of a vocabulary the first few.
void collectPlaces(const json& value, const json::json_pointer& here, std::vector<json::json_pointer>& places) {
    places.push_back(here);
    size_t visited = 0;
    for (const auto& [key, part] : value.items()) {
        if (value.is_structured() && ++visited <= 8) {
            collectPlaces(part, value.is_array() ? here / std::stoul(key) : here / key, places);
        }
    }
}

void expectEveryValueMayBeAnything(const json& original) {
    ASSERT_TRUE(readJson(original.dump()));
    std::vector<json::json_pointer> places;
    collectPlaces(original, json::json_pointer(), places);
    const std::vector<json> odd = {nullptr,
                                   true,
                                   -1,
                                   97,
                                   1e300,
                                   18446744073709551615U,
                                   "",
                                   "a",
                                   "(",
                                   "Sequence",
                                   json::array(),
                                   json::object(),
                                   json::array({json::array({"a"})}),
                                   json::object({{"type", 3}})};
    size_t refused = 0;
    for (const json::json_pointer& place : places) {
        for (const json& value : odd) {
            json changed = original;
            changed[place] = value;
            refused += readJson(changed.dump()) ? 0 : 1;
        }
    }
    // A reader that accepts nearly everything is not checking.
    EXPECT_GT(refused, places.size());
}

TEST(TokenizerMutation, EveryValueOfAByteLevelFileMayBeAnything) {
    expectEveryValueMayBeAnything(byteLevelTokenizerJson({"a b", "Ġ ab"}));
}

TEST(TokenizerMutation, EveryValueOfACharacterFileMayBeAnything) {
    expectEveryValueMayBeAnything(characterTokenizerJson({"a b", "▁ ab"}));
}

/// Bytes are replaced, cut out and doubled.
std::string mutated(std::string text, std::mt19937& random) {
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
        const size_t place = random() % text.size();
        const size_t length = std::min<size_t>(1 + random() % 16, text.size() - place);
        switch (random() % 3) {
            case 0: text[place] = static_cast<char>(random() % 256); break;
            case 1: text.erase(place, std::min(length, text.size() - 1)); break;
            default: text.insert(place, text.substr(place, length)); break;
        }
    }
    return text;
}

void expectMutationsAreSurvived(const std::string& original, const std::function<bool(const std::string&)>& read) {
    ASSERT_TRUE(read(original));
    std::mt19937 random(13);
    size_t refused = 0;
    constexpr size_t kRounds = 1500;
    for (size_t round = 0; round < kRounds; ++round) {
        refused += read(mutated(original, random)) ? 0 : 1;
    }
    EXPECT_GT(refused, kRounds / 4);
    for (size_t length = 0; length < original.size(); length += 1 + original.size() / 300) {
        EXPECT_FALSE(read(original.substr(0, length))) << "cut to " << length << " of " << original.size() << " bytes";
    }
}

TEST(TokenizerMutation, JsonMayBeDamagedAnywhere) {
    expectMutationsAreSurvived(byteLevelTokenizerJson({"a b"}).dump(), readJson);
}

TEST(TokenizerMutation, SentencePieceModelsMayBeDamagedAnywhere) {
    expectMutationsAreSurvived(smallSentencePieceModel().build(), readModel);
}

TEST(TokenizerMutation, SettingsMayBeDamagedAnywhere) {
    const std::string tokenizer = byteLevelTokenizerJson({"a b"}).dump();
    const json settings = {{"added_tokens_decoder", {{"300", {{"content", "<x>"}, {"special", true}}}}},
                           {"additional_special_tokens", json::array({"<x>", {{"content", "a"}}})},
                           {"mask_token", "<|mask|>"},
                           {"add_bos_token", true},
                           {"bos_token", {{"content", "b"}}},
                           {"chat_template", json::array({{{"name", "default"}, {"template", "x"}}})}};

    expectMutationsAreSurvived(settings.dump(), [&](const std::string& text) {
        return text.empty() ? false : readWholeTokenizer({.tokenizerJson = tokenizer, .config = text, .specialTokensMap = text});
    });
}

TEST(TokenizerMutation, DepthDoesNotMatter) {
    const std::string deep(1'000'000, '[');

    EXPECT_FALSE(readJson(deep));
    EXPECT_FALSE(readJson("{\"model\": " + std::string(500'000, '[') + std::string(500'000, ']') + "}"));
}

}  // namespace
}  // namespace crystallite
