#include "app/search_panel.h"

#include "app/inspector.h"
#include "app/search_text.h"
#include "tests/gui/window_fixture.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QListView>

#include <algorithm>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;

class SearchPanelTest : public MainWindowTest {
protected:
    /// Opens the panel by its key and types.
    void find(const char* text) {
        press(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(text));
        ASSERT_TRUE(waitForTheEnd());
    }
    bool waitForTheEnd() {
        return QTest::qWaitFor([this] { return !panel().isSearching(); }, kPatienceMs);
    }
    [[nodiscard]] SearchPanel& panel() { return window_->searchPanel(); }
    [[nodiscard]] QListView& results() { return *panel().findChild<QListView*>(); }
    /// The window stands where the match is.
    void expectAt(const SearchHit& hit) {
        EXPECT_EQ(document().frame(), hit.firstStep);
        EXPECT_EQ(document().selectedSlot(), hitPosition(hit, document().trace()));
    }
};

TEST_F(SearchPanelTest, FindsWhileTypingAndGoesFromMatchToMatchByKey) {
    open(FakeScript{});
    runToTheEnd(32, 16);
    window_->playback().seek(0);

    find("lily");

    const std::vector<SearchHit> hits = panel().search().hits();
    ASSERT_GE(hits.size(), 3U);
    EXPECT_EQ(results().model()->rowCount(), static_cast<int>(hits.size()));
    EXPECT_EQ(results().model()->data(results().model()->index(0, 0)).toString(),
              hitPlace(hits[0], document().trace()) + QLatin1Char('\n') + hitText(hits[0], document().trace()));
    press(Qt::Key_Return);
    expectAt(hits[0]);
    press(Qt::Key_F3);
    expectAt(hits[1]);
    press(Qt::Key_F3, Qt::ShiftModifier);
    expectAt(hits[0]);
    press(Qt::Key_F3, Qt::ShiftModifier);
    expectAt(hits.back());
    press(Qt::Key_Return);
    expectAt(hits[0]);
    ASSERT_TRUE(window_->inspector().report());
    EXPECT_EQ(window_->inspector().report()->position, document().selectedSlot()) << "one selection for every view";
}

TEST_F(SearchPanelTest, StartsFromTheFrameThatIsShown) {
    open(FakeScript{});
    runToTheEnd(32, 16);
    window_->playback().seek(9);

    find("lily");
    press(Qt::Key_F3);

    const std::vector<SearchHit>& hits = panel().search().hits();
    const auto later = std::find_if(hits.begin(), hits.end(), [](const SearchHit& hit) { return hit.firstStep >= 9; });
    expectAt(later == hits.end() ? hits.front() : *later);
}

TEST_F(SearchPanelTest, ArrowsAndClicksInTheListGoThere) {
    open(FakeScript{});
    runToTheEnd(32, 16);
    find("lily");
    const std::vector<SearchHit>& hits = panel().search().hits();
    ASSERT_GE(hits.size(), 3U);

    results().setFocus();
    results().setCurrentIndex(results().model()->index(0, 0));
    press(Qt::Key_Down);
    expectAt(hits[1]);
    window_->playback().seek(0);
    QTest::mouseClick(results().viewport(), Qt::LeftButton, Qt::NoModifier, results().visualRect(results().model()->index(1, 0)).center());
    expectAt(hits[1]);
}

TEST_F(SearchPanelTest, ChoicesNarrowTheSearch) {
    open(FakeScript{});
    runToTheEnd(32, 16);
    find("lily");
    const auto boxes = panel().findChildren<QCheckBox*>();
    ASSERT_EQ(boxes.size(), 3);

    boxes[1]->click();
    ASSERT_TRUE(waitForTheEnd());
    EXPECT_THAT(panel().search().hits(), ::testing::Each(::testing::Field(&SearchHit::kind, ::testing::Ne(SearchHit::Kind::Guessed))));
    boxes[2]->click();
    ASSERT_TRUE(waitForTheEnd());
    EXPECT_THAT(panel().search().hits(), ::testing::Each(::testing::Field(&SearchHit::kind, SearchHit::Kind::Committed)));
    EXPECT_FALSE(panel().search().hits().empty());
    boxes[0]->click();
    ASSERT_TRUE(waitForTheEnd());
    EXPECT_TRUE(panel().search().hits().empty());
}

TEST_F(SearchPanelTest, NeverKeepsTheWindowWaitingAndCanBeCancelled) {
    open(FakeScript{});
    document().reset(syntheticTrace({.length = 512, .steps = 512, .finishedSteps = 512}), false);
    press(Qt::Key_F, Qt::ControlModifier);
    auto* field = panel().findChild<QLineEdit*>();

    field->setText(QStringLiteral("e"));
    ASSERT_TRUE(panel().isSearching()) << "typing returns before the search is over";
    QCoreApplication::processEvents();
    ASSERT_TRUE(panel().isSearching()) << "a slice is a part of it";
    press(Qt::Key_Escape);

    EXPECT_FALSE(panel().isSearching());
    EXPECT_LT(panel().search().searchedFrames(), 513U);
    EXPECT_TRUE(panel().isVisible()) << "the first Escape keeps what was found";
    press(Qt::Key_Escape);
    EXPECT_FALSE(panel().isVisible());
}

TEST_F(SearchPanelTest, GoesOnWithTheStepsOfARunningRun) {
    open(FakeScript{.waitingStep = 6});
    prepareRun(32, 16);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 5; }, kPatienceMs));

    find("lily");
    EXPECT_EQ(panel().search().searchedFrames(), 6U);
    document().reset(syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16}), false);
    ASSERT_TRUE(waitForTheEnd());

    EXPECT_EQ(panel().search().searchedFrames(), 17U) << "another run is searched from its start";
}

}  // namespace
}  // namespace crystallite::testing
