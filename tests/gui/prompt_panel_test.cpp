#include "app/prompt_panel.h"

#include "app/sent_preview.h"
#include "app/token_strip.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <QAbstractSpinBox>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QSpinBox>
#include <QTest>

#include <algorithm>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

/// The panel with models of the real engine: what it offers follows from them.
class PromptPanelTest : public MainWindowTest {
protected:
    void SetUp() override { open(makeEngineDoor); }

    [[nodiscard]] PromptPanel& panel() { return window_->promptPanel(); }
    template <typename Box>
    Box& box(const char* name) {
        const QList<Box*> boxes = panel().findChildren<Box*>();
        const auto found =
            std::find_if(boxes.begin(), boxes.end(), [name](const Box* each) { return each->accessibleName() == QLatin1String(name); });
        EXPECT_NE(found, boxes.end()) << name;
        return **found;
    }
    [[nodiscard]] bool shows(const char* option) { return panel().findChild<QWidget*>(QLatin1String(option))->isVisible(); }
    [[nodiscard]] bool runs() { return window_->actions().run->isEnabled(); }

    void load(const std::string& model) {
        window_->loadModel({.model = model, .device = "cpu"});
        ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
    }
    void loadRandom(const LladaSizes& sizes) {
        const std::string path = file("random.gguf").toStdString();
        writeFile(path, randomLlada(sizes, 1, WeightFormat::F16));
        load(path);
    }
};

TEST_F(PromptPanelTest, OffersThePoliciesThatTheModelCanRun) {
    const QComboBox& policies = box<QComboBox>("Policy");

    EXPECT_GE(policies.findText(QStringLiteral("wino")), 0);
    EXPECT_EQ(policies.findText(QStringLiteral("dreamon")), -1) << "the model has no token that becomes two slots";
    for (int index = 0; index < policies.count(); ++index) {
        panel().setSettings({.policy = static_cast<DecodePolicy>(policies.itemData(index).toInt())});
        EXPECT_TRUE(runs()) << policies.itemText(index).toStdString() << ": " << panel().problem().toStdString();
    }

    loadRandom({.architecture = "crystallite", .causal = true, .shiftLogits = true});
    EXPECT_FALSE(policies.isVisible()) << "it writes from left to right, and there is no choice";
    EXPECT_TRUE(runs()) << panel().problem().toStdString();
}

TEST_F(PromptPanelTest, AsksAboutTheEndOfATextWhereOneCanEnd) {
    EXPECT_TRUE(shows("logits_eos_inf"));
    EXPECT_TRUE(shows("confidence_eos_eot_inf"));

    panel().setPrompt({});
    load("sudoku-6x6");

    EXPECT_FALSE(shows("logits_eos_inf"));
    EXPECT_FALSE(shows("confidence_eos_eot_inf"));
    EXPECT_TRUE(runs()) << panel().problem().toStdString();
}

TEST_F(PromptPanelTest, TakesTheLengthThatFits) {
    const QSpinBox& length = box<QSpinBox>("Length");
    EXPECT_EQ(length.value(), 128);

    loadRandom({.contextLength = 64});

    const size_t given = window_->findChild<SentPreview*>()->strip().tokens().size();
    ASSERT_GT(given, 0U);
    EXPECT_EQ(length.value(), 64 - static_cast<int>(given));
    EXPECT_TRUE(runs()) << panel().problem().toStdString();
    panel().setPrompt(QStringLiteral("Once <|mask|> upon"));
    EXPECT_EQ(length.value(), 0) << "the masks in the prompt are filled in, and nothing behind it";
    EXPECT_TRUE(runs());
    load("stories");
    panel().setPrompt(QStringLiteral("Once"));
    EXPECT_EQ(length.value(), 128);
}

TEST_F(PromptPanelTest, KeepsWhatWasChosenAsLongAsItFits) {
    const QSpinBox& length = box<QSpinBox>("Length");
    const QSpinBox& steps = box<QSpinBox>("Steps");
    const QSpinBox& block = box<QSpinBox>("Block");
    panel().setSettings({.length = 24, .steps = 12, .blockLength = 8});

    loadRandom({.contextLength = 64});
    EXPECT_EQ(length.value(), 24);
    EXPECT_EQ(steps.value(), 12);
    EXPECT_EQ(block.value(), 8);
    EXPECT_TRUE(runs());

    panel().setSettings({.length = 128, .steps = 100, .blockLength = 64});
    EXPECT_THAT(panel().problem().toStdString(), HasSubstr("128"));
    loadRandom({.contextLength = 63});
    EXPECT_LT(length.value(), 63);
    EXPECT_EQ(steps.value(), 0);
    EXPECT_EQ(block.value(), 0);
    EXPECT_TRUE(runs()) << panel().problem().toStdString();
}

TEST_F(PromptPanelTest, ALengthThatIsTypedIsRun) {
    loadRandom({.contextLength = 64});
    QSpinBox& length = box<QSpinBox>("Length");
    length.setFocus();
    length.selectAll();
    QTest::keyClicks(&length, QStringLiteral("7"));
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isEmpty() && !document().isLive(); }, kPatienceMs));

    EXPECT_EQ(document().trace().header().settings.length, 7U);
    panel().setPrompt(QStringLiteral("Once"));
    EXPECT_EQ(length.value(), 7);
}

/// Rows come and go with the policy; in the height that they are given none stands on another.
TEST_F(PromptPanelTest, NoRowCoversAnother) {
    loadRandom({.contextLength = 64});
    QComboBox& policy = box<QComboBox>("Policy");
    for (int index = 0; index < policy.count(); ++index) {
        policy.setCurrentIndex(index);
        QTest::qWait(20);
        std::vector<QWidget*> fields;
        for (QWidget* field : panel().findChildren<QWidget*>()) {
            const bool isField = qobject_cast<QAbstractSpinBox*>(field) != nullptr || qobject_cast<QComboBox*>(field) != nullptr ||
                                 qobject_cast<QCheckBox*>(field) != nullptr;
            if (isField && field->isVisible()) {
                fields.push_back(field);
            }
        }
        const auto place = [this](QWidget* field) { return QRect(field->mapTo(&panel(), QPoint()), field->size()); };
        for (size_t one = 0; one < fields.size(); ++one) {
            for (size_t other = one + 1; other < fields.size(); ++other) {
                EXPECT_FALSE(place(fields[one]).intersects(place(fields[other])))
                    << policy.currentText().toStdString() << ": " << fields[one]->accessibleName().toStdString() << " and "
                    << fields[other]->accessibleName().toStdString();
            }
        }
    }
}

}  // namespace
}  // namespace crystallite::testing
