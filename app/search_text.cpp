#include "app/search_text.h"

#include "app/canvas/slot_names.h"
#include "app/conversions.h"
#include "app/report_line.h"
#include "app/token_text.h"

#include <cmath>

namespace crystallite {
namespace {

/// In the frame of the match, or in the one before where its step removed the slot.
std::optional<uint32_t> placeOf(uint32_t key, uint32_t frame, const Trace& trace) {
    const std::optional<uint32_t> position = trace.canvas(frame).positionOf(key);
    return position || frame == 0 ? position : trace.canvas(frame - 1).positionOf(key);
}

QString probabilityText(const SearchHit& hit) {
    if (std::isnan(hit.lowest)) {
        return translate("typed by hand");
    }
    // Two digits of what a model hardly thought of would say that it thought of it not at all.
    constexpr double kLeastShown = 0.01;
    if (double{hit.highest} < kLeastShown) {
        return translate("p below %1").arg(localNumber(kLeastShown));
    }
    const QString lowest = localNumber(double{hit.lowest});
    const QString highest = localNumber(double{hit.highest});
    return lowest == highest ? translate("p %1").arg(lowest) : translate("p %1–%2").arg(lowest, highest);
}

QString readText(const SearchHit& hit, const Trace& trace) {
    const std::optional<uint32_t> first = placeOf(hit.key, hit.firstStep, trace);
    const std::optional<uint32_t> last = placeOf(hit.lastKey, hit.firstStep, trace);
    std::string bytes;
    for (uint32_t position = first.value_or(1); position <= last.value_or(0); ++position) {
        const Canvas& canvas = trace.canvas(hit.firstStep);
        bytes += canvas.isMasked(position) ? std::string(kMaskText) : trace.piece(canvas.token(position));
    }
    return toQString(bytes).simplified();
}

}  // namespace

std::optional<uint32_t> hitPosition(const SearchHit& hit, const Trace& trace) {
    return trace.canvas(hit.firstStep).positionOf(hit.key);
}

QString hitPlace(const SearchHit& hit, const Trace& trace) {
    const QString step = hit.firstStep == hit.lastStep ? translate("step %1").arg(hit.firstStep)
                                                       : translate("steps %1–%2").arg(hit.firstStep).arg(hit.lastStep);
    const uint32_t first = placeOf(hit.key, hit.firstStep, trace).value_or(0);
    const uint32_t last = placeOf(hit.lastKey, hit.firstStep, trace).value_or(first);
    const QString place = first == last ? placeName(trace, first) : translate("Positions %1–%2").arg(first + 1).arg(last + 1);
    return QStringLiteral("%1 · %2").arg(step, place);
}

QString hitText(const SearchHit& hit, const Trace& trace) {
    const QString token = tokenLabel(trace, hit.token);
    switch (hit.kind) {
        case SearchHit::Kind::Committed: return translate("committed “%1”, %2").arg(token, probabilityText(hit));
        case SearchHit::Kind::Exchanged: return translate("exchanged for “%1”, %2").arg(token, probabilityText(hit));
        case SearchHit::Kind::Guessed:
            return hit.rank == 1 ? translate("best guess “%1”, %2").arg(token, probabilityText(hit))
                                 : translate("guess no. %1: “%2”, %3").arg(hit.rank).arg(token, probabilityText(hit));
        case SearchHit::Kind::Read: return translate("reads “%1”").arg(readText(hit, trace));
    }
    return {};
}

}  // namespace crystallite
