// The core sample from the window's menus and keys.

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/timeline_panel.h"
#include "app/timeline_tracks.h"
#include "app/window_actions.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QApplication>

#include <algorithm>

namespace crystallite::testing {
namespace {

TEST_F(MainWindowTest, KeysChooseTheLayoutOfTheCanvas) {
    open(FakeScript{});
    runToTheEnd(16, 8);
    const CanvasWidget& canvas = window_->canvas();
    EXPECT_EQ(canvas.shape(), CanvasShape::Page);
    EXPECT_FALSE(window_->actions().coreLeft->isEnabled());

    press(Qt::Key_2, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(canvas.shape(), CanvasShape::CoreSample);
    EXPECT_TRUE(window_->actions().coreLeft->isEnabled());
    press(Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(canvas.shape(), CanvasShape::Page);
    press(Qt::Key_V);
    EXPECT_EQ(canvas.shape(), CanvasShape::CoreSample);
    press(Qt::Key_V);
    EXPECT_EQ(canvas.shape(), CanvasShape::Page);
    EXPECT_TRUE(window_->actions().layoutPage->isChecked());
}

TEST_F(MainWindowTest, TheCoreSampleIsTurnedFromAnywhereInTheWindow) {
    open(FakeScript{});
    runToTheEnd(16, 8);
    press(Qt::Key_V);
    const CoreSample& core = *window_->canvas().core();
    window_->timeline().tracks()->setFocus();

    press(Qt::Key_Right, Qt::AltModifier);
    press(Qt::Key_Up, Qt::AltModifier);
    press(Qt::Key_Plus, Qt::AltModifier);
    EXPECT_FLOAT_EQ(core.camera().yaw, CoreCamera::kYaw + CoreSample::kOrbitStep);
    EXPECT_FLOAT_EQ(core.camera().pitch, CoreCamera::kPitch + CoreSample::kOrbitStep);
    EXPECT_FLOAT_EQ(core.camera().zoom, CoreSample::kDollyStep);
    press(Qt::Key_Left, Qt::AltModifier);
    press(Qt::Key_Down, Qt::AltModifier);
    press(Qt::Key_Minus, Qt::AltModifier);
    EXPECT_NEAR(core.camera().yaw, CoreCamera::kYaw, 1e-5F);
    EXPECT_NEAR(core.camera().pitch, CoreCamera::kPitch, 1e-5F);
    EXPECT_NEAR(core.camera().zoom, 1.0F, 1e-5F);
    press(Qt::Key_Left, Qt::AltModifier);
    press(Qt::Key_Home, Qt::AltModifier);
    EXPECT_EQ(core.camera(), CoreCamera());
    EXPECT_EQ(document().frame(), 8U) << "none of these keys steps";

    // Inside of the canvas the arrows move the selection; the keys of time are the window's.
    window_->canvas().setFocus();
    press(Qt::Key_Right);
    EXPECT_TRUE(document().selectedSlot().has_value());
    press(Qt::Key_Home);
    EXPECT_EQ(document().frame(), 0U);
}

TEST_F(MainWindowTest, TheLayoutOfTheCanvasIsRemembered) {
    open(FakeScript{});
    press(Qt::Key_V);
    window_->close();
    TearDown();

    open(FakeScript{});
    EXPECT_EQ(window_->canvas().shape(), CanvasShape::CoreSample);
    EXPECT_TRUE(window_->actions().layoutCore->isChecked());
    EXPECT_FALSE(window_->actions().zoomIn->isEnabled());
}

TEST_F(MainWindowTest, TheKeyMapHoldsTheEntriesOfMenusInsideOfMenus) {
    open(FakeScript{});
    const std::vector<KeyMapEntry> entries = keyMapOf(*window_);
    const auto turn = std::ranges::find(entries, QStringLiteral("Turn left"), &KeyMapEntry::command);
    ASSERT_NE(turn, entries.end());
    EXPECT_EQ(turn->menu, QStringLiteral("View › Core sample"));
    EXPECT_TRUE(turn->keys.contains(QStringLiteral("Alt+Left")));
}

}  // namespace
}  // namespace crystallite::testing
