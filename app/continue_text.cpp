#include "app/continue_text.h"

#include "app/conversions.h"

#include <QLocale>

namespace crystallite {

double millisecondsPerPass(const Trace& trace) {
    double total = 0.0;
    uint64_t passes = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        total += trace.record(step).milliseconds;
        passes += trace.record(step).forwardPasses;
    }
    return passes == 0 ? 0.0 : total / static_cast<double>(passes);
}

QString passesText(const PassesToCome& passes, double millisecondsEach) {
    const QString count = QLocale().toString(static_cast<qulonglong>(passes.passes));
    QString text = passes.passes == 1 ? translate("1 pass") : translate("%1 passes").arg(count);
    if (!passes.isExact) {
        text = translate("at most %1").arg(text);
    }
    if (millisecondsEach > 0.0) {
        const double whole = millisecondsEach * static_cast<double>(passes.passes);
        const QString duration = whole < 1000.0 ? translate("%1 ms").arg(QLocale().toString(whole, 'f', 0))
                                                : translate("%1 s").arg(QLocale().toString(whole / 1000.0, 'f', 1));
        text = translate("%1, about %2").arg(text, duration);
    }
    return text;
}

}  // namespace crystallite
