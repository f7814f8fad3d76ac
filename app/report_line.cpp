#include "app/report_line.h"

#include "app/conversions.h"

#include "engine/base/assert.h"

#include <QLocale>
#include <QStringList>

namespace crystallite {

std::string_view nameOf(ValueTag tag) {
    switch (tag) {
        case ValueTag::Measured: return "measured";
        case ValueTag::Derived: return "derived";
        case ValueTag::Illustrative: return "illustrative";
    }
    ENGINE_ASSERT(false);
}

QString tagName(ValueTag tag) {
    switch (tag) {
        case ValueTag::Measured: return translate("measured");
        case ValueTag::Derived: return translate("derived");
        case ValueTag::Illustrative: return translate("illustrative");
    }
    return {};
}

QString tagMeaning(ValueTag tag) {
    switch (tag) {
        case ValueTag::Measured: return translate("Recorded by the engine while it ran: computed from the model's output, or used by it.");
        case ValueTag::Derived: return translate("Computed here from recorded values; the tool tip says how.");
        case ValueTag::Illustrative: return translate("Chosen for the eye, stands for no number. Nothing in this panel is.");
    }
    return {};
}

QString spokenLine(const ReportLine& line) {
    return translate("%1, %2: %3").arg(line.name, tagName(line.tag), line.value);
}

QString localNumber(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

QString plainNumber(float value) {
    return QString::number(double{value}, 'g', 9);
}

void TsvTable::addRow(const QStringList& cells) {
    for (qsizetype column = 0; column < cells.size(); ++column) {
        QString cell = cells[column];
        for (const char16_t breaking : {u'\t', u'\n', u'\r'}) {
            cell.replace(QChar(breaking), QLatin1Char(' '));
        }
        text_ += (column > 0 ? QStringLiteral("\t") : QString()) + cell;
    }
    text_ += QLatin1Char('\n');
}

void TsvTable::addLine(const ReportLine& line) {
    addRow({line.quantity, line.plain.isEmpty() ? line.value : line.plain, toQString(nameOf(line.tag))});
}

}  // namespace crystallite
