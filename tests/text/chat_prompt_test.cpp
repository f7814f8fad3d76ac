#include "engine/text/chat_prompt.h"

#include <gtest/gtest.h>

namespace crystallite {
namespace {

TEST(ChatPrompt, WritesEarlierTurnsInTheirOrder) {
    const ChatChoice choice{.chat = true,
                            .format = "chatml",
                            .system = "Be brief.",
                            .earlier = {{.role = ChatRole::User, .text = "One?"}, {.role = ChatRole::Assistant, .text = "1."}}};

    const auto text = promptText(choice, "Two?", {});

    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(*text,
              "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nOne?<|im_end|>\n<|im_start|>assistant\n1.<|im_end|>\n"
              "<|im_start|>user\nTwo?<|im_end|>\n<|im_start|>assistant\n");
}

TEST(ChatPrompt, OfPlainTextIsTheText) {
    EXPECT_EQ(*promptText({.earlier = {{.text = "One?"}}}, "Two?", {}), "Two?") << "earlier turns belong to a chat alone";
}

}  // namespace
}  // namespace crystallite
