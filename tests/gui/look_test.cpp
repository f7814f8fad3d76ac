#include "app/look.h"

#include "app/shell_style.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QRegularExpression>

namespace crystallite {
namespace {

QPalette paletteOf(QRgb window, QRgb text, QRgb base, QRgb button) {
    QPalette palette;
    palette.setColor(QPalette::Window, QColor::fromRgb(window));
    palette.setColor(QPalette::WindowText, QColor::fromRgb(text));
    palette.setColor(QPalette::Base, QColor::fromRgb(base));
    palette.setColor(QPalette::Button, QColor::fromRgb(button));
    return palette;
}

TEST(DesktopHints, APaletteSaysWhetherItIsDarkAndWhetherItHasHighContrast) {
    const struct {
        const char* name;
        QPalette palette;
        bool dark;
        bool highContrast;
    } cases[] = {{"usual light", paletteOf(0xEFEFEF, 0x000000, 0xFFFFFF, 0xEFEFEF), false, false},
                 {"usual dark", paletteOf(0x2B2B2B, 0xFFFFFF, 0x1E1E1E, 0x353535), true, false},
                 {"white on black without fills", paletteOf(0x000000, 0xFFFFFF, 0x000000, 0x000000), true, true},
                 {"black on white without fills", paletteOf(0xFFFFFF, 0x000000, 0xFFFFFF, 0xFFFFFF), false, true},
                 {"white window with grey buttons", paletteOf(0xFFFFFF, 0x000000, 0xFFFFFF, 0xE0E0E0), false, false}};
    for (const auto& one : cases) {
        const PartialHints hints = hintsOf(one.palette);
        EXPECT_EQ(hints.dark, one.dark) << one.name;
        EXPECT_EQ(hints.highContrast, one.highContrast) << one.name;
        EXPECT_FALSE(hints.reducedMotion) << one.name << ": a palette says nothing about motion";
    }
}

TEST(DesktopHints, TheFirstSourceThatKnowsDecides) {
    const DesktopHints hints =
        joined({{.dark = true}, {.dark = false, .reducedMotion = true}, {.highContrast = true, .reducedMotion = false}});

    EXPECT_EQ(hints, (DesktopHints{.dark = true, .highContrast = true, .reducedMotion = true}));
    EXPECT_EQ(joined({}), DesktopHints());
}

class LookTest : public ::testing::Test {
protected:
    void TearDown() override { applyTheme(*qApp, Theme::darkTheme(), 100); }

    /// Tells the look what a desktop would that has this palette.
    void setDesktop(const QPalette& palette) {
        QApplication::setPalette(palette);
        look_.takeWindowEvent(QEvent::ApplicationPaletteChange);
    }

    Look look_;
};

TEST_F(LookTest, HighContrastGoesWithEveryTheme) {
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        for (const bool high : {false, true}) {
            look_.setTheme(theme);
            look_.setHighContrast(high);
            EXPECT_EQ(look_.theme().dark, theme == ThemeChoice::Dark);
            EXPECT_EQ(look_.theme().highContrast, high);
            EXPECT_EQ(QApplication::palette().color(QPalette::Window), toQColor(look_.theme().panel));
        }
    }
}

TEST_F(LookTest, FollowsTheDesktopUntilSomebodyChooses) {
    const QPalette high = paletteOf(0x000000, 0xFFFFFF, 0x000000, 0x000000);
    const QPalette usual = paletteOf(0xEFEFEF, 0x000000, 0xFFFFFF, 0xEFEFEF);

    setDesktop(high);
    EXPECT_TRUE(look_.isHighContrast());
    EXPECT_TRUE(look_.theme().dark);
    setDesktop(usual);
    EXPECT_FALSE(look_.isHighContrast());
    EXPECT_FALSE(look_.theme().dark);

    look_.setHighContrast(true);
    setDesktop(usual);
    EXPECT_TRUE(look_.isHighContrast()) << "a choice stays";
    look_.setHighContrast(false);
    EXPECT_FALSE(look_.choices().highContrast) << "what the desktop has is no choice";
    setDesktop(high);
    EXPECT_TRUE(look_.isHighContrast()) << "and the desktop is followed again";
}

TEST_F(LookTest, TextGrowsAndShrinksInStepsThatEnd) {
    const double usual = QApplication::font().pointSizeF();
    int changes = 0;
    QObject::connect(&look_, &Look::changed, &look_, [&changes] { ++changes; });

    look_.enlargeText();
    EXPECT_EQ(look_.choices().textPercent, 110);
    EXPECT_NEAR(QApplication::font().pointSizeF(), shellFont().pointSizeF() * 1.1, 0.01);
    for (int presses = 0; presses < 10; ++presses) {
        look_.enlargeText();
    }
    EXPECT_EQ(look_.choices().textPercent, 200);
    for (int presses = 0; presses < 20; ++presses) {
        look_.shrinkText();
    }
    EXPECT_EQ(look_.choices().textPercent, 80);
    look_.resetText();
    EXPECT_EQ(look_.choices().textPercent, 100);
    EXPECT_NEAR(QApplication::font().pointSizeF(), shellFont().pointSizeF(), 0.01);
    EXPECT_GT(usual, 0.0);
    EXPECT_EQ(changes, 5 + 7 + 1) << "where there is no further size nothing is applied again";
}

TEST_F(LookTest, ASizeThatNobodyOffersIsTheUsualOne) {
    look_.setChoices({.textPercent = 1000});

    EXPECT_EQ(look_.choices().textPercent, 100);
}

TEST(ShellStyle, EverySizeOfTextInTheSheetGrows) {
    const QRegularExpression points(QStringLiteral("([0-9.]+)pt"));
    const auto sizes = [&points](const QString& sheet) {
        std::vector<double> found;
        for (auto match = points.globalMatch(sheet); match.hasNext();) {
            found.push_back(match.next().captured(1).toDouble());
        }
        return found;
    };
    const std::vector<double> usual = sizes(shellStyleSheet(Theme::darkTheme(), 100));
    const std::vector<double> twice = sizes(shellStyleSheet(Theme::darkTheme(), 200));

    ASSERT_GE(usual.size(), 5U);
    ASSERT_EQ(usual.size(), twice.size());
    for (size_t i = 0; i < usual.size(); ++i) {
        EXPECT_NEAR(twice[i], 2.0 * usual[i], 0.02);
    }
}

TEST(ShellStyle, NoPlaceholderIsLeftInAnyTheme) {
    for (const bool dark : {false, true}) {
        for (const bool high : {false, true}) {
            EXPECT_FALSE(shellStyleSheet(Theme::of(dark, high)).contains(QLatin1Char('@')));
        }
    }
}

}  // namespace
}  // namespace crystallite
