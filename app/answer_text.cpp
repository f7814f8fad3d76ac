#include "app/answer_text.h"

#include "app/conversions.h"
#include "engine/trace/answer_end.h"

namespace crystallite {

QString answerEndText(const Trace& trace, uint32_t frame) {
    if (trace.slots() == 0 || trace.header().layout) {
        return {};
    }
    const AnswerEnd end = answerEnd(trace, frame);
    if (end.isEnded) {
        return translate("Answer ended at %1 of %2").arg(end.tokens).arg(end.slots);
    }
    const bool isFull = end.slots > 0 && trace.canvas(frame).maskedCount() == 0;
    return isFull && !trace.header().endIds.empty()
               ? translate("No end of text: the answer fills all %1 slots; a greater length gives it room").arg(end.slots)
               : QString();
}

}  // namespace crystallite
