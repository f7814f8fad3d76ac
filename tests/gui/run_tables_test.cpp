#include "app/run_tables.h"

#include "app/run_report.h"
#include "engine/trace/decode_option.h"
#include "tests/gui/told_trace.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QStringList>

#include <algorithm>
#include <bit>

namespace crystallite::testing {
namespace {

/// Rows of cells; every row is as long as the header.
std::vector<QStringList> cellsOf(const QString& tsv) {
    std::vector<QStringList> rows;
    for (const QString& line : tsv.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        rows.push_back(line.split(QLatin1Char('\t')));
        EXPECT_EQ(rows.back().size(), rows.front().size()) << line.toStdString();
    }
    return rows;
}

qsizetype columnOf(const std::vector<QStringList>& rows, const char* name) {
    const qsizetype column = rows.front().indexOf(QLatin1String(name));
    EXPECT_GE(column, 0) << name;
    return std::max<qsizetype>(column, 0);
}

TEST(RunTables, OfAFrameHoldsEverySlotToTheBit) {
    const Trace trace = syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12, .remasks = true});

    const auto rows = cellsOf(frameAsTsv(trace, 5));

    ASSERT_EQ(rows.size(), trace.slots() + 1);
    const qsizetype entropy = columnOf(rows, "entropy_nats");
    const qsizetype last = columnOf(rows, "p_8");
    size_t asked = 0;
    for (uint32_t position = 0; position < trace.slots(); ++position) {
        const QStringList& row = rows[position + 1];
        EXPECT_EQ(row[0].toUInt(), position + 1);
        EXPECT_EQ(row[columnOf(rows, "masked")], QString::number(trace.canvas(5).isMasked(position) ? 1 : 0));
        const SlotBelief* belief = trace.record(5).findBelief(position);
        EXPECT_EQ(row[entropy].isEmpty(), belief == nullptr);
        if (belief != nullptr) {
            ++asked;
            EXPECT_EQ(std::bit_cast<uint32_t>(row[entropy].toFloat()), std::bit_cast<uint32_t>(belief->entropy));
            EXPECT_EQ(std::bit_cast<uint32_t>(row[last].toFloat()), std::bit_cast<uint32_t>(belief->candidates[7].probability));
        }
    }
    EXPECT_GT(asked, 5U);
}

TEST(RunTables, AFrameBeforeTheFirstStepHasNoBeliefs) {
    const Trace trace = syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 4});
    const auto rows = cellsOf(frameAsTsv(trace, 0));

    for (size_t row = 1; row < rows.size(); ++row) {
        EXPECT_TRUE(rows[row][columnOf(rows, "entropy_nats")].isEmpty());
    }
}

TEST(RunTables, ALineBreakInATokenDoesNotBreakTheTable) {
    ToldTrace told({"A\tB"}, {.length = 1, .steps = 1});
    told.step({told.belief(1, {{"\n\t", 0.3F}}, 0.3F)}, {told.commit(1, "\n\t", 0.3F)});

    EXPECT_EQ(cellsOf(frameAsTsv(told.trace(), 1)).size(), 3U);
}

TEST(RunTables, CurvesHaveALinePerStep) {
    const Trace trace = syntheticTrace({.length = 24, .steps = 12, .blockLength = 8, .finishedSteps = 12, .remasks = true});

    const auto rows = cellsOf(curvesAsTsv(trace));

    ASSERT_EQ(rows.size(), 13U);
    uint32_t commits = 0;
    uint32_t remasks = 0;
    for (uint32_t step = 1; step <= 12; ++step) {
        const QStringList& row = rows[step];
        EXPECT_EQ(row[0].toUInt(), step);
        EXPECT_EQ(row[columnOf(rows, "masked_after")].toUInt(), trace.canvas(step).maskedCount());
        EXPECT_EQ(row[columnOf(rows, "mean_entropy_nats")].toDouble(), meanEntropy(trace.record(step)));
        EXPECT_EQ(row[columnOf(rows, "block")].toUInt(), trace.record(step).block + 1);
        commits += row[columnOf(rows, "commits")].toUInt();
        remasks += row[columnOf(rows, "remasks")].toUInt();
    }
    EXPECT_EQ(remasks, 1U);
    EXPECT_EQ(commits, 24U + remasks - trace.canvas(12).maskedCount());
}

QString valueOf(const std::vector<QStringList>& rows, const QString& quantity) {
    for (const QStringList& row : rows) {
        if (row.front() == quantity) {
            return row[1];
        }
    }
    return {};
}

TEST(RunReport, ShowsEverySettingThatHadAnInfluenceAndNoOther) {
    DecodeSettings settings{.length = 2, .steps = 2, .order = UnmaskOrder::Entropy, .temperature = 0.25F, .seed = 18446744073709551615ULL};
    settings.policy = DecodePolicy::Dream;
    settings.algTemp = 0.125;
    ToldTrace told({"A"}, settings);
    told.step({told.belief(1, {{" x", 0.5F}}, 0.5F)}, {told.commit(1, " x", 0.5F)});

    const auto rows = cellsOf(sectionsAsTsv(reportRun(told.trace())));

    EXPECT_EQ(valueOf(rows, QStringLiteral("seed")), QStringLiteral("18446744073709551615"));
    EXPECT_EQ(valueOf(rows, QStringLiteral("policy")), QStringLiteral("dream"));
    EXPECT_EQ(valueOf(rows, QStringLiteral("order")), QStringLiteral("entropy"));
    EXPECT_EQ(valueOf(rows, QStringLiteral("temperature")).toFloat(), 0.25F);
    EXPECT_EQ(valueOf(rows, QStringLiteral("fingerprint")), QStringLiteral("00112233445566778899aabbccddeeff"));
    EXPECT_EQ(valueOf(rows, QStringLiteral("device")), QStringLiteral("a device"));
    EXPECT_EQ(valueOf(rows, QStringLiteral("cache")), QStringLiteral("none"));
    EXPECT_EQ(valueOf(rows, QStringLiteral("finished_steps")), QStringLiteral("1"));
    EXPECT_EQ(valueOf(rows, QStringLiteral("milliseconds")).toDouble(), 2.5);
    for (const DecodeOption& option : decodeOptions()) {
        const QString shown = valueOf(rows, QString::fromUtf8(option.name.data(), static_cast<qsizetype>(option.name.size())));
        EXPECT_EQ(!shown.isEmpty(), option.appliesTo(settings)) << option.name;
        if (option.appliesTo(settings)) {
            EXPECT_EQ(shown.toDouble(), option.valueIn(settings)) << option.name;
        }
    }
}

TEST(RunReport, OfNoRunIsEmpty) {
    EXPECT_TRUE(reportRun({}).empty());
}

}  // namespace
}  // namespace crystallite::testing
