#include "app/run_tree_text.h"

#include "app/conversions.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace crystallite {
namespace {

QString statusName(const RunEntry& entry) {
    if (entry.source == RunSource::File) {
        return translate("File");
    }
    if (entry.source == RunSource::Recovered) {
        return translate("Recovered");
    }
    switch (entry.status) {
        case RunStatus::Running: return translate("Running");
        case RunStatus::Complete: return translate("Complete");
        case RunStatus::Stopped: return translate("Stopped");
        case RunStatus::Failed: return translate("Failed");
    }
    return {};
}

QString stepsOf(const RunEntry& entry) {
    if (entry.status == RunStatus::Complete) {
        return entry.steps == 1 ? translate("1 step") : translate("%1 steps").arg(entry.steps);
    }
    return translate("%1 of %2 steps").arg(entry.steps).arg(std::max(entry.steps, entry.plannedSteps));
}

QString timeOf(const RunEntry& entry, DayGroup day) {
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(entry.created);
    const QLocale locale;
    switch (day) {
        case DayGroup::Today:
        case DayGroup::Yesterday: return locale.toString(time.time(), QLocale::ShortFormat);
        case DayGroup::ThisWeek:
            return QStringLiteral("%1 %2").arg(locale.standaloneDayName(time.date().dayOfWeek(), QLocale::ShortFormat),
                                               locale.toString(time.time(), QLocale::ShortFormat));
        case DayGroup::Older: break;
    }
    return locale.toString(time, QLocale::ShortFormat);
}

}  // namespace

QString dayTitle(DayGroup day) {
    switch (day) {
        case DayGroup::Today: return translate("Today");
        case DayGroup::Yesterday: return translate("Yesterday");
        case DayGroup::ThisWeek: return translate("This week");
        case DayGroup::Older: return translate("Older");
    }
    return {};
}

QString runDetail(const RunEntry& entry, DayGroup day) {
    return QStringList{statusName(entry), stepsOf(entry), toQString(entry.model), timeOf(entry, day)}.join(QStringLiteral(" · "));
}

QString runToolTip(const RunEntry& entry) {
    QStringList lines{runTitle(entry), runDetail(entry, DayGroup::Older)};
    lines << translate("Length %1, %2 steps, blocks of %3")
                 .arg(entry.length)
                 .arg(entry.plannedSteps)
                 .arg(entry.blockLength == 0 ? entry.length : entry.blockLength);
    lines << translate("Policy %1, temperature %2, seed %3")
                 .arg(toQString(entry.policy), QLocale().toString(entry.temperature, 'g', 3))
                 .arg(entry.seed);
    if (!entry.file.empty()) {
        lines << toQString(entry.file);
    }
    if (!entry.note.empty()) {
        lines << toQString(entry.note);
    }
    return lines.join(QLatin1Char('\n'));
}

QString branchPrefix(const RunEntry& entry, bool underParent) {
    if (entry.parent.empty()) {
        return {};
    }
    return underParent ? translate("Branch at step %1: ").arg(entry.parentStep) : translate("Branch: ");
}

QString bookmarkTitle(const Bookmark& bookmark) {
    const QString note = toQString(bookmark.note).simplified();
    const QString step = translate("Bookmark at step %1").arg(bookmark.frame);
    return note.isEmpty() ? step : QStringLiteral("%1: %2").arg(step, note);
}

}  // namespace crystallite
