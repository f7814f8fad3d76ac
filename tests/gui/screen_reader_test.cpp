// The program itself on a real accessibility bus, read from outside as a screen reader does.

#include "engine/trace/trace_file.h"
#include "tests/gui/accessibility_bus.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QSet>
#include <QTest>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kPatienceMs = 60'000;
constexpr uint32_t kSteps = 48;
// X11's keysymdef.h.
constexpr uint kPeriod = 0x2e;
constexpr uint kKeyK = 0x6b;
constexpr uint kKeyL = 0x6c;
constexpr uint kHome = 0xff50;
constexpr uint kDown = 0xff54;
constexpr uint kRight = 0xff53;

class ScreenReaderTest : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(bus_.problem().toStdString(), "");
        reader_ = std::make_unique<ScreenReader>(bus_.accessibility());
        const QString trace = folder_.filePath(QStringLiteral("run.crystal"));
        const Trace run = syntheticTrace({.length = 64, .steps = kSteps, .finishedSteps = kSteps, .remasks = true});
        slots_ = run.slots();
        ASSERT_TRUE(saveTrace(trace.toStdString(), run));
        QProcessEnvironment environment = bus_.environment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), folder_.filePath(QStringLiteral("data")));
        program_.setProcessEnvironment(environment);
        program_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program_.start(QStringLiteral(PROGRAM), {QStringLiteral("--device"), QStringLiteral("cpu"), trace});
        ASSERT_TRUE(program_.waitForStarted(kPatienceMs)) << program_.errorString().toStdString();
        ASSERT_TRUE(QTest::qWaitFor([this] { return findWindow(); }, kPatienceMs)) << "the program is not on the accessibility bus";
    }

    void TearDown() override {
        program_.kill();
        program_.waitForFinished(kPatienceMs);
    }

    bool findWindow() {
        for (const Accessible& program : reader_->programs()) {
            for (const Accessible& child : reader_->childrenOf(program)) {
                canvas_ = reader_->find(child, QStringLiteral("list"), QStringLiteral("Canvas, step"));
                if (!canvas_.isNull()) {
                    window_ = child;
                    timeline_ = reader_->find(child, QStringLiteral("slider"), QStringLiteral("Timeline"));
                    return true;
                }
            }
        }
        return false;
    }

    /// As a screen reader moves it.
    void focus(const Accessible& object) {
        ASSERT_TRUE(QTest::qWaitFor([this] { return reader_->hasState(window_, ScreenReader::kActive); }, kPatienceMs));
        ASSERT_TRUE(reader_->act(object, QStringLiteral("SetFocus"))) << reader_->nameOf(object).toStdString();
        ASSERT_TRUE(QTest::qWaitFor([&] { return reader_->hasState(object, ScreenReader::kFocused); }, kPatienceMs))
            << reader_->nameOf(object).toStdString();
    }

    [[nodiscard]] uint32_t step() const { return static_cast<uint32_t>(reader_->valueOf(timeline_)); }

    void goToTheStart() {
        reader_->press(kHome);
        ASSERT_TRUE(QTest::qWaitFor([this] { return step() == 0; }, kPatienceMs)) << "keys do not arrive";
        reader_->catchUp(window_);
        reader_->forget();
    }

    uint32_t slots_ = 0;
    AccessibilityBus bus_;
    QTemporaryDir folder_;
    QProcess program_;
    std::unique_ptr<ScreenReader> reader_;
    Accessible window_;
    Accessible canvas_;
    Accessible timeline_;
};

TEST_F(ScreenReaderTest, FindsNamesForEverythingThatIsOperated) {
    static const QSet<QString> kOperated{QStringLiteral("push button"), QStringLiteral("toggle button"), QStringLiteral("check box"),
                                         QStringLiteral("combo box"),   QStringLiteral("spin button"),   QStringLiteral("slider"),
                                         QStringLiteral("list"),        QStringLiteral("list item"),     QStringLiteral("menu item"),
                                         QStringLiteral("text"),        QStringLiteral("page tab"),      QStringLiteral("button")};
    QMap<QString, int> roles;
    reader_->walk(window_, [&](const Accessible& object) {
        const QString role = reader_->roleOf(object);
        ++roles[role];
        if (kOperated.contains(role) && reader_->hasState(object, ScreenReader::kShowing)) {
            EXPECT_NE(reader_->nameOf(object).toStdString(), "") << role.toStdString() << " " << object.path.toStdString();
        }
        return true;
    });

    EXPECT_GE(roles[QStringLiteral("list item")], static_cast<int>(slots_));
    EXPECT_GE(roles[QStringLiteral("push button")] + roles[QStringLiteral("button")], 10);
    EXPECT_EQ(roles[QStringLiteral("menu bar")], 1);
    for (const auto& [role, count] : roles.asKeyValueRange()) {
        RecordProperty(role.toStdString(), count);
    }
}

TEST_F(ScreenReaderTest, ReadsTheSlotsAsAList) {
    const QVector<Accessible> slots = reader_->childrenOf(canvas_);

    EXPECT_EQ(reader_->nameOf(canvas_).toStdString(), "Canvas, step 48 of 48, 0 masked");
    ASSERT_EQ(slots.size(), slots_);
    EXPECT_EQ(reader_->roleOf(slots[20]).toStdString(), "list item");
    EXPECT_THAT(reader_->nameOf(slots[20]).toStdString(), StartsWith("Position 21, "));
    EXPECT_THAT(reader_->nameOf(slots[20]).toStdString(), HasSubstr("committed at step"));
    EXPECT_THAT(reader_->nameOf(timeline_).toStdString(), HasSubstr("Step 48 of 48"));
}

TEST_F(ScreenReaderTest, HearsOneSentencePerStepSilenceWhilePlayingAndOneAtThePause) {
    for (const Accessible& place : {canvas_, timeline_}) {
        focus(place);
        goToTheStart();
        for (uint32_t wanted = 1; wanted <= 3; ++wanted) {
            reader_->press(kPeriod);
            ASSERT_TRUE(QTest::qWaitFor([&] { return step() == wanted && !reader_->spokenOf(place).isEmpty(); }, kPatienceMs));
            reader_->catchUp(window_);
            const QStringList spoken = reader_->spokenOf(place);
            EXPECT_EQ(spoken.filter(QStringLiteral("accessible-name")).size(), 1) << spoken.join(QLatin1Char('|')).toStdString();
            EXPECT_THAT(reader_->nameOf(place).toLower().toStdString(), HasSubstr("step " + std::to_string(wanted) + " of 48"));
            reader_->forget();
        }
        reader_->press(kKeyL);
        ASSERT_TRUE(QTest::qWaitFor([&] { return step() >= 8; }, kPatienceMs));
        reader_->catchUp(window_);
        EXPECT_TRUE(reader_->spokenOf(place).isEmpty()) << reader_->spokenOf(place).join(QLatin1Char('|')).toStdString();
        reader_->press(kKeyK);
        ASSERT_TRUE(QTest::qWaitFor([&] { return !reader_->spokenOf(place).isEmpty(); }, kPatienceMs)) << "nothing at the pause";
        reader_->catchUp(window_);
        EXPECT_EQ(reader_->spokenOf(place).filter(QStringLiteral("accessible-name")).size(), 1)
            << reader_->spokenOf(place).join(QLatin1Char('|')).toStdString();
    }
}

TEST_F(ScreenReaderTest, FollowsTheArrowsFromSlotToSlot) {
    focus(canvas_);
    goToTheStart();
    reader_->press(kDown);
    const auto focusedSlot = [this] {
        Accessible found;
        for (const Heard& event : reader_->heard()) {
            if (event.kind.startsWith(QStringLiteral("Object:StateChanged:focused")) && event.source != canvas_) {
                found = event.source;
            }
        }
        return found;
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return !focusedSlot().isNull(); }, kPatienceMs)) << "the arrow key tells nothing";
    EXPECT_EQ(reader_->roleOf(focusedSlot()).toStdString(), "list item");
    EXPECT_THAT(reader_->nameOf(focusedSlot()).toStdString(), StartsWith("Position "));
    EXPECT_TRUE(reader_->hasState(focusedSlot(), ScreenReader::kFocused));
}

}  // namespace
}  // namespace crystallite::testing
