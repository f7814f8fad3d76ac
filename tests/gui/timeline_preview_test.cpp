#include "app/timeline_preview.h"
#include "app/conversions.h"
#include "app/token_text.h"
#include "tests/support/synthetic_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(TimelinePreview, SaysWhatWasCommittedInTheStep) {
    const Trace trace = handWorkedTrace({{.probabilities = {0.75F, 0.2F}}, {.probabilities = {0.5F}}, {.probabilities = {0.25F}}}, {1, 2});

    const TimelinePreview preview = previewOf(trace, 1, {});

    EXPECT_EQ(preview.title.toStdString(), "Step 1 of 1");
    EXPECT_EQ(preview.numbers.first().toStdString(), "1 masked");
    EXPECT_EQ(preview.changes, QStringList({QStringLiteral("alpha 0.75"), QStringLiteral("alpha 0.50")}));
    EXPECT_EQ(preview.more, 0U);
    const std::vector<TimelinePreview::Piece> wanted = {{.text = QStringLiteral("Prompt"), .changed = false},
                                                        {.text = QStringLiteral(" alpha alpha"), .changed = true},
                                                        {.text = QStringLiteral(" □"), .changed = false}};
    EXPECT_EQ(preview.text, wanted);
}

TEST(TimelinePreview, CountsWhatItDoesNotList) {
    const Trace trace = syntheticTrace({.length = 64, .steps = 4, .finishedSteps = 4});

    const TimelinePreview preview = previewOf(trace, 2, {});

    EXPECT_EQ(preview.changes.size() + static_cast<qsizetype>(preview.more), 16);
    EXPECT_GT(preview.more, 0U);
}

TEST(TimelinePreview, SaysWhichStepOfItsBlockItIs) {
    const Trace trace = syntheticTrace({.length = 32, .steps = 16, .blockLength = 8, .finishedSteps = 16});

    EXPECT_EQ(previewOf(trace, 7, {}).numbers.last().toStdString(), "block 2, its step 3");
    const Trace oneBlock = syntheticTrace({.length = 32, .steps = 16, .finishedSteps = 16});
    EXPECT_THAT(previewOf(oneBlock, 7, {}).numbers.last().toStdString(), HasSubstr("ms")) << "nothing to say of the only block";
}

TEST(TimelinePreview, BelongsToTheFrameAndNotToTheCursor) {
    const Trace trace = syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12});
    for (const uint32_t frame : {0U, 3U, 12U}) {
        QString text;
        for (const TimelinePreview::Piece& piece : previewOf(trace, frame, {}).text) {
            text += piece.text;
        }
        EXPECT_EQ(text.contains(toQString(kMaskText)), frame < 12) << text.toStdString();
    }
    EXPECT_EQ(previewOf(trace, 0, {}).title.toStdString(), "Before the first step");
    const TimelinePreview planned = previewOf(trace, 13, {});
    EXPECT_THAT(planned.title.toStdString(), HasSubstr("not computed"));
    EXPECT_TRUE(planned.text.empty());
}

TEST(TimelinePreview, NamesARemask) {
    const Trace trace = syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12, .remasks = true});
    EXPECT_THAT(previewOf(trace, 6, {}).changes.join(QLatin1Char('|')).toStdString(), HasSubstr("remasked"));
}

TEST(TimelinePreview, BringsTheNotesOfItsBookmarks) {
    const Trace trace = syntheticTrace({.length = 24, .steps = 12, .finishedSteps = 12});
    const std::vector<Bookmark> bookmarks = {{.frame = 3, .note = "the name <settles>"}, {.frame = 4, .note = "another"}};

    const TimelinePreview preview = previewOf(trace, 3, bookmarks);

    EXPECT_EQ(preview.notes, QStringList(QStringLiteral("the name <settles>")));
    EXPECT_THAT(previewHtml(preview, QStringLiteral("#111"), QStringLiteral("#222")).toStdString(), HasSubstr("&lt;settles&gt;"));
}

TEST(TimelinePreview, TheSpokenFrameStartsWithItsSentenceAndStaysShort) {
    const Trace trace = syntheticTrace({.length = 64, .steps = 4, .finishedSteps = 4});

    const std::string spoken = spokenFrame(trace, 2).toStdString();

    EXPECT_THAT(spoken, StartsWith("Step 2 of 4. 32 committed, 32 masked. In this step: "));
    EXPECT_THAT(spoken, HasSubstr(" percent, "));
    EXPECT_THAT(spoken, HasSubstr("and 13 more."));
    EXPECT_EQ(spokenFrame(trace, 0), frameSentence(trace, 0));
    EXPECT_EQ(spokenFrame(Trace(), 0), frameSentence(Trace(), 0));
}

}  // namespace
}  // namespace crystallite::testing
