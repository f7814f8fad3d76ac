#include "engine/trace/answer_end.h"

namespace crystallite {

AnswerEnd answerEnd(const Trace& trace, uint32_t frame) {
    const Canvas& shown = trace.canvas(frame);
    const uint32_t begin = trace.promptLength();
    AnswerEnd end{.slots = shown.textLength() - begin};
    end.tokens = end.slots;
    for (uint32_t position = begin; position < shown.textLength() && !trace.header().layout; ++position) {
        if (shown.isMasked(position)) {
            break;
        }
        if (trace.isEnd(shown.token(position))) {
            end.tokens = position - begin;
            end.isEnded = true;
            break;
        }
    }
    return end;
}

}  // namespace crystallite
