#include "app/run_marks.h"

#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace crystallite::testing {
namespace {

TEST(FrameRange, BeginsAndEndsWhereItIsTold) {
    EXPECT_EQ(rangeFrom(std::nullopt, 3, 8), (FrameRange{3, 8}));
    EXPECT_EQ(rangeUpTo(std::nullopt, 3), (FrameRange{0, 3}));
    EXPECT_EQ(rangeFrom(FrameRange{1, 5}, 3, 8), (FrameRange{3, 5}));
    EXPECT_EQ(rangeUpTo(FrameRange{1, 5}, 3), (FrameRange{1, 3}));
}

TEST(FrameRange, ThatWouldBeEmptyReachesToTheEndOfTheRun) {
    EXPECT_EQ(rangeFrom(FrameRange{1, 5}, 6, 8), (FrameRange{6, 8}));
    EXPECT_EQ(rangeUpTo(FrameRange{4, 5}, 3), (FrameRange{0, 3}));
}

TEST(RunMarks, KeepOneBookmarkOfAFrameInTheOrderOfFrames) {
    RunMarks marks;

    marks.putBookmark({.frame = 5, .note = "b"});
    marks.putBookmark({.frame = 2, .note = "a"});
    marks.putBookmark({.frame = 5, .note = "c"});

    EXPECT_EQ(marks.bookmarks(), (std::vector<Bookmark>{{.frame = 2, .note = "a"}, {.frame = 5, .note = "c"}}));
    ASSERT_NE(marks.bookmarkAt(5), nullptr);
    EXPECT_EQ(marks.bookmarkAt(5)->note, "c");
    EXPECT_EQ(marks.bookmarkAt(3), nullptr);
    marks.removeBookmark(2);
    EXPECT_EQ(marks.bookmarks().size(), 1U);
}

TEST(RunMarks, ToggleABreakpoint) {
    RunMarks marks;

    marks.toggleBreakpoint(7);
    EXPECT_EQ(marks.breakpoints(), std::set<uint32_t>{7});
    marks.toggleBreakpoint(7);
    EXPECT_TRUE(marks.breakpoints().empty());
}

TEST(RunMarks, OfAnotherRunAreItsBookmarksAlone) {
    RunDocument document;
    Trace trace = syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 4});
    document.reset(trace, false);
    document.marks().setRange(FrameRange{1, 2});
    document.marks().setLoops(true);
    document.marks().toggleBreakpoint(3);
    const QSignalSpy edits(&document.marks(), &RunMarks::bookmarksEdited);

    trace.setBookmarks({{.frame = 4, .note = "end"}});
    document.reset(trace, false);

    EXPECT_EQ(document.marks().bookmarks(), trace.bookmarks());
    EXPECT_FALSE(document.marks().range());
    EXPECT_FALSE(document.marks().loops());
    EXPECT_TRUE(document.marks().breakpoints().empty());
    EXPECT_EQ(edits.count(), 0) << "nobody edited them";
}

TEST(RunMarks, EditedBookmarksArePartOfTheTrace) {
    RunDocument document;
    document.reset(syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 4}), false);

    document.marks().putBookmark({.frame = 3, .position = 1, .note = "here"});

    EXPECT_EQ(document.trace().bookmarks(), (std::vector<Bookmark>{{.frame = 3, .position = 1, .note = "here"}}));
}

}  // namespace
}  // namespace crystallite::testing
