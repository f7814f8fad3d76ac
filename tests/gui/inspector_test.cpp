#include "app/inspector.h"

#include "app/candidate_table.h"
#include "app/canvas/canvas_widget.h"
#include "app/history_curve.h"
#include "app/history_list.h"
#include "app/inspector_docks.h"
#include "app/inspector_section.h"
#include "app/slot_decision.h"
#include "app/slot_text.h"
#include "app/value_list.h"
#include "tests/gui/told_trace.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>

#include <algorithm>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

/// The heading of a section.
QToolButton* headingOf(const Inspector& inspector, const QString& title) {
    for (QToolButton* button : inspector.findChildren<QToolButton*>(QStringLiteral("section"))) {
        if (button->text() == title) {
            return button;
        }
    }
    return nullptr;
}

/// The texts of the labels that are seen in the inspector.
QStringList seenTexts(const Inspector& inspector) {
    QStringList texts;
    for (const QLabel* label : inspector.findChildren<QLabel*>()) {
        if (label->isVisible()) {
            texts << label->text();
        }
    }
    return texts;
}

TEST_F(MainWindowTest, TheInspectorShowsEveryValueOfItsSectionsWithItsTag) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    const uint32_t position = document().trace().canvas(3).maskedSlots().front();
    document().selectSlot(position);
    const Inspector& inspector = window_->inspector();

    const SlotReport report = reportSlot(document().trace(), position, 3);
    std::vector<ReportLine> lines{stateLine(report, document().trace())};
    for (const auto& more : {nowLines(report, document().trace()), distributionLines(report), decisionLines(report, document().trace())}) {
        lines.insert(lines.end(), more.begin(), more.end());
    }
    size_t tagged = 0;
    for (const QLabel* label : inspector.findChildren<QLabel*>()) {
        tagged +=
            label->isVisible() && (label->text() == tagName(ValueTag::Measured) || label->text() == tagName(ValueTag::Derived)) ? 1U : 0U;
    }
    EXPECT_EQ(tagged, lines.size()) << "one visible tag for each value";
    for (const ReportLine& line : lines) {
        const auto labels = inspector.findChildren<QLabel*>();
        EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text() == line.value && label->accessibleName() == spokenLine(line);
        })) << line.name.toStdString();
    }
    const auto* table = inspector.findChild<CandidateTable*>();
    EXPECT_EQ(table->rowCount(), 9) << "eight candidates and the others";
    EXPECT_THAT(table->accessibleName().toStdString(), HasSubstr("measured"));
    EXPECT_THAT(table->item(8, 0)->text().toStdString(), HasSubstr("derived"));
}

TEST_F(MainWindowTest, ATokenShowsTheFrozenDistributionOfItsCommit) {
    open(FakeScript{});
    runToTheEnd();
    const SlotEvent commit = document().trace().record(2).events.front();
    document().selectSlot(commit.position);
    window_->playback().seek(7);

    EXPECT_EQ(*window_->inspector().report()->belief, *document().trace().record(2).findBelief(commit.position));
    EXPECT_TRUE(seenTexts(window_->inspector()).join(QLatin1Char('\n')).contains(QStringLiteral("Of step 2, which committed it. Frozen")));
}

TEST_F(MainWindowTest, SectionsCloseByKeyAndStayClosedInTheNextWindow) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength());
    QToolButton* heading = headingOf(window_->inspector(), QStringLiteral("Decision"));
    ASSERT_NE(heading, nullptr);
    const qsizetype before = seenTexts(window_->inspector()).size();

    heading->setFocus();
    press(Qt::Key_Space);

    EXPECT_LT(seenTexts(window_->inspector()).size(), before);
    EXPECT_FALSE(Inspector(document()).findChildren<InspectorSection*>()[2]->isOpen());
    EXPECT_TRUE(Inspector(document()).findChildren<InspectorSection*>()[1]->isOpen());
    press(Qt::Key_Space);
    EXPECT_EQ(seenTexts(window_->inspector()).size(), before);
}

TEST_F(MainWindowTest, TheRawSectionHoldsWhatIsCopied) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    document().selectSlot(document().trace().promptLength());
    headingOf(window_->inspector(), QStringLiteral("Raw"))->click();

    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);

    const QString expected = reportAsTsv(*window_->inspector().report(), document().trace());
    EXPECT_EQ(QApplication::clipboard()->text(), expected);
    EXPECT_EQ(window_->inspector().findChild<QPlainTextEdit*>()->toPlainText(), expected);
    headingOf(window_->inspector(), QStringLiteral("Raw"))->click();
}

TEST_F(MainWindowTest, ALineOfTheHistoryGoesToItsStepByClickAndByEnter) {
    open(FakeScript{});
    runToTheEnd();
    const SlotEvent commit = document().trace().record(5).events.front();
    document().selectSlot(commit.position);
    auto* list = window_->inspector().findChild<HistoryList*>();
    const std::vector<SlotChange>& changes = window_->inspector().report()->history.changes;
    ASSERT_EQ(list->rowCount(), static_cast<int>(changes.size()));
    ASSERT_GE(changes.size(), 2U);
    const int last = list->rowCount() - 1;
    ASSERT_EQ(changes.back().step, 5U);

    list->setFocus();
    list->setCurrentCell(last, 0);
    press(Qt::Key_Return);
    EXPECT_EQ(document().frame(), 5U);

    list->scrollToTop();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier, list->visualItemRect(list->item(0, 2)).center());
    EXPECT_EQ(document().frame(), changes.front().step);

    auto* curve = window_->inspector().findChild<HistoryCurve*>();
    QTest::mouseClick(curve, Qt::LeftButton, Qt::NoModifier, QPoint(static_cast<int>(curve->xOf(6)), 20));
    EXPECT_EQ(document().frame(), 6U);
}

TEST_F(MainWindowTest, ALockedInspectorKeepsItsSlotWhileAnotherFollows) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    const uint32_t first = document().trace().promptLength() + 1;
    document().selectSlot(first);
    window_->canvas().setFocus();

    press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(window_->inspector().isLocked());
    EXPECT_TRUE(window_->actions().lockInspector->isChecked());
    press(Qt::Key_I, Qt::ControlModifier);
    document().selectSlot(first + 4);

    const std::vector<Inspector*> shown = window_->inspectors().shown();
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[0]->report()->position, first);
    EXPECT_EQ(shown[1]->report()->position, first + 4);
    EXPECT_EQ(window_->inspectors().firstDock()->windowTitle(), QStringLiteral("Inspector · Position %1, locked").arg(first + 1));
    window_->playback().seek(6);
    EXPECT_EQ(shown[0]->report()->frame, 6U) << "both follow time";
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), reportAsTsv(*shown[1]->report(), document().trace())) << "of the one that follows";

    press(Qt::Key_I, Qt::ControlModifier);
    EXPECT_EQ(window_->inspectors().shown().size(), 3U) << "a new one locks the one that followed";
    EXPECT_TRUE(shown[1]->isLocked());
    document().reset(document().trace(), false);
    EXPECT_FALSE(shown[0]->isLocked()) << "a lock ends with its run";
    window_->actions().resetLayout->trigger();
    EXPECT_EQ(window_->inspectors().shown().size(), 1U);
    document().selectSlot(first);
    press(Qt::Key_I, Qt::ControlModifier);
    const auto top = [](const Inspector* inspector) { return inspector->mapToGlobal(QPoint(0, 0)).y(); };
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->inspectors().shown().size() == 2 && top(shown[0]) == top(shown[1]); }))
        << "the other one is beside it again";
}

TEST_F(MainWindowTest, HoweverManyInspectorsAreOpenOneFollowsTheSelection) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    const uint32_t first = document().trace().promptLength();

    for (uint32_t slot = 0; slot < 6; ++slot) {
        document().selectSlot(first + slot);
        press(Qt::Key_I, Qt::ControlModifier);
    }

    const std::vector<Inspector*> shown = window_->inspectors().shown();
    EXPECT_EQ(shown.size(), InspectorDocks::kMost);
    EXPECT_EQ(std::count_if(shown.begin(), shown.end(), [](const Inspector* each) { return !each->isLocked(); }), 1);
    EXPECT_EQ(window_->inspectors().active().report()->position, first + 5);
}

TEST_F(MainWindowTest, ALockedSlotIsFollowedWhereOthersPushIt) {
    open(FakeScript{});
    ToldTrace told({"A"}, {.length = 2, .steps = 2, .policy = DecodePolicy::DreamOn, .maxLength = 3}, 1);
    told.step({told.belief(1, {{" x", 0.2F}}, 0.2F), told.belief(2, {{" y", 0.3F}}, 0.3F)},
              {ToldTrace::event(EventKind::Insert, 1, ToldTrace::kMask, 0.5F)});
    told.step({told.belief(1, {{" x", 0.2F}}, 0.2F), told.belief(2, {{" x", 0.2F}}, 0.2F), told.belief(3, {{" y", 0.4F}}, 0.4F)},
              {ToldTrace::event(EventKind::Delete, 3, ToldTrace::kMask, 0.5F)});
    document().reset(told.trace(), false);
    document().setFrame(0);
    document().selectSlot(2);
    Inspector& inspector = window_->inspector();
    QTest::mouseClick(inspector.findChild<QToolButton*>(QStringLiteral("lock")), Qt::LeftButton);
    ASSERT_TRUE(inspector.isLocked());

    document().setFrame(1);
    EXPECT_EQ(inspector.report()->position, 3U);
    EXPECT_EQ(inspector.title(), QStringLiteral("Inspector · Position 4, locked"));
    document().setFrame(2);
    EXPECT_FALSE(inspector.report());
    EXPECT_THAT(seenTexts(inspector).join(QLatin1Char('\n')).toStdString(), HasSubstr("Not on the canvas"));
    document().setFrame(1);
    EXPECT_EQ(inspector.report()->position, 3U) << "it is there again";
}

TEST_F(MainWindowTest, WatchHidesEveryInspectorAndStudyBringsThemBack) {
    open(FakeScript{});
    runToTheEnd();
    document().selectSlot(document().trace().promptLength());
    press(Qt::Key_I, Qt::ControlModifier);
    ASSERT_EQ(window_->inspectors().shown().size(), 2U);

    window_->actions().watch->trigger();
    EXPECT_TRUE(window_->inspectors().shown().empty());
    window_->actions().study->trigger();

    EXPECT_EQ(window_->inspectors().shown().size(), 2U);
}

/// Every visible child lies within the width of the inspector.
void expectNothingSticksOut(const Inspector& inspector) {
    for (const QWidget* child : inspector.findChildren<QWidget*>()) {
        if (child->isVisible() && !child->isWindow()) {
            const int right = child->mapTo(&inspector, QPoint(child->width(), 0)).x();
            EXPECT_LE(right, inspector.width()) << child->metaObject()->className() << " " << child->accessibleName().toStdString();
        }
    }
}

TEST_F(MainWindowTest, ANarrowInspectorCutsLongWordsInsteadOfScrolling) {
    open(FakeScript{});
    DecodeSettings settings{.length = 1, .steps = 1, .policy = DecodePolicy::EntropyBound};
    ToldTrace told({"A"}, settings);
    const std::string longWord = " Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    told.step({told.belief(1, {{longWord, 0.6F}, {" b", 0.1F}}, 0.6F)}, {told.commit(1, longWord, 0.6F)});
    document().reset(told.trace(), false);
    document().selectSlot(1);
    Inspector inspector(document());
    inspector.resize(292, 900);
    inspector.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&inspector));

    EXPECT_LE(inspector.minimumSizeHint().width(), 282) << "a dock of 292 with its scroll bar";
    inspector.resize(282, 900);
    expectNothingSticksOut(inspector);
    // Names half as long again, as translations are.
    for (auto* list : inspector.findChildren<ValueList*>()) {
        list->setLines(
            {{.name = QStringLiteral("Wahrscheinlichkeitsverteilungsentropie"), .value = QStringLiteral("2,11 Nats"), .quantity = {}}});
    }
    EXPECT_LE(inspector.minimumSizeHint().width(), 282);
    QCoreApplication::processEvents();
    expectNothingSticksOut(inspector);
    const auto labels = inspector.findChildren<QLabel*>();
    const auto value = std::find_if(labels.begin(), labels.end(),
                                    [](const QLabel* label) { return label->isVisible() && label->text() == QStringLiteral("2,11 Nats"); });
    ASSERT_NE(value, labels.end());
    EXPECT_GE((*value)->width(), (*value)->fontMetrics().horizontalAdvance((*value)->text())) << "a number is never cut";
}

}  // namespace
}  // namespace crystallite::testing
