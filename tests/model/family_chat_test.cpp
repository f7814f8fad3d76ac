#include "engine/model/families/family_chat.h"

#include "engine/model/families/family.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace crystallite {
namespace {

const std::vector<std::string> kTurnEnds = {"<|eot_id|>", "<|im_end|>"};

std::string formatOf(std::string_view family, const std::string& jinja, TokenKind kindOfTurnEnds = TokenKind::Control) {
    TokenizerData data;
    data.tokens = kTurnEnds;
    data.kinds.assign(kTurnEnds.size(), kindOfTurnEnds);
    data.chatTemplate = jinja;
    const Result<const ChatFormat*> format = chatFormatOf(family, data);
    return format ? std::string((*format)->name) : "none";
}

/// What one question becomes, for a vocabulary whose only special token is LLaDA's beginning of a text.
std::string asked(std::string_view family, const std::string& jinja) {
    TokenizerData data;
    data.tokens = {"<|startoftext|>"};
    data.bos = 0;
    data.chatTemplate = jinja;
    const Result<const ChatFormat*> format = chatFormatOf(family, data);
    EXPECT_TRUE(format) << family;
    const std::vector<ChatTurn> turns = {{ChatRole::User, "Hi?"}};
    return *writeChat(**format, turns, data);
}

// The parts of published templates by which they are told apart; a line break inside a Jinja string is written \n.
const std::string kLlada =
    R"({% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] | trim )"
    R"(+ '<|eot_id|>' %})";
const std::string kQwen2 = R"({% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful assistant.)"
                           R"(<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' }})";
const std::string kQwen25 =
    R"({{- '<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n' }})";
const std::string kQwen3 =
    R"({{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}{{- '<|im_start|>' + message.role + '\n' + )"
    R"(content + '<|im_end|>' + '\n' }}{%- if enable_thinking is defined and enable_thinking is false %})"
    R"({{- '<think>\n\n</think>\n\n' }}{%- endif %})";

const std::string kUser = "<|im_start|>user\nHi?<|im_end|>\n<|im_start|>assistant\n";

TEST(FamilyChat, OfMixturesIsThatOfTheirFamily) {
    const auto withoutTemplate = [](std::string_view family, const char* turnEnd) {
        TokenizerData data;
        data.tokens = {turnEnd};
        data.kinds = {TokenKind::Control};
        const Result<const ChatFormat*> format = chatFormatOf(family, data);
        return format ? std::string((*format)->name) : "none";
    };
    EXPECT_EQ(withoutTemplate("llada-moe", "<|role_end|>"), "llada-moe");
    EXPECT_EQ(withoutTemplate("llada2", "<|role_end|>"), "llada-moe");
    EXPECT_EQ(withoutTemplate("sdar-moe", "<|im_end|>"), "chatml");
    EXPECT_EQ(withoutTemplate("rnd1", "<|im_end|>"), "none") << "a base model";
}

TEST(FamilyChat, IsAskedAsEachFamilyPublishes) {
    EXPECT_EQ(asked("llada", kLlada),
              "<|startoftext|><|start_header_id|>user<|end_header_id|>\n\nHi?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n");
    EXPECT_EQ(asked("dream", kQwen2), "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n" + kUser);
    EXPECT_EQ(asked("dreamon", kQwen2), "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n" + kUser);
    EXPECT_EQ(asked("qwen2-mdlm", kQwen25),
              "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n" + kUser);
    EXPECT_EQ(asked("qwen3-mdlm", kQwen3), kUser + "<think>\n\n</think>\n\n") << "it was trained without thinking";
}

TEST(FamilyChat, IsTheFamilysWhereTheFilesHaveNoTemplate) {
    EXPECT_EQ(formatOf("llada", ""), "llada");
    EXPECT_EQ(formatOf("dream", ""), "chatml-helpful");
    EXPECT_EQ(formatOf("dreamon", ""), "chatml-helpful");
    EXPECT_EQ(formatOf("qwen2-mdlm", ""), "chatml-qwen");
    EXPECT_EQ(formatOf("qwen3-mdlm", ""), "chatml-no-thinking");
    for (const char* const family : {"illada", "open-dcoder", "diffugpt", "diffullama", "smdm", "llama", "crystallite", "unknown", ""}) {
        EXPECT_EQ(formatOf(family, ""), "none") << family;
    }
}

TEST(FamilyChat, IsNotTheFamilysWhereTheVocabularyHasNoneOfItsMarks) {
    EXPECT_EQ(formatOf("llada", "", TokenKind::Normal), "none") << "a small model with an alphabet of its own";
    EXPECT_EQ(formatOf("llada", kLlada, TokenKind::Normal), "llada") << "unless the file says it";
}

TEST(FamilyChat, IsTheTemplatesWhereThatWritesOtherTurns) {
    EXPECT_EQ(formatOf("llada", kQwen3), "chatml") << "somebody tuned it to ChatML";
    EXPECT_EQ(formatOf("dream", kQwen25), "chatml-qwen");
    EXPECT_EQ(formatOf("qwen3-mdlm", kQwen2), "chatml-helpful");
    EXPECT_EQ(formatOf("open-dcoder", kQwen3), "chatml") << "thinking is not left out where nothing says so";
    EXPECT_EQ(formatOf("llada", "{{ '[INST]' }}"), "none") << "an unknown template is not overruled";
}

}  // namespace
}  // namespace crystallite
