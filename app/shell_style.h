#pragma once

#include "app/theme.h"

#include <QFont>
#include <QString>

class QApplication;
class QLabel;

namespace crystallite {

/// Classes that the style sheet knows; given to a widget by setStyleClass().
namespace style_class {
inline constexpr char kPlain[] = "";           ///< as everything else
inline constexpr char kCaption[] = "caption";  ///< small capitals above a section
inline constexpr char kMuted[] = "muted";      ///< secondary words and numbers
inline constexpr char kTitle[] = "title";
inline constexpr char kName[] = "name";        ///< the program's name in the menu bar
inline constexpr char kTag[] = "tag";          ///< measured, derived
inline constexpr char kLive[] = "live";        ///< the LIVE chip
inline constexpr char kReplay[] = "replay";    ///< the REPLAY chip
inline constexpr char kPrimary[] = "primary";  ///< the one button that starts the main thing
inline constexpr char kWarning[] = "warning";  ///< a sentence that needs a next step
inline constexpr char kProblem[] = "problem";  ///< the message bar when something failed
}  // namespace style_class

void setStyleClass(QWidget* widget, const char* name);

/// Small capitals, for the headings of sections; the style sheet has their size.
[[nodiscard]] QFont captionFont();

/// A section heading; capitals are made by the style, so that screen readers and translators see words.
[[nodiscard]] QLabel* makeCaption(const QString& text, QWidget* parent);

/// A label that wraps and whose text can be selected.
[[nodiscard]] QLabel* makeSentence(const char* styleClass, QWidget* parent);

/// Typeface of the window; `percent` of the usual size, which is the desktop's or 10 pt where that is smaller.
[[nodiscard]] QFont shellFont(int percent = 100);

/// Style sheet of the whole window, whose text is `percent` of its usual size.
[[nodiscard]] QString shellStyleSheet(const Theme& theme, int percent = 100);

/// How much larger the text of the window is than usual: what is drawn beside it grows by as much.
[[nodiscard]] double textScale();

/// Once, before the first window: the widget style and the typeface.
void setupApplicationStyle(QApplication& application);
/// Palette, typeface and style sheet.
void applyTheme(QApplication& application, const Theme& theme, int textPercent);

/// What the desktop would give this application; also clears a palette set before.
[[nodiscard]] QPalette desktopPalette(QApplication& application);

/// `share` of the way from a to b.
[[nodiscard]] QColor mix(const Colour& a, const Colour& b, float share);

}  // namespace crystallite
