// The rules of truth that are kept around the canvas: what is measured is called so, and what is replayed too.

#include "app/candidate_table.h"
#include "app/header_bar.h"
#include "app/inspector.h"
#include "app/slot_text.h"
#include "app/timeline_panel.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/changed_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QLabel>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kPatienceMs = 60'000;

class WindowTruth : public MainWindowTest {
protected:
    /// The texts of everything visible below `root`, one a line.
    static std::string textOf(const QWidget& root) {
        QStringList lines;
        for (const QLabel* label : root.findChildren<QLabel*>()) {
            if (label->isVisible()) {
                lines << label->text();
            }
        }
        return lines.join(QLatin1Char('\n')).toStdString();
    }
    [[nodiscard]] std::string header() const { return textOf(*window_->findChild<HeaderBar*>()); }
};

TEST_F(WindowTruth, EveryNumberOfTheInspectorIsCalledMeasuredOrDerived) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);
    document().selectSlot(document().trace().canvas(3).maskedSlots().front());

    int tags = 0;
    for (const QLabel* label : window_->inspector().findChildren<QLabel*>()) {
        if (label->isVisible() && label->property("styleClass").toString() == QLatin1String("tag")) {
            ++tags;
            EXPECT_TRUE(label->text() == QLatin1String("measured") || label->text() == QLatin1String("derived"))
                << label->text().toStdString();
            EXPECT_FALSE(label->toolTip().isEmpty()) << "a tag says how its number came about";
        }
    }
    EXPECT_GE(tags, 4);
    const QStringList lines = reportAsTsv(*window_->inspector().report(), document().trace()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    ASSERT_GT(lines.size(), 6);
    for (const QString& line : lines.mid(1)) {
        EXPECT_TRUE(line.endsWith(QLatin1String("\tmeasured")) || line.endsWith(QLatin1String("\tderived"))) << line.toStdString();
    }
}

TEST_F(WindowTruth, ARunIsLiveWhileItRunsAndAReplayAfterwards) {
    open(FakeScript{.waitingStep = 4});
    prepareRun(16, 8);
    EXPECT_THAT(header(), Not(HasSubstr("LIVE")));
    EXPECT_THAT(header(), Not(HasSubstr("REPLAY")));

    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([this] { return document().trace().steps() == 3; }, kPatienceMs));
    EXPECT_THAT(header(), HasSubstr("LIVE"));
    EXPECT_THAT(header(), Not(HasSubstr("REPLAY")));
    press(Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !document().isLive(); }, kPatienceMs));

    EXPECT_THAT(header(), HasSubstr("REPLAY"));
    EXPECT_THAT(header(), Not(HasSubstr("LIVE")));
}

TEST_F(WindowTruth, ThePaceOfPlaybackIsCalledSoBesideWhatWasMeasured) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(3);

    const std::string bar = textOf(*window_->timeline().transportBar());

    EXPECT_THAT(bar, HasSubstr("6 steps/s playback"));
    EXPECT_THAT(bar, HasSubstr("ms measured"));
}

TEST_F(WindowTruth, AnOrderThatIgnoresConfidenceIsNamedWhereverOneLooks) {
    open(FakeScript{});
    const Trace sure = syntheticTrace({.length = 16, .steps = 8, .finishedSteps = 8});
    for (const UnmaskOrder order : {UnmaskOrder::LowConfidence, UnmaskOrder::Margin, UnmaskOrder::Entropy, UnmaskOrder::LeftToRight,
                                    UnmaskOrder::Random, UnmaskOrder::Origin}) {
        DecodeSettings settings = sure.header().settings;
        settings.order = order;
        document().reset(traceWith(sure, settings), false);
        document().setFrame(3);
        QTest::qWait(20);  // the header makes room for it
        const bool ignores = order == UnmaskOrder::Random || order == UnmaskOrder::Origin || order == UnmaskOrder::LeftToRight;
        EXPECT_EQ(header().find("ignores confidence") != std::string::npos, ignores) << nameOf(order) << ": " << header();
    }
    DecodeSettings random = sure.header().settings;
    random.order = UnmaskOrder::Random;
    document().reset(traceWith(sure, random), false);
    document().setFrame(3);
    document().selectSlot(document().trace().canvas(3).maskedSlots().front());
    EXPECT_THAT(textOf(window_->inspector()), HasSubstr("ignores how sure"));
}

}  // namespace
}  // namespace crystallite::testing
