#include "app/run_info_dialog.h"

#include "app/run_report.h"
#include "app/run_tables.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>

#include <algorithm>

namespace crystallite::testing {
namespace {

TEST_F(MainWindowTest, TablesOfTheStepAndOfTheRunAreInTheEditMenu) {
    open(FakeScript{});
    runToTheEnd();
    window_->playback().seek(4);

    window_->actions().copyStepNumbers->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), frameAsTsv(document().trace(), 4));
    window_->actions().copyCurves->trigger();
    EXPECT_EQ(QApplication::clipboard()->text(), curvesAsTsv(document().trace()));
}

TEST_F(MainWindowTest, TheRunsInformationIsOneKeyAwayAndFollowsTheRun) {
    open(FakeScript{});
    runToTheEnd();

    press(Qt::Key_Return, Qt::AltModifier);
    RunInfoDialog& dialog = window_->runInformation();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&dialog));
    const auto shows = [&dialog](const QString& spoken) {
        const auto labels = dialog.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->isVisible() && label->accessibleName() == spoken; });
    };
    for (const ReportSection& section : reportRun(document().trace())) {
        for (const ReportLine& line : section.lines) {
            EXPECT_TRUE(shows(spokenLine(line))) << line.name.toStdString();
        }
    }
    EXPECT_TRUE(shows(QStringLiteral("seed, measured: 1")));
    dialog.copyAsTsv();
    EXPECT_EQ(QApplication::clipboard()->text(), sectionsAsTsv(reportRun(document().trace())));
    document().reset(syntheticTrace({.seed = 77}), false);
    EXPECT_TRUE(shows(QStringLiteral("seed, measured: 77")));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    EXPECT_FALSE(dialog.isVisible());
}

}  // namespace
}  // namespace crystallite::testing
