#include "app/run_tree.h"

#include "app/dropped_file.h"
#include "app/run_tree_delegate.h"
#include "app/run_tree_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>

namespace crystallite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const QDate kToday(2026, 6, 15);

int64_t at(int daysAgo, int hour = 12) {
    return QDateTime(kToday.addDays(-daysAgo), QTime(hour, 0)).toMSecsSinceEpoch();
}

RunEntry entryOf(const char* id, int64_t created, const char* parent = "", uint32_t step = 0) {
    RunEntry entry;
    entry.id = id;
    entry.parent = parent;
    entry.parentStep = step;
    entry.created = created;
    entry.hasSteps = true;
    entry.steps = 8;
    entry.prompt = std::string("prompt of ") + id;
    return entry;
}

RunTree treeOf(std::vector<RunEntry> entries, RunSort sort = RunSort::Newest) {
    return {std::make_shared<const std::vector<RunEntry>>(std::move(entries)), sort, kToday};
}

/// Every row in its order, indented: what a person reads.
std::vector<std::string> rowsOf(const RunTreeModel& model, const QModelIndex& parent = {}, const std::string& indent = "") {
    std::vector<std::string> rows;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        rows.push_back(indent + index.data().toString().toStdString());
        const std::vector<std::string> below = rowsOf(model, index, indent + "  ");
        rows.insert(rows.end(), below.begin(), below.end());
    }
    return rows;
}

TEST(RunTree, PutsRunsUnderDaysAndBranchesAndBookmarksUnderTheirRun) {
    RunEntry root = entryOf("root", at(0));
    root.bookmarks = {{.frame = 2, .note = "early"}, {.frame = 6}};
    RunTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);

    model.setTree(treeOf({entryOf("late", at(0), "root", 7), root, entryOf("early", at(0), "root", 4), entryOf("deep", at(1), "early", 5),
                          entryOf("yesterday", at(1)), entryOf("week", at(6)), entryOf("older", at(7))}));

    EXPECT_THAT(rowsOf(model), ElementsAre("Today (1)", "  prompt of root", "    Bookmark at step 2: early",
                                           "    Branch at step 4: prompt of early", "      Branch at step 5: prompt of deep",
                                           "    Bookmark at step 6", "    Branch at step 7: prompt of late", "Yesterday (1)",
                                           "  prompt of yesterday", "This week (1)", "  prompt of week", "Older (1)", "  prompt of older"));
}

TEST(RunTree, ABranchWhoseParentIsGoneStandsByItself) {
    RunTreeModel model;
    model.setTree(treeOf({entryOf("branch", at(0), "gone", 3)}));
    EXPECT_THAT(rowsOf(model), ElementsAre("Today (1)", "  Branch: prompt of branch"));
}

TEST(RunTree, RunsThatNameEachOtherAsParentsAreStillThere) {
    RunTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTree(treeOf({entryOf("a", at(0), "b"), entryOf("b", at(0), "a"), entryOf("self", at(0), "self")}));
    EXPECT_EQ(rowsOf(model).size(), 4U) << "a heading and three runs";
}

TEST(RunTree, SortsAsAsked) {
    RunEntry many = entryOf("b", at(0));
    many.steps = 100;
    RunEntry titled = entryOf("c", at(1));
    titled.title = "Aardvark";
    titled.model = "a model";
    const std::vector<RunEntry> entries{entryOf("z", at(0)), many, titled};
    RunTreeModel model;
    model.setTree(treeOf(entries, RunSort::Title));
    EXPECT_THAT(rowsOf(model), ElementsAre("Aardvark", "prompt of b", "prompt of z"));
    model.setTree(treeOf(entries, RunSort::Steps));
    EXPECT_EQ(rowsOf(model).front(), "prompt of b");
    model.setTree(treeOf(entries, RunSort::Oldest));
    EXPECT_EQ(rowsOf(model).front(), "Yesterday (1)");
}

TEST(RunTree, DaysEndAtMidnightOfHere) {
    EXPECT_EQ(dayGroupOf(at(0, 0), kToday), DayGroup::Today);
    EXPECT_EQ(dayGroupOf(at(0, 0) - 1, kToday), DayGroup::Yesterday);
    EXPECT_EQ(dayGroupOf(at(2, 23), kToday), DayGroup::ThisWeek);
    EXPECT_EQ(dayGroupOf(at(7, 23), kToday), DayGroup::Older);
    EXPECT_EQ(dayGroupOf(at(-1), kToday), DayGroup::Today) << "a clock that was wrong";
}

TEST(RunTree, SaysEverythingOfARun) {
    RunEntry entry = entryOf("run", at(0));
    entry.status = RunStatus::Stopped;
    entry.plannedSteps = 32;
    entry.model = "stories";
    entry.policy = "llada";
    entry.seed = 7;
    entry.note = "compare this";
    entry.hit = std::string("a ") + kHitBegin + "hit" + kHitEnd;
    RunTreeModel model;
    model.setTree(treeOf({entry}));
    const QModelIndex index = model.indexOfRun(QStringLiteral("run"));

    EXPECT_THAT(index.data(RunTreeModel::DetailRole).toString().toStdString(), HasSubstr("Stopped · 8 of 32 steps · stories"));
    EXPECT_THAT(index.data(Qt::ToolTipRole).toString().toStdString(), HasSubstr("seed 7"));
    EXPECT_THAT(index.data(Qt::ToolTipRole).toString().toStdString(), HasSubstr("compare this"));
    EXPECT_THAT(index.data(Qt::AccessibleTextRole).toString().toStdString(), HasSubstr("found: a hit"));
}

TEST(RunTree, MarksOfASearchBecomePlaces) {
    const MarkedText marked = withoutMarks(QStringLiteral("a \x02river\x03 and \x02rivers\x03"));
    EXPECT_EQ(marked.text, QStringLiteral("a river and rivers"));
    EXPECT_EQ(marked.hits, (QList<std::pair<int, int>>{{2, 5}, {12, 6}}));
}

class DroppedFileTest : public ::testing::Test {
protected:
    DroppedFile drop(const char* name, const QByteArray& contents) {
        QFile file(folder_.filePath(QLatin1String(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(contents);
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        return droppedFile(data);
    }

    QTemporaryDir folder_;
};

TEST_F(DroppedFileTest, IsATraceAModelOrAPrompt) {
    using Kind = DroppedFile::Kind;
    EXPECT_EQ(drop("run.crystal", "whatever").kind, Kind::Trace);
    EXPECT_EQ(drop("run.db", QByteArray("SQLite format 3\0 and so on", 26)).kind, Kind::Trace);
    EXPECT_EQ(drop("model.gguf", "GGUF").kind, Kind::Model);
    EXPECT_EQ(drop("model.safetensors", "x").path, folder_.path());
    const DroppedFile prompt = drop("prompt.txt", "Once upon a tïme");
    EXPECT_EQ(prompt.kind, Kind::Prompt);
    EXPECT_EQ(prompt.text, QStringLiteral("Once upon a tïme"));
}

TEST_F(DroppedFileTest, AnythingElseIsASentence) {
    for (const DroppedFile& file : {drop("picture.png", QByteArray("\x89PNG\r\n\0\0", 8)), drop("latin1.txt", "caf\xe9 au lait"),
                                    drop("long.txt", QByteArray(kLongestPromptFile + 1, 'a'))}) {
        EXPECT_EQ(file.kind, DroppedFile::Kind::Nothing);
        EXPECT_THAT(file.problem.toStdString(), HasSubstr("drop"));
    }
    QMimeData two;
    two.setUrls({QUrl::fromLocalFile(QStringLiteral("/a")), QUrl::fromLocalFile(QStringLiteral("/b"))});
    EXPECT_THAT(droppedFile(two).problem.toStdString(), HasSubstr("2"));
    QMimeData web;
    web.setUrls({QUrl(QStringLiteral("https://example.org/run.crystal"))});
    EXPECT_EQ(droppedFile(web).kind, DroppedFile::Kind::Nothing);
}

}  // namespace
}  // namespace crystallite::testing
