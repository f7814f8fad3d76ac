#include "app/canvas/canvas_legend.h"

#include "app/canvas/cell_visual.h"
#include "app/canvas/legend_run.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QTableWidget>

#include <set>

namespace crystallite {
namespace {

TEST(LegendRun, ShowsEachLookThatItNames) {
    const LegendRun run = legendRun();
    const uint32_t last = run.trace.steps();
    std::set<CellState> states;
    std::set<CellChange> changes;
    std::set<AgeClass> ages;
    std::set<uint32_t> notches;
    for (const LegendEntry& entry : run.entries) {
        const CellVisual visual = visualAt(run.trace, last, entry.position, {});
        states.insert(visual.state);
        changes.insert(visual.change);
        ages.insert(visual.age);
        notches.insert(visual.notch);
        EXPECT_FALSE(entry.meaning.isEmpty());
        EXPECT_FALSE(entry.bound.isEmpty());
        EXPECT_TRUE(entry.tag == QStringLiteral("measured") || entry.tag == QStringLiteral("derived"));
    }

    EXPECT_EQ(run.entries.size(), run.trace.slots());
    EXPECT_TRUE((states == std::set{CellState::Masked, CellState::Guess, CellState::Held}));
    EXPECT_TRUE((changes == std::set{CellChange::None, CellChange::Committed, CellChange::Remasked, CellChange::Edited}));
    EXPECT_TRUE(ages.contains(AgeClass::Young) && ages.contains(AgeClass::Old));
    EXPECT_TRUE(notches.contains(1) && notches.contains(4));
}

TEST(CanvasLegend, DrawsASampleForEveryLook) {
    for (const Theme& theme : {Theme::darkTheme(), Theme::lightTheme()}) {
        CanvasLegend legend(theme, nullptr);
        legend.setAttribute(Qt::WA_DeleteOnClose, false);
        const auto* table = legend.findChild<QTableWidget*>(QStringLiteral("legend"));
        ASSERT_NE(table, nullptr);
        const size_t samples = legendRun().entries.size();
        ASSERT_EQ(table->rowCount(), static_cast<int>(samples + legendOfLayers().size()));
        for (int row = 0; row < static_cast<int>(samples); ++row) {
            const auto* sample = qobject_cast<QLabel*>(table->cellWidget(row, 0));
            ASSERT_NE(sample, nullptr);
            const QImage image = sample->pixmap().toImage().convertToFormat(QImage::Format_RGB32);
            const QRgb ground = toQColor(theme.window).rgb();
            int inked = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    inked += image.pixel(x, y) == ground ? 0 : 1;
                }
            }
            EXPECT_GT(inked, 60) << "row " << row;
        }
    }
}

}  // namespace
}  // namespace crystallite
