#include "app/preset_dialog.h"

#include "app/prompt_panel.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;

class PresetDialogTest : public MainWindowTest {
protected:
    [[nodiscard]] PresetDialog& dialog() { return window_->presetDialog(); }
    void press(const char* part) {
        for (QPushButton* button : dialog().findChildren<QPushButton*>()) {
            if (button->text().remove(QLatin1Char('&')).startsWith(QLatin1String(part))) {
                ASSERT_TRUE(button->isEnabled()) << part;
                button->click();
                return;
            }
        }
        FAIL() << "no button " << part;
    }
    void select(const char* name) {
        auto* list = dialog().findChild<QListWidget*>(QStringLiteral("presets"));
        const auto found = list->findItems(QLatin1String(name), Qt::MatchExactly);
        ASSERT_EQ(found.size(), 1);
        list->setCurrentItem(found.front());
    }
    void keepAs(const char* name) {
        window_->actions().presets->trigger();
        dialog().findChild<QLineEdit*>(QStringLiteral("presetName"))->setText(QLatin1String(name));
        press("Keep");
    }
};

TEST_F(PresetDialogTest, WhatIsKeptComesBackAndTheSeedStays) {
    open(FakeScript{});
    PromptPanel& panel = window_->promptPanel();
    panel.setSettings({.length = 24, .steps = 6, .temperature = 0.5F, .seed = 7});
    keepAs("mine");
    panel.setSettings({.length = 40, .steps = 10, .temperature = 0.1F, .seed = 9});
    select("mine");
    press("Use");
    EXPECT_FALSE(dialog().isVisible());
    const DecodeRequest now = panel.request().wanted;
    EXPECT_EQ(now.length, 24U);
    EXPECT_EQ(now.steps, 6U);
    EXPECT_EQ(now.temperature, 0.5F);
    EXPECT_EQ(now.seed, 9U);
}

TEST_F(PresetDialogTest, DeletingCanBeUndone) {
    open(FakeScript{});
    keepAs("mine");
    select("mine");
    press("Delete");
    EXPECT_EQ(window_->presets().find(QStringLiteral("mine")), nullptr);
    press("Bring back");
    EXPECT_NE(window_->presets().find(QStringLiteral("mine")), nullptr);
}

TEST_F(PresetDialogTest, APolicyThatTheModelCannotRunIsRefused) {
    open(FakeScript{.policies = {DecodePolicy::Dream}});
    const DecodeRequest before = window_->promptPanel().request().wanted;
    const auto used =
        window_->promptPanel().usePreset({.name = QStringLiteral("x"), .settings = {.length = 5, .policy = DecodePolicy::Wino}});
    ASSERT_FALSE(used);
    EXPECT_NE(used.error().message.find("cannot run this model"), std::string::npos);
    EXPECT_EQ(window_->promptPanel().request().wanted.length, before.length);
}

TEST_F(PresetDialogTest, AModelStartsWithItsOwn) {
    open(FakeScript{});
    window_->promptPanel().setSettings({.length = 24, .steps = 6});
    keepAs("short");
    select("short");
    dialog().findChild<QCheckBox*>()->click();
    window_->promptPanel().setSettings({.length = 50, .steps = 10});
    window_->loadModel({.model = "another"});
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
    EXPECT_EQ(window_->promptPanel().request().wanted.length, 50U);
    window_->loadModel({.model = "fake"});
    ASSERT_TRUE(QTest::qWaitFor([this] { return window_->hasModel(); }, kPatienceMs));
    EXPECT_EQ(window_->promptPanel().request().wanted.length, 24U);
}

}  // namespace
}  // namespace crystallite::testing
