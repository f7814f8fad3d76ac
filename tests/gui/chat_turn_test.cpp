#include "app/chat_fields.h"
#include "app/disclosure.h"
#include "app/prompt_panel.h"
#include "app/sent_preview.h"
#include "app/token_strip.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <QCheckBox>
#include <QPlainTextEdit>

#include <algorithm>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;
constexpr char kHiAsChat[] =
    "<bos><|start_header_id|>user<|end_header_id|>\n\nHi there<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\n";

class ChatTurnTest : public MainWindowTest {
protected:
    void load(const ModelRequest& request) {
        window_->loadModel(request);
        ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
        window_->promptPanel().setPrompt(QStringLiteral("Hi there"));
    }
    [[nodiscard]] ChatFields& fields() { return *window_->findChild<ChatFields*>(); }
    [[nodiscard]] QCheckBox& box() { return *fields().findChild<QCheckBox*>(); }
    [[nodiscard]] SentPreview& preview() { return *window_->findChild<SentPreview*>(); }
    [[nodiscard]] std::string sent() { return window_->promptPanel().request().prompt; }
    /// The strip put together again.
    [[nodiscard]] std::string shown() {
        std::string text;
        for (const SentToken& token : preview().strip().tokens()) {
            text += token.bytes;
        }
        return text;
    }
};

TEST_F(ChatTurnTest, AModelWithoutAChatFormatIsSentPlainText) {
    open(FakeScript{});
    window_->promptPanel().setPrompt(QStringLiteral("Hi there"));

    EXPECT_FALSE(fields().isVisible());
    EXPECT_EQ(sent(), "Hi there");
    EXPECT_EQ(shown(), "Hi there");
}

TEST_F(ChatTurnTest, AChatModelIsSentTheTurnThatIsShown) {
    open(FakeScript{});
    load({.model = "chat", .chatFormat = "llada"});

    EXPECT_TRUE(fields().isVisible());
    EXPECT_EQ(sent(), kHiAsChat);
    EXPECT_EQ(shown(), kHiAsChat);

    box().setFocus();
    press(Qt::Key_Space);
    EXPECT_EQ(sent(), "Hi there");
    EXPECT_EQ(shown(), "Hi there");
}

TEST_F(ChatTurnTest, TheSystemTextGoesBeforeTheTurn) {
    open(FakeScript{});
    load({.model = "chat", .chatFormat = "chatml-helpful"});
    auto* system = fields().findChild<QPlainTextEdit*>();

    EXPECT_THAT(sent(), ::testing::StartsWith("<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nHi there"));
    EXPECT_THAT(system->placeholderText().toStdString(), ::testing::HasSubstr("You are a helpful assistant."));
    system->setFocus();
    QTest::keyClicks(system, QStringLiteral("Be brief."));
    EXPECT_THAT(sent(), ::testing::StartsWith("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi there"));
    EXPECT_EQ(shown(), sent());
}

TEST_F(ChatTurnTest, TheRunStartsWithWhatIsShown) {
    open(makeEngineDoor);
    const QString path = file("chat.gguf");
    writeFile(path.toStdString(), randomLladaBuilder({.contextLength = 256}, 1, WeightFormat::F16)
                                      .text("tokenizer.chat_template", "{{ '<|im_start|>' }}{{ '<|im_end|>' }}")
                                      .build());
    load({.model = path.toStdString()});
    ASSERT_EQ(fields().choice().format, "chatml") << "detected from the file's template";

    const std::string turn = "<|im_start|>user\nHi there<|im_end|>\n<|im_start|>assistant\n";
    EXPECT_EQ(sent(), turn);
    EXPECT_EQ(shown(), turn) << "joined again, the tokens are the text";
    runToTheEnd(8, 4);

    const Trace& trace = document().trace();
    std::string prompt;
    for (uint32_t position = 0; position < trace.promptLength(); ++position) {
        prompt += trace.piece(trace.canvas(0).token(position));
    }
    EXPECT_EQ(prompt, turn);
    EXPECT_EQ(preview().strip().tokens().size(), trace.promptLength());
}

TEST_F(ChatTurnTest, SpecialTokensAndOpenSlotsAreToldApartInWords) {
    open(makeEngineDoor);
    window_->promptPanel().setPrompt(QStringLiteral("Once <|mask|>\n"));
    const std::vector<SentToken>& tokens = preview().strip().tokens();

    const auto open = std::find_if(tokens.begin(), tokens.end(), [](const SentToken& token) { return token.open; });
    ASSERT_NE(open, tokens.end());
    EXPECT_TRUE(open->special);
    EXPECT_EQ(spokenToken(*open), QStringLiteral("open slot"));
    EXPECT_EQ(spokenToken({.bytes = "<|eot|>", .special = true}), QStringLiteral("special <|eot|>"));
    EXPECT_EQ(spokenToken({.bytes = "\n"}), QStringLiteral("line break"));
    EXPECT_THAT(preview().strip().accessibleDescription().toStdString(), ::testing::HasSubstr("open slot"));
}

TEST_F(ChatTurnTest, TheStripGrowsWithItsTokensAndIsBounded) {
    open(FakeScript{});
    preview().disclosure().setFocus();
    press(Qt::Key_Space);
    ASSERT_TRUE(preview().strip().isVisible());
    window_->promptPanel().setPrompt(QStringLiteral("one"));
    const int small = preview().height();

    window_->promptPanel().setPrompt(QStringLiteral("many words ").repeated(400));

    EXPECT_TRUE(QTest::qWaitFor([&] { return preview().height() > small; }, kPatienceMs));
    EXPECT_LT(preview().height(), 240);
    EXPECT_GT(preview().strip().heightForWidth(200), 240) << "the rest is scrolled to";
}

}  // namespace
}  // namespace crystallite::testing
