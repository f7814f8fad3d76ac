#include "app/step_summary.h"

#include "app/conversions.h"
#include "app/token_text.h"

#include <QStringList>

#include <utility>

namespace crystallite {
namespace {

constexpr qsizetype kMostWords = 8;  // of one kind; a longer list is a text, which the reading view has

QString listed(const QStringList& words) {
    QString list = words.mid(0, kMostWords).join(QStringLiteral(", "));
    if (words.size() > kMostWords) {
        list += translate(" and %1 more").arg(words.size() - kMostWords);
    }
    return list;
}

}  // namespace

QString changedWords(const Trace& trace, uint32_t frame) {
    if (frame == 0 || frame > trace.steps()) {
        return {};
    }
    const std::pair<EventKind, QString> kinds[] = {{EventKind::Commit, translate("committed: %1")},
                                                   {EventKind::Remask, translate("remasked: %1")},
                                                   {EventKind::Edit, translate("edited: %1")},
                                                   {EventKind::Pin, translate("pinned: %1")},
                                                   {EventKind::Unpin, translate("unpinned: %1")}};
    QStringList parts;
    for (const auto& [kind, label] : kinds) {
        QStringList words;
        for (const SlotEvent& event : trace.record(frame).events) {
            if (event.kind != kind) {
                continue;
            }
            const QString before = tokenLabel(trace, event.before);
            const QString after = tokenLabel(trace, event.after);
            words << (kind == EventKind::Edit ? translate("%1 to %2").arg(before, after) : kind == EventKind::Remask ? before : after);
        }
        if (!words.isEmpty()) {
            parts << label.arg(listed(words));
        }
    }
    return parts.join(QStringLiteral("; "));
}

QString stepSummary(const Trace& trace, uint32_t frame, bool words) {
    const QString sentence = frameSentence(trace, frame);
    const QString changed = words ? changedWords(trace, frame) : QString();
    return changed.isEmpty() ? sentence : sentence + QLatin1Char(' ') + changed + QLatin1Char('.');
}

}  // namespace crystallite
