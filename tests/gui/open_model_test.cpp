#include "app/open_model_dialog.h"

#include "app/canvas/canvas_widget.h"
#include "app/header_bar.h"
#include "app/message_bar.h"
#include "app/model_fields.h"
#include "app/model_page.h"
#include "app/model_text.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>

namespace crystallite::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

class OpenModelTest : public MainWindowTest {
protected:
    [[nodiscard]] OpenModelDialog& dialog() { return window_->openModelDialog(); }
    [[nodiscard]] ModelPage& page() { return dialog().page(); }
    [[nodiscard]] const ModelRequest& requested() { return window_->findChild<HeaderBar*>()->request(); }

    /// A complete LLaDA in `name`.
    QString writeModel(const char* name) {
        writeFile(file(name).toStdString(), randomLlada({}, 1, WeightFormat::F16));
        return file(name);
    }
    [[nodiscard]] bool isReady() {
        return QTest::qWaitFor([this] { return page().isReady(); }, kPatienceMs);
    }
    [[nodiscard]] bool waitForSentence(const char* part) {
        return QTest::qWaitFor([&] { return dialog().sentence().contains(QLatin1String(part)); }, kPatienceMs);
    }
    /// Waits until the model that was asked for in the dialog is there, or what was there before.
    [[nodiscard]] bool isSettled() {
        return QTest::qWaitFor([this] { return !dialog().isLoading() && window_->hasModel(); }, kPatienceMs);
    }
    /// What a window manager does when the dialog is gone; the virtual screen has none.
    void returnToWindow() {
        dialog().hide();
        QApplication::setActiveWindow(window_.get());
        window_->canvas().setFocus();
    }
    QPushButton* button(const char* text) {
        for (QPushButton* each : dialog().findChildren<QPushButton*>()) {
            if (each->text() == QString::fromUtf8(text)) {
                return each;
            }
        }
        return nullptr;
    }
    QComboBox* choice(const char* name) {
        for (QComboBox* each : dialog().findChildren<QComboBox*>()) {
            if (each->accessibleName() == QLatin1String(name)) {
                return each;
            }
        }
        return nullptr;
    }
    /// Chooses an entry with the keyboard.
    static void choose(QComboBox& box, const QString& data) {
        box.setFocus();
        for (int presses = 0; presses < box.count() && box.currentData().toString() != data; ++presses) {
            QTest::keyClick(&box, Qt::Key_Down);
        }
        EXPECT_EQ(box.currentData().toString(), data);
    }
};

TEST_F(OpenModelTest, AFileIsShownBeforeItIsLoadedAndEnterLoadsIt) {
    modelFile_ = writeModel("small.gguf");
    open(FakeScript{});

    press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(dialog().isVisible());
    button("Choose a file…")->click();
    ASSERT_TRUE(isReady());

    EXPECT_TRUE(window_->hasModel()) << "nothing is loaded yet";
    EXPECT_EQ(choice("Weights")->currentText().left(15), QStringLiteral("As they are: F1"));
    QTest::keyClick(dialog().focusWidget(), Qt::Key_Return);
    ASSERT_TRUE(isSettled());
    EXPECT_FALSE(dialog().isVisible());
    EXPECT_EQ(requested().model, modelFile_.toStdString());
    EXPECT_TRUE(requested().decided);
    EXPECT_FALSE(requested().load.loadAnyway);
}

TEST_F(OpenModelTest, WhatIsShownIsWhatTheFileSays) {
    const QString path = writeModel("small.gguf");
    const ModelPreview preview = previewModel({.model = path.toStdString()}, {});

    EXPECT_EQ(preview.problem, "");
    ASSERT_TRUE(preview.config);
    EXPECT_EQ(preview.config->layers, 2U);
    EXPECT_EQ(preview.mainFormat, "F16");
    EXPECT_EQ(preview.tokenizer->tokens, 272U);
    const DeviceInfo processor{.heaps = {{.bytes = 1'000'000, .budgetBytes = 1'000'000}}, .threads = 2};
    const MemoryPlan plan = preview.planMemory({}, {processor});
    EXPECT_EQ(plan.slots, 64U) << "no longer than the model's longest canvas";
    ASSERT_EQ(plan.shares.size(), 1U);
    EXPECT_EQ(plan.shares.front().weights, preview.weights.front().bytes);
    EXPECT_GE(plan.shares.front().weights, 2 * preview.config->parameters) << "F16, and norms in F32";
    EXPECT_GT(plan.shares.front().working, 0U);
    ASSERT_GT(preview.weights.size(), 1U);
    EXPECT_EQ(preview.weights[1].quantize, "q8_0");
    EXPECT_EQ(preview.planMemory({.quantize = "q8_0"}, {processor}).shares.front().weights, preview.weights[1].bytes);

    std::map<QString, QString> facts;
    for (const ModelFact& fact : factsOf(preview)) {
        facts[fact.name] = fact.value;
    }
    EXPECT_THAT(facts[QStringLiteral("Layers")].toStdString(), HasSubstr("2 of width 64"));
    EXPECT_THAT(facts[QStringLiteral("Special ids")].toStdString(), HasSubstr("mask 0"));
    EXPECT_THAT(facts[QStringLiteral("Weights")].toStdString(), HasSubstr("F16"));
    EXPECT_EQ(facts[QStringLiteral("Chat template")], QStringLiteral("no chat template"));
    EXPECT_THAT(facts[QStringLiteral("Policies")].toStdString(), HasSubstr("llada"));
}

TEST_F(OpenModelTest, LayersAreSplitAsAskedAndEachShareHasItsVerdict) {
    const ModelPreview preview = previewModel({.model = writeModel("small.gguf").toStdString()}, {});
    const DeviceInfo processor{.heaps = {{.bytes = 10'000'000, .budgetBytes = 10'000'000}}, .threads = 2};
    const DeviceInfo graphics{.index = 1,
                              .name = "Test graphics",
                              .kind = DeviceKind::DiscreteGpu,
                              .heaps = {{.bytes = 1000, .budgetBytes = 1000, .deviceLocal = true}}};

    const MemoryPlan plan = preview.planMemory({.device = "1", .load = {.gpuLayers = 1}}, {processor, graphics});

    ASSERT_TRUE(plan.isSplit());
    EXPECT_FALSE(plan.shares[0].isGpu);
    EXPECT_TRUE(plan.shares[0].fits());
    EXPECT_TRUE(plan.shares[1].isGpu);
    EXPECT_FALSE(plan.fits());
    EXPECT_THAT(shareText(plan, plan.shares[0]).toStdString(), AllOf(HasSubstr("Layers 1 to 1: "), HasSubstr("on the processor: fits")));
    EXPECT_THAT(shareText(plan, plan.shares[1]).toStdString(),
                AllOf(HasSubstr("Layers 2 to 2: "), HasSubstr("on Test graphics: does not fit")));
    EXPECT_TRUE(preview.planMemory({.device = "1"}, {processor, graphics}).fits()) << "left to itself nothing goes where it does not fit";
}

TEST_F(OpenModelTest, AFolderThatCannotTellIsAskedOnceAndThenRuns) {
    modelFolder_ = file("checkpoint");
    writeCheckpoint(modelFolder_.toStdString(), randomCheckpoint("open-dcoder", 1, WeightFormat::BF16));
    modelFile_ = writeModel("tokenizer.gguf");
    open(makeEngineDoor);
    window_->actions().openModel->trigger();

    button("Choose a folder…")->click();
    ASSERT_TRUE(waitForSentence("open-dcoder")) << dialog().sentence().toStdString();
    EXPECT_EQ(dialog().focusWidget(), choice("Family"));
    EXPECT_FALSE(button("Load")->isEnabled());
    choose(*choice("Family"), QStringLiteral("open-dcoder"));
    ASSERT_TRUE(waitForSentence("tokenizer")) << dialog().sentence().toStdString();
    auto* tokenizer = dialog().findChild<QLineEdit*>(QStringLiteral("tokenizerPath"));
    EXPECT_TRUE(tokenizer->isVisible());
    QTest::keyClicks(tokenizer, modelFile_);
    QTest::keyClick(tokenizer, Qt::Key_Tab);
    ASSERT_TRUE(isReady()) << dialog().sentence().toStdString();
    button("Load")->click();
    ASSERT_TRUE(isSettled());
    EXPECT_FALSE(dialog().isVisible()) << dialog().sentence().toStdString();
    returnToWindow();
    runToTheEnd(8, 4);
    EXPECT_EQ(document().trace().header().architecture, "open-dcoder");

    window_->openModel(modelFolder_);
    ASSERT_TRUE(isReady()) << "both answers are remembered: " << dialog().sentence().toStdString();
    EXPECT_EQ(page().request().family, "open-dcoder");
    EXPECT_EQ(page().request().tokenizer, modelFile_.toStdString());
}

TEST_F(OpenModelTest, ADamagedFileIsASentenceAndTheModelStays) {
    const QString path = file("damaged.gguf");
    std::vector<std::byte> bytes = randomLlada({}, 1, WeightFormat::F16);
    bytes.resize(bytes.size() / 2);
    writeFile(path.toStdString(), bytes);
    open(FakeScript{});

    window_->openModel(path);

    ASSERT_TRUE(waitForSentence("damaged.gguf")) << dialog().sentence().toStdString();
    EXPECT_FALSE(button("Load")->isEnabled());
    QTest::keyClick(&dialog(), Qt::Key_Escape);
    EXPECT_FALSE(dialog().isVisible());
    EXPECT_TRUE(window_->hasModel());
}

TEST_F(OpenModelTest, AModelThatDoesNotFitIsLoadedOnlyWhenToldTo) {
    const QString path = writeModel("small.gguf");
    open(FakeScript{.graphicsBytes = 100'000});
    window_->openModel(path);
    ASSERT_TRUE(QTest::qWaitFor([this] { return choice("Weights")->isVisible(); }, kPatienceMs));

    choose(*choice("Device"), QStringLiteral("1"));
    auto* layers = dialog().findChild<QSpinBox*>();
    EXPECT_TRUE(layers->isVisible());
    layers->setValue(2);  // all of them
    auto* anyway = dialog().findChild<QCheckBox*>();
    EXPECT_FALSE(anyway->isHidden());
    EXPECT_FALSE(button("Load")->isEnabled());
    anyway->setFocus();
    QTest::keyClick(anyway, Qt::Key_Space);
    ASSERT_TRUE(button("Load")->isEnabled());
    button("Load")->click();
    ASSERT_TRUE(isSettled());

    EXPECT_EQ(requested().device, "1");
    EXPECT_TRUE(requested().load.loadAnyway);
    EXPECT_EQ(requested().load.gpuLayers, kAllLayers);

    choice("Device")->setCurrentIndex(choice("Device")->findData(QStringLiteral("0")));
    EXPECT_TRUE(anyway->isHidden());
    EXPECT_FALSE(page().request().load.loadAnyway) << "what fits needs no permission";
}

TEST_F(OpenModelTest, EscapeStopsLoadingAtOnceAndBringsTheModelBack) {
    const QString path = writeModel("slow.gguf");
    open(FakeScript{.failingModel = path.toStdString(), .makesRoom = true, .loadingWaits = true});
    window_->openModel(path);
    ASSERT_TRUE(isReady());
    choose(*choice("Weights"), QStringLiteral("q8_0"));

    button("Load")->click();
    ASSERT_TRUE(dialog().isLoading());
    EXPECT_FALSE(window_->hasModel());
    QTest::keyClick(&dialog(), Qt::Key_Escape);
    ASSERT_TRUE(isSettled());

    EXPECT_TRUE(dialog().isVisible());
    EXPECT_EQ(dialog().sentence(), QStringLiteral("Loading was cancelled."));
    EXPECT_EQ(page().request().quantize, "q8_0") << "what was decided stays";
    EXPECT_EQ(requested().model, "stories") << "the default, which was there before";
    returnToWindow();
    runToTheEnd(4, 2);
}

TEST_F(OpenModelTest, AFailureStaysInTheDialogAndTheModelInTheWindow) {
    const QString path = writeModel("wrong.gguf");
    open(FakeScript{.loadError = "Tensor 'a' is missing; download the file again.", .failingModel = path.toStdString()});
    window_->openModel(path);
    ASSERT_TRUE(isReady());

    button("Load")->click();
    ASSERT_TRUE(isSettled());

    EXPECT_EQ(dialog().sentence(), QStringLiteral("Tensor 'a' is missing; download the file again."));
    EXPECT_TRUE(window_->messages().sentence().isEmpty()) << "it is said once";
    EXPECT_TRUE(window_->actions().run->isEnabled());
}

TEST_F(OpenModelTest, LoadedFilesAreRememberedAndOpenedWithTheKeyboard) {
    const QString first = writeModel("first.gguf");
    const QString second = writeModel("second.gguf");
    open(FakeScript{});
    EXPECT_FALSE(window_->actions().recentModels->isEnabled());
    for (const QString& path : {first, second}) {
        window_->loadModel({.model = path.toStdString()});
        ASSERT_TRUE(QTest::qWaitFor([&] { return window_->hasModel(); }, kPatienceMs));
    }

    ASSERT_EQ(window_->actions().recentModels->actions().size(), 4) << "two, a line and the entry that clears";
    EXPECT_EQ(window_->actions().recentModels->actions().front()->toolTip(), second);
    window_->actions().openModel->trigger();
    auto* list = dialog().findChild<QListWidget*>();
    ASSERT_EQ(list->count(), 2);
    ASSERT_EQ(dialog().focusWidget(), list);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    ASSERT_TRUE(isReady());
    EXPECT_EQ(page().request().model, first.toStdString());

    window_->actions().recentModels->actions().back()->trigger();
    EXPECT_FALSE(window_->actions().recentModels->isEnabled());
}

TEST_F(OpenModelTest, AFileOfACheckpointThatIsDroppedShowsItsFolder) {
    const QString folder = file("checkpoint");
    writeCheckpoint(folder.toStdString(), randomCheckpoint("dream", 1, WeightFormat::F32));
    open(FakeScript{});
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(folder + QStringLiteral("/model.safetensors"))});

    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &enter);
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &drop);

    EXPECT_TRUE(enter.isAccepted());
    EXPECT_TRUE(dialog().isVisible());
    EXPECT_EQ(page().request().model, folder.toStdString());
}

TEST_F(OpenModelTest, AModelNamedAtTheStartThatFailsCanBeLookedInto) {
    const QString path = file("checkpoint");
    writeCheckpoint(path.toStdString(), randomCheckpoint("open-dcoder", 1, WeightFormat::BF16));
    open(makeEngineDoor);

    window_->loadModel({.model = path.toStdString()});
    ASSERT_TRUE(QTest::qWaitFor([this] { return !window_->messages().sentence().isEmpty(); }, kPatienceMs));

    EXPECT_THAT(window_->messages().sentence().toStdString(), HasSubstr("open-dcoder"));
    window_->messages().findChildren<QPushButton*>().front()->click();
    EXPECT_TRUE(dialog().isVisible());
    EXPECT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs)) << "the embedded model is still there";
}

}  // namespace
}  // namespace crystallite::testing
