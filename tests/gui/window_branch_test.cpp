// A branch of a real run, from the key that makes it to the last step, with the models that ship inside the program.

#include "app/branch_bar.h"
#include "app/canvas/canvas_widget.h"
#include "app/hand_controls.h"
#include "app/main_window.h"
#include "app/noise_dialog.h"
#include "app/prompt_panel.h"
#include "engine/diffusion/session.h"
#include "engine/engine.h"
#include "engine/model/model.h"
#include "tests/gui/heard.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 120'000;

class BranchTest : public MainWindowTest {
protected:
    void SetUp() override {
        open(makeEngineDoor);
        load("stories");
    }
    void load(const char* model) {
        Heard ready(&**worker_, &EngineWorker::modelReady);
        window_->loadModel({.model = model, .device = "cpu"});
        ASSERT_TRUE(ready.wait(kPatienceMs));
    }
    [[nodiscard]] const Canvas& shown() { return document().trace().canvas(document().frame()); }
    void waitForTheEnd() {
        ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive() && shown().maskedCount() == 0; }, kPatienceMs));
    }
    /// A fresh model runs the steps of the model again and comes to the same.
    static void expectVerified(const Trace& trace, const char* name) {
        const auto source = openEmbeddedModel(name);
        ASSERT_TRUE(source) << source.error().message;
        auto model = loadModel(*source, "cpu");
        ASSERT_TRUE(model) << model.error().message;
        const auto verification = verifyTrace(*model->model, trace);
        ASSERT_TRUE(verification) << verification.error().message;
        EXPECT_EQ(verification->firstDifference, "");
        EXPECT_EQ(verification->reproduced, verification->total);
    }
};

TEST_F(BranchTest, AChangedRunGoesOnToTheEndAndIsReproduced) {
    runToTheEnd(16, 8);
    const Trace original = document().trace();
    window_->playback().seek(4);
    window_->canvas().setFocus();
    const std::vector<uint32_t> open = shown().maskedSlots();
    document().selectSlot(open[0]);
    press(Qt::Key_P);
    document().selectSlot(open[2]);
    press(Qt::Key_P, Qt::ShiftModifier);
    ASSERT_EQ(document().trace().steps(), 6U);
    const PassesToCome said = window_->hands().passesToCome();
    const TokenId pinned = shown().token(open[0]);

    press(Qt::Key_F10);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive() && document().trace().steps() == 7; }, kPatienceMs));
    EXPECT_FALSE(shown().isMasked(open[2])) << "what a person wanted next came next";
    press(Qt::Key_F5);
    waitForTheEnd();
    const Trace& branch = document().trace();
    EXPECT_EQ(branch.status(), RunStatus::Complete);
    EXPECT_EQ(shown().token(open[0]), pinned);
    uint64_t passes = 0;
    for (uint32_t step = 7; step <= branch.steps(); ++step) {
        passes += branch.record(step).forwardPasses;
    }
    EXPECT_LE(passes, said.passes);
    EXPECT_TRUE(!said.isExact || passes == said.passes) << passes << " of exactly " << said.passes;
    expectVerified(branch, "stories");

    while (window_->actions().undo->isEnabled()) {
        press(Qt::Key_Z, Qt::ControlModifier);
    }
    EXPECT_EQ(document().trace().header(), original.header());
    EXPECT_EQ(document().trace().canvas(original.steps()), original.canvas(original.steps()));
    EXPECT_EQ(document().frame(), 4U);
}

TEST_F(BranchTest, WithAnotherModelLoadedTheOneThatMadeTheRunIsOffered) {
    runToTheEnd(8, 8);
    load("sudoku-6x6");
    window_->playback().seek(3);
    window_->canvas().setFocus();
    document().selectSlot(shown().maskedSlots().front());
    press(Qt::Key_P);
    EXPECT_THAT(window_->branchBar().text().toStdString(), HasSubstr("made by “stories”, but “sudoku-6x6” is loaded"));
    EXPECT_FALSE(window_->actions().continueRun->isEnabled());
    QPushButton* button = nullptr;
    for (auto* each : window_->branchBar().findChildren<QPushButton*>()) {
        button = each->text().contains(QStringLiteral("Load")) ? each : button;
    }
    ASSERT_NE(button, nullptr);
    ASSERT_TRUE(button->isVisible());
    button->click();
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->actions().continueRun->isEnabled(); }, kPatienceMs));
    press(Qt::Key_F5);
    waitForTheEnd();
    EXPECT_EQ(document().trace().header().modelName, "stories");
}

TEST_F(BranchTest, ANoisedTextIsRecovered) {
    runToTheEnd(16, 8);
    const Canvas before = shown();
    press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    NoiseDialog& dialog = window_->hands().noise();
    ASSERT_TRUE(dialog.isVisible());
    dialog.findChild<QSlider*>(QStringLiteral("noiseShare"))->setValue(60);
    const std::vector<SentToken> noisy = dialog.noisy();
    const std::string id = document().trace().header().id;
    ASSERT_EQ(noisy.size(), before.textLength());
    for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
        if (button->text().contains(QStringLiteral("Recover"))) {
            button->click();
        }
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return document().trace().header().id != id; }, kPatienceMs)) << "it is a run of its own";
    waitForTheEnd();
    for (uint32_t position = 0; position < before.textLength(); ++position) {
        EXPECT_EQ(document().trace().canvas(0).isMasked(position), noisy[position].open) << position;
        if (!noisy[position].open) {
            EXPECT_EQ(shown().token(position), before.token(position)) << "what was left stays";
        }
    }
}

TEST_F(BranchTest, GapsAreWrittenIntoThePromptAndCounted) {
    auto* prompt = window_->promptPanel().findChild<QPlainTextEdit*>();
    auto* gap = window_->promptPanel().findChild<QPushButton*>(QStringLiteral("insertGap"));
    ASSERT_TRUE(gap->isVisible());
    prompt->setPlainText(QStringLiteral("Once upon a"));
    prompt->moveCursor(QTextCursor::End);
    press(Qt::Key_L, Qt::ControlModifier);
    prompt->moveCursor(QTextCursor::End);
    gap->click();
    gap->click();
    EXPECT_TRUE(prompt->hasFocus());
    bool said = false;
    for (const QLabel* label : window_->promptPanel().findChildren<QLabel*>()) {
        said = said || label->text().contains(QStringLiteral("2 gaps"));
    }
    EXPECT_TRUE(said);
}

}  // namespace
}  // namespace crystallite::testing
