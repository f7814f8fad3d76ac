#pragma once

#include <QColor>
#include <QPalette>

#include <glm/vec3.hpp>

namespace crystallite {

/// An sRGB colour as the screen shows it, each channel in 0..1.
using Colour = glm::vec3;

/// Every colour of the window. The state colours are the checked sets of four that stay apart under the three dichromacies; a state also
/// has a shape, so that no colour carries meaning alone.
struct Theme {
    bool dark = true;
    /// Outlines in place of fills, text at 7:1 or more, no fainter ink for what is less sure: shape says what lightness says elsewhere.
    bool highContrast = false;

    // Shell
    Colour window;     ///< behind everything, and the ground of the canvas
    Colour panel;      ///< docks, bars
    Colour raised;     ///< buttons, fields, the selected row
    Colour border;     ///< hairlines between panels
    Colour text;       ///< words
    Colour mutedText;  ///< captions; at least 4.5:1 on window and panel, 7:1 in high contrast
    Colour accent;     ///< selection, links, the primary action
    Colour onAccent;   ///< text on accent
    Colour warning;    ///< a sentence that needs a next step

    // States of a slot
    Colour masked;     ///< mask mark, outline of an open slot
    Colour guess;      ///< candidate text of an open slot
    Colour committed;  ///< committed in this step
    Colour remasked;   ///< remasked or edited in this step

    // Ends of the ramp that facet fill runs along with entropy; same hue, so that only lightness speaks
    Colour facetClear;  ///< entropy 0
    Colour facetDense;  ///< entropy at the top of the scale
    Colour facetSolid;  ///< a slot that holds a token
    Colour facetEdge;   ///< outline of a slot that holds a token
    Colour focusRing;   ///< ring of the selected slot

    [[nodiscard]] static Theme darkTheme();
    [[nodiscard]] static Theme lightTheme();
    [[nodiscard]] static Theme highContrastDark();
    [[nodiscard]] static Theme highContrastLight();
    [[nodiscard]] static Theme of(bool dark, bool highContrast);
    /// For the widgets of the shell.
    [[nodiscard]] QPalette palette() const;
};

[[nodiscard]] QColor toQColor(const Colour& colour, float opacity = 1.0F);

/// WCAG 2.1, of an sRGB colour: 0 black .. 1 white.
[[nodiscard]] float relativeLuminance(const Colour& colour);
/// WCAG 2.1 contrast ratio, 1..21.
[[nodiscard]] float contrastRatio(const Colour& a, const Colour& b);

}  // namespace crystallite
