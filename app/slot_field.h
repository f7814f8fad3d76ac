#pragma once

#include "app/engine_door.h"
#include "app/hand_change.h"
#include "app/slot_overlay.h"

#include <optional>
#include <vector>

class QLabel;
class QLineEdit;

namespace crystallite {

class ProblemLine;
class TokenStrip;

/// Words that are typed into the slots of the canvas: says while they are typed which tokens they are, how many slots they need and which
/// ones, or why they do not fit. Enter writes them.
class SlotField : public SlotOverlay {
    Q_OBJECT
public:
    explicit SlotField(QWidget* canvas);

    /// Of the loaded model; without one nothing can be typed.
    void setEncoder(WordEncoder encoder) { encode_ = std::move(encoder); }
    [[nodiscard]] bool canType() const { return encode_ != nullptr; }
    /// Begins at `position` of a frame; both are borrowed until it is left.
    void type(const Trace& trace, uint32_t frame, uint32_t position, const QRect& slot);
    /// What is said about the words; empty while they fit.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString preview() const;
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void typed(uint32_t position, const std::vector<crystallite::TypedToken>& tokens);
    /// The slots that the words would take.
    void covers(const std::optional<crystallite::SlotSpan>& slots);

private:
    [[nodiscard]] QString usualStart() const;
    void refresh();
    void accept();

    WordEncoder encode_;
    const Trace* trace_ = nullptr;
    uint32_t frame_ = 0;
    uint32_t position_ = 0;
    std::vector<TypedToken> tokens_;
    QLineEdit* words_ = nullptr;
    TokenStrip* strip_ = nullptr;
    QLabel* preview_ = nullptr;
    QLabel* problem_ = nullptr;
};

}  // namespace crystallite
