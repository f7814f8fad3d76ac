#include "app/log_dialog.h"

#include "app/log_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LogDialogTest : public ::testing::Test {
protected:
    LogDialogTest() {
        say(QStringLiteral("model ready"), LogLevel::Info);
        say(QStringLiteral("disk nearly full"), LogLevel::Warning);
        dialog_ = new LogDialog(&log_);  // deletes itself when it is closed
        dialog_->show();
    }
    ~LogDialogTest() override { dialog_->close(); }

    void say(const QString& text, LogLevel level) { log_.add({QDateTime::currentDateTimeUtc(), level, text, 0}); }
    [[nodiscard]] std::string shown() const { return dialog_->shownText().toStdString(); }

    QTemporaryDir folder_;
    LogFile log_{folder_.path()};
    LogDialog* dialog_ = nullptr;
};

TEST_F(LogDialogTest, ShowsWhatWasWrittenAndWhatIsBeingWrittenOnce) {
    EXPECT_THAT(shown(), HasSubstr("model ready"));
    say(QStringLiteral("later"), LogLevel::Info);
    ASSERT_TRUE(QTest::qWaitFor([this] { return dialog_->shownText().contains(QStringLiteral("later")); }));
    EXPECT_EQ(dialog_->shownText().count(QStringLiteral("later")), 1);
    // Written, and shown by the change of the filter before its own message arrives.
    say(QStringLiteral("once"), LogLevel::Info);
    dialog_->findChild<QLineEdit*>(QStringLiteral("logWords"))->setText(QStringLiteral("on"));
    QTest::qWait(20);
    EXPECT_EQ(dialog_->shownText().count(QStringLiteral("once")), 1);
}

TEST_F(LogDialogTest, FiltersByLevelAndByWordsAlsoWhatComesLater) {
    dialog_->findChild<QComboBox*>(QStringLiteral("logLevel"))->setCurrentIndex(static_cast<int>(LogLevel::Warning));
    EXPECT_THAT(shown(), Not(HasSubstr("model ready")));
    EXPECT_THAT(shown(), HasSubstr("disk nearly full"));

    QTest::keyClicks(dialog_->findChild<QLineEdit*>(QStringLiteral("logWords")), QStringLiteral("FULL"));
    say(QStringLiteral("not this"), LogLevel::Error);
    say(QStringLiteral("disk full"), LogLevel::Error);
    ASSERT_TRUE(QTest::qWaitFor([this] { return dialog_->shownText().contains(QStringLiteral("disk full")); }));
    EXPECT_THAT(shown(), Not(HasSubstr("not this")));
}

TEST_F(LogDialogTest, CopiesWhatIsShown) {
    dialog_->findChild<QLineEdit*>(QStringLiteral("logWords"))->setText(QStringLiteral("disk"));
    for (QPushButton* button : dialog_->findChildren<QPushButton*>()) {
        if (button->text().contains(QStringLiteral("Copy"))) {
            button->click();
        }
    }
    EXPECT_EQ(QApplication::clipboard()->text(), dialog_->shownText());
    EXPECT_THAT(shown(), Not(HasSubstr("model ready")));
}

TEST(LogDialog, SaysThatThereIsNoLog) {
    auto* dialog = new LogDialog(nullptr);
    dialog->show();
    const auto labels = dialog->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("This process keeps no log.");
    }));
    dialog->close();
}

}  // namespace
}  // namespace crystallite::testing
