#include "app/theme.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace crystallite {

namespace {

Colour fromHex(uint32_t rgb) {
    return Colour(static_cast<float>((rgb >> 16U) & 0xFFU), static_cast<float>((rgb >> 8U) & 0xFFU), static_cast<float>(rgb & 0xFFU)) /
           255.0F;
}

}  // namespace

Theme Theme::darkTheme() {
    Theme theme;
    theme.dark = true;
    theme.window = fromHex(0x14161C);
    theme.panel = fromHex(0x181B22);
    theme.raised = fromHex(0x222733);
    theme.border = fromHex(0x2A2F3A);
    theme.text = fromHex(0xECEFF4);
    theme.mutedText = fromHex(0x9098A6);
    theme.accent = fromHex(0x89B3F7);
    theme.onAccent = fromHex(0x0F1B2E);
    theme.warning = fromHex(0xF0A35E);
    theme.masked = fromHex(0x61656C);
    theme.guess = fromHex(0x89B3F7);
    theme.committed = fromHex(0xF0C226);
    theme.remasked = fromHex(0xDC6D09);
    theme.facetClear = fromHex(0x151C29);
    theme.facetDense = fromHex(0x36435A);
    theme.facetSolid = fromHex(0x1D222D);
    theme.facetEdge = fromHex(0x566174);
    theme.focusRing = fromHex(0xF4F7FB);
    return theme;
}

Theme Theme::lightTheme() {
    Theme theme;
    theme.dark = false;
    theme.window = fromHex(0xFFFFFF);
    theme.panel = fromHex(0xF6F7F9);
    theme.raised = fromHex(0xE9ECF1);
    theme.border = fromHex(0xD9DDE4);
    theme.text = fromHex(0x1B1F24);
    theme.mutedText = fromHex(0x5C636D);
    theme.accent = fromHex(0x0C57AD);
    theme.onAccent = fromHex(0xFFFFFF);
    theme.warning = fromHex(0x8A4A08);
    theme.masked = fromHex(0x8B9097);
    theme.guess = fromHex(0x0C57AD);
    theme.committed = fromHex(0x8D7422);
    theme.remasked = fromHex(0xA11307);
    theme.facetClear = fromHex(0xFBFCFE);
    theme.facetDense = fromHex(0xD3D9E3);
    theme.facetSolid = fromHex(0xFFFFFF);
    theme.facetEdge = fromHex(0xA3ADBC);
    theme.focusRing = fromHex(0x12161C);
    return theme;
}

Theme Theme::highContrastDark() {
    Theme theme;
    theme.dark = true;
    theme.highContrast = true;
    theme.window = theme.panel = theme.raised = fromHex(0x000000);
    theme.border = fromHex(0xB4B4B4);
    theme.text = fromHex(0xFFFFFF);
    theme.mutedText = fromHex(0xD4D4D4);
    theme.accent = fromHex(0x74BAF7);
    theme.onAccent = fromHex(0x000000);
    theme.warning = fromHex(0xFFB070);
    theme.masked = fromHex(0x757575);
    theme.guess = fromHex(0x74BAF7);
    theme.committed = fromHex(0xFFCD00);
    theme.remasked = fromHex(0xDE831F);
    theme.facetClear = theme.facetDense = theme.facetSolid = theme.window;
    theme.facetEdge = fromHex(0xB4B4B4);
    theme.focusRing = fromHex(0xFFFFFF);
    return theme;
}

Theme Theme::highContrastLight() {
    Theme theme;
    theme.dark = false;
    theme.highContrast = true;
    theme.window = theme.panel = theme.raised = fromHex(0xFFFFFF);
    theme.border = fromHex(0x5A5A5A);
    theme.text = fromHex(0x000000);
    theme.mutedText = fromHex(0x3C3C3C);
    theme.accent = fromHex(0x240083);
    theme.onAccent = fromHex(0xFFFFFF);
    theme.warning = fromHex(0x7A2E00);
    theme.masked = fromHex(0x757575);
    theme.guess = fromHex(0x240083);
    theme.committed = fromHex(0x614700);
    theme.remasked = fromHex(0x400008);
    theme.facetClear = theme.facetDense = theme.facetSolid = theme.window;
    theme.facetEdge = fromHex(0x5A5A5A);
    theme.focusRing = fromHex(0x000000);
    return theme;
}

Theme Theme::of(bool dark, bool highContrast) {
    if (highContrast) {
        return dark ? highContrastDark() : highContrastLight();
    }
    return dark ? darkTheme() : lightTheme();
}

QPalette Theme::palette() const {
    QPalette result;
    result.setColor(QPalette::Window, toQColor(panel));
    result.setColor(QPalette::WindowText, toQColor(text));
    result.setColor(QPalette::Base, toQColor(window));
    result.setColor(QPalette::AlternateBase, toQColor(panel));
    result.setColor(QPalette::Text, toQColor(text));
    result.setColor(QPalette::PlaceholderText, toQColor(mutedText));
    result.setColor(QPalette::Button, toQColor(raised));
    result.setColor(QPalette::ButtonText, toQColor(text));
    result.setColor(QPalette::BrightText, toQColor(warning));
    result.setColor(QPalette::Highlight, toQColor(accent));
    result.setColor(QPalette::HighlightedText, toQColor(onAccent));
    result.setColor(QPalette::Link, toQColor(accent));
    result.setColor(QPalette::ToolTipBase, toQColor(raised));
    result.setColor(QPalette::ToolTipText, toQColor(text));
    result.setColor(QPalette::Light, toQColor(border));
    result.setColor(QPalette::Midlight, toQColor(border));
    result.setColor(QPalette::Mid, toQColor(border));
    result.setColor(QPalette::Dark, toQColor(window));
    result.setColor(QPalette::Shadow, toQColor(window));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        result.setColor(QPalette::Disabled, role, toQColor(masked));
    }
    return result;
}

QColor toQColor(const Colour& colour, float opacity) {
    return QColor::fromRgbF(colour.r, colour.g, colour.b, opacity);
}

float relativeLuminance(const Colour& colour) {
    const auto linear = [](float channel) { return channel <= 0.04045F ? channel / 12.92F : std::pow((channel + 0.055F) / 1.055F, 2.4F); };
    return 0.2126F * linear(colour.r) + 0.7152F * linear(colour.g) + 0.0722F * linear(colour.b);
}

float contrastRatio(const Colour& a, const Colour& b) {
    // The list form returns values; the other returns references to the temporaries.
    const auto [darker, lighter] = std::minmax({relativeLuminance(a), relativeLuminance(b)});
    return (lighter + 0.05F) / (darker + 0.05F);
}

}  // namespace crystallite
