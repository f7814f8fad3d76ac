#include "engine/text/chat_template.h"

#include "engine/formats/hugging_face_tokenizer.h"
#include "engine/text/tokenizer.h"
#include "tests/support/shared_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const TokenizerData kBosOfLlada{.tokens = {"<|startoftext|>"}, .bos = 0};
const TokenizerData kBosOfGemma{.tokens = {"<pad>", "<eos>", "<bos>"}, .bos = 2};

const ChatFormat& formatNamed(std::string_view name) {
    const ChatFormat* const format = findChatFormat(name);
    EXPECT_NE(format, nullptr) << name;
    return *format;
}

std::string write(std::string_view name, const std::vector<ChatTurn>& turns, const TokenizerData& data = {}) {
    const Result<std::string> text = writeChat(formatNamed(name), turns, data);
    return text ? *text : "refused: " + text.error().message;
}

const std::vector<ChatTurn> kQuestion = {{ChatRole::User, "Hi?"}};

// The strings are those that the families publish.
TEST(ChatTemplate, WritesOneQuestionAsEachFamilyDoes) {
    EXPECT_EQ(write("llada", kQuestion, kBosOfLlada),
              "<|startoftext|><|start_header_id|>user<|end_header_id|>\n\nHi?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n");
    EXPECT_EQ(write("llada-moe", kQuestion),
              "<role>SYSTEM</role>detailed thinking off<|role_end|><role>HUMAN</role>Hi?<|role_end|><role>ASSISTANT</role>");
    EXPECT_EQ(write("chatml", kQuestion), "<|im_start|>user\nHi?<|im_end|>\n<|im_start|>assistant\n");
    EXPECT_EQ(write("chatml-helpful", kQuestion),
              "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nHi?<|im_end|>\n<|im_start|>assistant\n");
    EXPECT_EQ(write("chatml-qwen", kQuestion),
              "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n"
              "<|im_start|>user\nHi?<|im_end|>\n<|im_start|>assistant\n");
    EXPECT_EQ(write("chatml-no-thinking", kQuestion), "<|im_start|>user\nHi?<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n");
    EXPECT_EQ(write("gemma4", kQuestion, kBosOfGemma), "<bos><|turn>user\nHi?<turn|>\n<|turn>model\n");
}

TEST(ChatTemplate, WritesAConversation) {
    const std::vector<ChatTurn> turns = {
        {ChatRole::System, "Be brief."}, {ChatRole::User, "1+1?"}, {ChatRole::Assistant, "2"}, {ChatRole::User, "2+2?"}};

    EXPECT_EQ(write("llada-moe", turns),
              "<role>SYSTEM</role>Be brief.<|role_end|><role>HUMAN</role>1+1?<|role_end|>"
              "<role>ASSISTANT</role>2<|role_end|><role>HUMAN</role>2+2?<|role_end|><role>ASSISTANT</role>");
    EXPECT_EQ(write("chatml-helpful", turns),
              "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n1+1?<|im_end|>\n<|im_start|>assistant\n2<|im_end|>\n"
              "<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n");
}

TEST(ChatTemplate, RefusesTurnsOutOfOrder) {
    EXPECT_THAT(write("chatml", {}), HasSubstr("end with a turn of the user"));
    EXPECT_THAT(write("chatml", {{ChatRole::User, "a"}, {ChatRole::Assistant, "b"}}), HasSubstr("end with a turn of the user"));
    EXPECT_THAT(write("chatml", {{ChatRole::User, "a"}, {ChatRole::System, "b"}, {ChatRole::User, "c"}}), HasSubstr("must be the first"));
}

TEST(ChatTemplate, IsRecognisedByTheMarksThatItWrites) {
    const auto detected = [](std::string_view jinja) {
        const auto format = detectChatFormat(jinja);
        return format ? std::string((*format)->name) : format.error().message;
    };

    EXPECT_EQ(detected("{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] + '<|eot_id|>' }}"),
              "llada");
    EXPECT_EQ(detected("{{ '<role>HUMAN</role>' + message['content'] + '<|role_end|>' }}"), "llada-moe");
    EXPECT_EQ(detected("{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}"), "chatml");
    EXPECT_EQ(detected("{{ '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}"), "chatml-helpful");
    EXPECT_EQ(detected("{{ '<|im_start|>system\\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\\n' }}"),
              "chatml-qwen");
    EXPECT_EQ(detected("{{ '<|turn>' + role + '\\n' + text + '<turn|>\\n' }}"), "gemma4");
}

TEST(ChatTemplate, IsNotGuessed) {
    for (const char* jinja :
         {"", "{{ '<|user|>' + message['content'] + '<|end|>' }}", "{{ '<|im_start|>system\\nYou are Bob.<|im_end|>' }}",
          "<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: x<|eot_id|>"}) {
        const auto format = detectChatFormat(jinja);

        ASSERT_FALSE(format) << jinja;
        EXPECT_EQ(format.error().kind, ErrorKind::Unsupported);
        EXPECT_THAT(format.error().message, HasSubstr("send plain text"));
        EXPECT_THAT(format.error().message, HasSubstr("chatml-no-thinking"));
    }
    EXPECT_EQ(findChatFormat("mistral"), nullptr);
}

TEST(ChatTemplate, NamesTheIdsThatEndAnAnswer) {
    const TokenizerData data{.tokens = {"a", "<|endoftext|>", "<|im_end|>", "<|eot_id|>", "</s>"},
                             .kinds = {TokenKind::Normal, TokenKind::Control, TokenKind::Control, TokenKind::Normal, TokenKind::Control},
                             .eos = 4};

    EXPECT_THAT(stopIds(formatNamed("chatml"), data), ElementsAre(1, 2, 4));
    EXPECT_THAT(stopIds(formatNamed("chatml-no-thinking"), data), ElementsAre(2, 4));
    EXPECT_THAT(stopIds(formatNamed("llada"), data), ElementsAre(4)) << "an ordinary token ends nothing";
}

TEST(ChatTemplate, OfARealCheckpointIsSentAsItsSpecialTokens) {
    REQUIRE_SHARED_DATA(shared);
    Result<TokenizerData> data = readHuggingFaceTokenizer(shared / "tokenizers/qwen2");
    ASSERT_TRUE(data) << data.error().message;
    const auto format = detectChatFormat(data->chatTemplate);
    ASSERT_TRUE(format) << format.error().message;
    EXPECT_EQ((*format)->name, "chatml");
    EXPECT_THAT(stopIds(**format, *data), ElementsAre(151643, 151645));
    const auto text = writeChat(**format, kQuestion, *data);
    ASSERT_TRUE(text);

    const auto tokenizer = Tokenizer::create(std::move(data).value());
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    const std::vector<TokenId> ids = (*tokenizer)->encodePrompt(*text);

    // <|im_start|>user\nHi?<|im_end|>\n<|im_start|>assistant\n
    EXPECT_THAT(ids, ElementsAre(151644, 872, 198, 13048, 30, 151645, 198, 151644, 77091, 198));
}

}  // namespace
}  // namespace crystallite
