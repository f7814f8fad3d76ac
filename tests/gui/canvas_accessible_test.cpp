#include "app/canvas/canvas_widget.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QTest>

#include <string>

namespace crystallite {
namespace {

class CanvasAccessibleTest : public ::testing::TestWithParam<CanvasRenderer> {
protected:
    void SetUp() override {
        // Slot 0 is the prompt; slot 1 commits at 93 %, slot 2 stays open at 41 %.
        document_.reset(testing::handWorkedTrace({{{0.93F}}, {{0.41F, 0.2F}}}, {1}), false);
        canvas_.setDocument(&document_);
        canvas_.resize(600, 300);
        canvas_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas_));
        list_ = QAccessible::queryAccessibleInterface(&canvas_);
        ASSERT_NE(list_, nullptr);
    }

    [[nodiscard]] QString nameOf(int index) const { return list_->child(index)->text(QAccessible::Name); }

    RunDocument document_;
    CanvasWidget canvas_{nullptr, GetParam()};
    QAccessibleInterface* list_ = nullptr;
};

TEST_P(CanvasAccessibleTest, IsAListWithOneItemPerSlot) {
    EXPECT_EQ(list_->role(), QAccessible::List);
    ASSERT_EQ(list_->childCount(), 3);
    for (int index = 0; index < list_->childCount(); ++index) {
        QAccessibleInterface* item = list_->child(index);
        ASSERT_NE(item, nullptr);
        EXPECT_EQ(item->role(), QAccessible::ListItem);
        EXPECT_EQ(item->parent(), list_);
        EXPECT_EQ(list_->indexOfChild(item), index);
        EXPECT_TRUE(item->rect().isValid());
        EXPECT_EQ(list_->childAt(item->rect().center().x(), item->rect().center().y()), item);
    }
    EXPECT_EQ(list_->child(3), nullptr);
}

TEST_P(CanvasAccessibleTest, SaysWhereTheRunStands) {
    EXPECT_EQ(list_->text(QAccessible::Name), QStringLiteral("Canvas, step 1 of 1, 1 masked"));

    document_.setFrame(0);

    EXPECT_EQ(list_->text(QAccessible::Name), QStringLiteral("Canvas, step 0 of 1, 2 masked"));
}

TEST_P(CanvasAccessibleTest, NamesEverySlotByItsState) {
    EXPECT_EQ(nameOf(0), QStringLiteral("Position 1, prompt token Prompt, locked"));
    EXPECT_EQ(nameOf(1), QStringLiteral("Position 2, token alpha, committed at step 1 at 93 percent"));
    EXPECT_EQ(nameOf(2), QStringLiteral("Position 3, masked, best guess alpha 41 percent"));

    document_.setFrame(0);

    EXPECT_EQ(nameOf(1), QStringLiteral("Position 2, masked"));
}

TEST_P(CanvasAccessibleTest, CanBeSelectedFromOutside) {
    QAccessibleInterface* item = list_->child(2);
    ASSERT_NE(item->actionInterface(), nullptr);

    item->actionInterface()->doAction(QAccessibleActionInterface::pressAction());

    EXPECT_EQ(document_.selectedSlot(), 2U);
    EXPECT_TRUE(item->state().selected);
}

TEST_P(CanvasAccessibleTest, ItemsOfAShorterRunAreGone) {
    QAccessibleInterface* item = list_->child(2);

    document_.reset(testing::handWorkedTrace({{{0.5F}}}), false);

    EXPECT_EQ(list_->childCount(), 2);
    EXPECT_FALSE(item->isValid());
    EXPECT_TRUE(item->state().invalid);
    EXPECT_TRUE(item->text(QAccessible::Name).isEmpty());
}

std::string rendererName(const ::testing::TestParamInfo<CanvasRenderer>& tested) {
    return tested.param == CanvasRenderer::SceneGraph ? "SceneGraph" : "Painter";
}

INSTANTIATE_TEST_SUITE_P(Renderers, CanvasAccessibleTest, ::testing::Values(CanvasRenderer::SceneGraph, CanvasRenderer::Painter),
                         rendererName);

}  // namespace
}  // namespace crystallite
