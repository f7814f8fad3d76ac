#include "app/model_library_dialog.h"

#include "app/open_model_dialog.h"
#include "app/prompt_panel.h"
#include "app/run_verdict.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

namespace crystallite::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kPatienceMs = 60'000;

class ModelLibraryTest : public MainWindowTest {
protected:
    [[nodiscard]] ModelLibraryDialog& dialog() { return window_->modelLibrary(); }
    [[nodiscard]] QTableView& view() { return *dialog().findChild<QTableView*>(QStringLiteral("models")); }
    [[nodiscard]] std::string cell(int row, int column) { return view().model()->index(row, column).data().toString().toStdString(); }
    [[nodiscard]] std::string details() { return dialog().findChild<QLabel*>(QStringLiteral("modelDetails"))->text().toStdString(); }
    /// The library open, with two models and a file that is none.
    void openLibrary() {
        const QDir folder(folder_.path());
        folder.mkpath(QStringLiteral("mine"));
        modelFolder_ = folder.filePath(QStringLiteral("mine"));
        writeFile((modelFolder_ + QStringLiteral("/b.gguf")).toStdString(),
                  randomLladaBuilder({}, 1, WeightFormat::F16).without("general.name").text("general.name", "Beta").build());
        writeFile((modelFolder_ + QStringLiteral("/a.gguf")).toStdString(),
                  randomLladaBuilder({.layers = 6}, 1, WeightFormat::F32).without("general.name").text("general.name", "Alpha").build());
        writeFile((modelFolder_ + QStringLiteral("/none.gguf")).toStdString(), std::vector<std::byte>(64));
        window_->actions().models->trigger();
        ASSERT_TRUE(dialog().isVisible());
        for (QPushButton* button : dialog().findChildren<QPushButton*>()) {
            if (button->text().contains(QStringLiteral("Add"))) {
                button->click();
            }
        }
        ASSERT_TRUE(QTest::qWaitFor([&] { return dialog().sentence() == QStringLiteral("3 models"); }, kPatienceMs))
            << dialog().sentence().toStdString();
        ASSERT_TRUE(QTest::qWaitFor([&] { return cell(1, ModelTable::Fits) != "unknown"; }, kPatienceMs))
            << "the devices come by themselves";
    }
};

TEST_F(ModelLibraryTest, ListsWhatIsThereAndWhetherItFits) {
    open(FakeScript{.graphicsBytes = 10'000});
    openLibrary();
    ASSERT_EQ(view().model()->rowCount(), 3);
    EXPECT_EQ(cell(0, ModelTable::Name), "Alpha");
    EXPECT_EQ(cell(1, ModelTable::Name), "Beta");
    EXPECT_EQ(cell(1, ModelTable::Licence), "not stated");
    EXPECT_EQ(cell(1, ModelTable::Fits), "fits on 1 of 2 devices");
    EXPECT_EQ(cell(1, ModelTable::Speed), "not measured");
    EXPECT_EQ(cell(2, ModelTable::Fits), "cannot be loaded");
    view().selectRow(1);
    EXPECT_THAT(details(),
                AllOf(HasSubstr("b.gguf"), HasSubstr("on the processor: fits"), HasSubstr("does not fit"), HasSubstr("of weights")));
    view().selectRow(2);
    EXPECT_THAT(details(), AllOf(HasSubstr("none.gguf"), Not(HasSubstr("fits"))));
}

TEST_F(ModelLibraryTest, SortsBySizeAndFilters) {
    open(FakeScript{});
    openLibrary();
    view().sortByColumn(ModelTable::Size, Qt::DescendingOrder);
    EXPECT_EQ(cell(0, ModelTable::Name), "Alpha");
    view().sortByColumn(ModelTable::Size, Qt::AscendingOrder);
    EXPECT_EQ(cell(0, ModelTable::Name), "none.gguf");
    auto* filter = dialog().findChild<QLineEdit*>();
    QTest::keyClicks(filter, QStringLiteral("beta"));
    EXPECT_EQ(view().model()->rowCount(), 1);
    QTest::keyClick(filter, Qt::Key_Escape);
    EXPECT_EQ(view().model()->rowCount(), 3);
    EXPECT_TRUE(dialog().isVisible());
    QTest::keyClick(filter, Qt::Key_Escape);
    EXPECT_FALSE(dialog().isVisible());
}

TEST_F(ModelLibraryTest, TheKeyboardLeadsFromTheListToTheModel) {
    open(FakeScript{});
    openLibrary();
    view().setFocus();
    view().selectRow(1);
    QTest::keyClick(&view(), Qt::Key_Return);
    EXPECT_FALSE(dialog().isVisible());
    EXPECT_TRUE(window_->openModelDialog().isVisible());
    window_->openModelDialog().hide();
}

TEST_F(ModelLibraryTest, ARunSaysWhatTheNextOneWillTake) {
    open(FakeScript{.run = {.length = 16, .steps = 8, .finishedSteps = 8}});
    prepareRun(16, 8);
    RunVerdict& verdict = *window_->promptPanel().verdict();
    EXPECT_THAT(verdict.estimate().toStdString(), HasSubstr("not measured yet"));
    runToTheEnd();
    EXPECT_THAT(verdict.estimate().toStdString(), AllOf(HasSubstr("About "), HasSubstr("ms per step, measured"), Not(HasSubstr("yet"))));
    const QString before = verdict.estimate();
    // Half the steps, half the time: another number, or the estimate does not look at the plan.
    prepareRun(16, 4);
    EXPECT_NE(verdict.estimate(), before);
}

}  // namespace
}  // namespace crystallite::testing
