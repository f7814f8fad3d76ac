#pragma once

#include "engine/trace/trace.h"

#include <cstdint>

namespace crystallite {

/// How far the answer reaches at a frame: the text behind the prompt, up to the first token that ends it and has no masked slot in front.
struct AnswerEnd {
    uint32_t tokens = 0;  ///< of the answer, the one that ends it not counted
    uint32_t slots = 0;   ///< behind the prompt, in which it stands
    bool isEnded = false;
    friend bool operator==(const AnswerEnd&, const AnswerEnd&) = default;
};

/// A board never ends. Where a slot is masked in front, nothing can be said yet: not ended.
AnswerEnd answerEnd(const Trace& trace, uint32_t frame);

}  // namespace crystallite
