#include "app/go_to.h"

#include "app/conversions.h"

#include <QRegularExpression>

namespace crystallite {

GoTo readGoTo(const QString& typed, const Trace& trace, uint32_t frame) {
    static const QRegularExpression kForm(QStringLiteral("^\\s*([sp]?)\\s*([0-9]+)\\s*$"), QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = kForm.match(typed);
    if (!match.hasMatch()) {
        return {.problem = typed.trimmed().isEmpty()
                               ? translate("Type a step (12 or s12) or a position (p40).")
                               : translate("“%1” is neither a step (12 or s12) nor a position (p40).").arg(typed.trimmed())};
    }
    bool fits = false;
    const uint32_t number = match.captured(2).toUInt(&fits);
    if (match.captured(1).toLower() != QLatin1String("p")) {
        if (!fits || number > trace.steps()) {
            return {.problem = translate("There is no step %1; this run has steps 0 to %2.").arg(match.captured(2)).arg(trace.steps())};
        }
        return {.frame = number};
    }
    const uint32_t length = trace.canvas(frame).textLength();
    if (!fits || number == 0 || number > length) {
        return {.problem = translate("There is no position %1; the text has positions 1 to %2.").arg(match.captured(2)).arg(length)};
    }
    return {.position = number - 1};
}

}  // namespace crystallite
