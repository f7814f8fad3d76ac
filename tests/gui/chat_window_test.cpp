#include "app/chat_turns.h"
#include "app/prompt_panel.h"
#include "app/sent_preview.h"
#include "app/token_strip.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QCheckBox>
#include <QMenu>
#include <QPlainTextEdit>
#include <QToolButton>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kPatienceMs = 60'000;

class ChatWindowTest : public MainWindowTest {
protected:
    void openChatModel() {
        open(FakeScript{});
        window_->loadModel({.model = "chat", .chatFormat = "chatml"});
        ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
    }
    [[nodiscard]] PromptPanel& panel() { return window_->promptPanel(); }
    [[nodiscard]] std::string sent() { return panel().request().prompt; }
    [[nodiscard]] QPlainTextEdit* turn(int number) {
        return panel().turns().findChild<QPlainTextEdit*>(QStringLiteral("turn%1").arg(number));
    }
    [[nodiscard]] std::string shown() {
        std::string text;
        for (const SentToken& token : window_->findChild<SentPreview*>()->strip().tokens()) {
            text += token.bytes;
        }
        return text;
    }
    [[nodiscard]] std::string answer() { return document().trace().answerText(document().trace().steps(), "", true); }
    void askAndGoOn(const QString& question) {
        panel().setPrompt(question);
        runToTheEnd();
        ASSERT_TRUE(window_->actions().continueChat->isEnabled());
        press(Qt::Key_Return, Qt::ControlModifier | Qt::AltModifier);
    }
};

TEST_F(ChatWindowTest, TheNextQuestionIsSentBehindTheTurnsThatAreShown) {
    openChatModel();
    EXPECT_FALSE(window_->actions().continueChat->isEnabled());
    askAndGoOn(QStringLiteral("Hi there"));
    const std::string first = answer();

    EXPECT_EQ(panel().typed(), QString()) << "room for the next question";
    ASSERT_NE(turn(1), nullptr);
    EXPECT_EQ(turn(0)->toPlainText(), QStringLiteral("Hi there"));
    EXPECT_EQ(turn(1)->toPlainText().toStdString(), first);
    panel().setPrompt(QStringLiteral("And now?"));

    const std::string wanted = "<|im_start|>user\nHi there<|im_end|>\n<|im_start|>assistant\n" + first +
                               "<|im_end|>\n<|im_start|>user\nAnd now?<|im_end|>\n<|im_start|>assistant\n";
    EXPECT_EQ(sent(), wanted);
    EXPECT_EQ(shown(), wanted) << "the strip shows exactly what is sent";
}

TEST_F(ChatWindowTest, AnEarlierTurnIsChangedAndRemovedWhereItStands) {
    openChatModel();
    askAndGoOn(QStringLiteral("Hi there"));

    turn(1)->setFocus();
    turn(1)->selectAll();
    QTest::keyClicks(turn(1), QStringLiteral("No."));
    EXPECT_THAT(sent(), HasSubstr("assistant\nNo.<|im_end|>"));
    EXPECT_EQ(shown(), sent());
    EXPECT_EQ(panel().turns().thread().earlier()[1].run, "") << "no longer what the run wrote";

    for (QToolButton* button : panel().turns().findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("Remove")) {
            button->click();
            break;
        }
    }
    EXPECT_THAT(sent(), Not(HasSubstr("Hi there")));
}

TEST_F(ChatWindowTest, ATooLongChatIsRefusedWithTheTokensOfEachTurn) {
    openChatModel();
    askAndGoOn(QStringLiteral("Hi there"));
    ASSERT_TRUE(panel().isValid()) << panel().problem().toStdString();

    turn(0)->setPlainText(QStringLiteral("many words ").repeated(300));

    EXPECT_FALSE(panel().isValid());
    EXPECT_FALSE(window_->actions().run->isEnabled());
    EXPECT_THAT(panel().problem().toStdString(), HasSubstr("but the longest is 512"));
    EXPECT_THAT(panel().problem().toStdString(), HasSubstr("question 1: 60"));
    EXPECT_THAT(panel().problem().toStdString(), HasSubstr("answer 1: "));
    EXPECT_THAT(panel().problem().toStdString(), HasSubstr("Nothing is cut"));
}

TEST_F(ChatWindowTest, AChatSurvivesARestartWithItsRuns) {
    openChatModel();
    askAndGoOn(QStringLiteral("Hi there"));
    const std::string run = document().trace().header().id;
    const std::string first = answer();
    TearDown();

    openChatModel();
    auto* menu = panel().turns().findChild<QMenu*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !menu->actions().isEmpty(); }, kPatienceMs));
    EXPECT_THAT(menu->actions().front()->text().toStdString(), HasSubstr("Hi there"));
    menu->actions().front()->trigger();

    ASSERT_EQ(panel().turns().thread().earlier().size(), 2U);
    EXPECT_EQ(panel().turns().thread().earlier()[1], (KeptTurn{.isAnswer = true, .text = first, .run = run}));
    EXPECT_EQ(turn(1)->toPlainText().toStdString(), first);
}

TEST_F(ChatWindowTest, ANewChatBeginsWithNothing) {
    openChatModel();
    askAndGoOn(QStringLiteral("Hi there"));

    press(Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
    panel().setPrompt(QStringLiteral("Hello"));

    EXPECT_EQ(sent(), "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n");
    EXPECT_FALSE(window_->actions().newChat->isEnabled());
}

TEST_F(ChatWindowTest, PlainTextHasNoTurns) {
    openChatModel();
    askAndGoOn(QStringLiteral("Hi there"));

    window_->findChild<QCheckBox*>(QStringLiteral("sendAsChat"))->setChecked(false);
    panel().setPrompt(QStringLiteral("Once"));

    EXPECT_FALSE(panel().turns().isVisible());
    EXPECT_EQ(sent(), "Once");
    EXPECT_FALSE(window_->actions().newChat->isEnabled());
}

}  // namespace
}  // namespace crystallite::testing
