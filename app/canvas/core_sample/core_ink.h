#pragma once

#include "app/canvas/core_sample/core_block.h"
#include "app/theme.h"

#include <array>
#include <cstddef>

namespace crystallite {

/// A mark inside a face that does not need colour to be told from the others.
enum class CorePattern : uint8_t {
    None,
    Hatched,  ///< remasked or edited
    Dotted,   ///< end-of-text
};

/// What a tile or prism of the core sample is drawn with.
///
/// | drawn | bound to | field of the trace |
/// |---|---|---|
/// | place across | slot | layout of the page |
/// | place along | frame | number of the record |
/// | colour and opacity of an open prism | entropy, on the canvas's fixed scale: the denser, the less is decided | belief: entropy |
/// | fainter open prism | not eligible | record: eligible range |
/// | pale ice | holds a token | canvas |
/// | amber, one step thick | committed in this step | event: commit |
/// | hatched orange, one step thick | remasked or edited in this step | event: remask, edit |
/// | fainter, dotted | end-of-text | end ids of the header |
/// | outline without a body | prompt, pinned | canvas: region |
/// | nothing | behind the text | canvas: room |
/// | fainter than the rest | later than the lit frame | cursor |
///
/// Light from above and the shine beside the lit plane say where a face lies, and nothing about the run.
struct CoreInk {
    Colour colour{0.0F};
    float opacity = 0.0F;  ///< of one face; a prism shows up to three
    Colour edge{0.0F};
    float edgeOpacity = 0.0F;
    CorePattern pattern = CorePattern::None;
    [[nodiscard]] bool isBlank() const { return opacity <= 0.0F && edgeOpacity <= 0.0F; }
};

[[nodiscard]] CoreInk coreInkOf(const CoreTile& tile, float fill, const Theme& theme);

/// coreInkOf() of one theme, looked up: colours are mixed once. The fill is rounded to 255 steps, finer than a byte of any channel.
class CoreInks {
public:
    explicit CoreInks(const Theme& theme);
    [[nodiscard]] const CoreInk& of(const CoreTile& tile, float fill) const;

private:
    static constexpr size_t kLevels = 256;
    std::array<std::array<CoreInk, kLevels>, 2> open_;       // by eligibility
    std::array<std::array<CoreInk, kTileKinds>, 2> closed_;  // by end-of-text
};

/// Of what comes after the lit frame, body and edge, so that the lit plane can be read through it.
inline constexpr float kLaterOpacity = 0.15F;
inline constexpr float kLaterEdge = 0.30F;

}  // namespace crystallite
