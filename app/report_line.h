#pragma once

#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace crystallite {

/// Where a value on screen comes from.
enum class ValueTag : uint8_t {
    Measured,      ///< recorded by the engine while it ran
    Derived,       ///< computed from recorded values
    Illustrative,  ///< stands for no number
};

std::string_view nameOf(ValueTag tag);  ///< "measured", "derived", "illustrative"; for tables, never translated
[[nodiscard]] QString tagName(ValueTag tag);
/// One sentence for a legend.
[[nodiscard]] QString tagMeaning(ValueTag tag);

/// One value of a report, for eyes, screen readers and tables.
struct ReportLine {
    QString name;
    QString value;  ///< rounded, in the person's locale
    ValueTag tag = ValueTag::Measured;
    QString help;      ///< a sentence about the value; may be empty
    QString quantity;  ///< its name in a table: never translated
    QString plain;     ///< its value in a table: full precision, C locale; empty: as `value`
    friend bool operator==(const ReportLine&, const ReportLine&) = default;
};

/// "entropy, measured: 2.11 nats"
[[nodiscard]] QString spokenLine(const ReportLine& line);

/// In the person's locale.
[[nodiscard]] QString localNumber(double value, int decimals = 2);
/// As many digits as the bits hold, in the C locale.
[[nodiscard]] QString plainNumber(float value);

/// Tab separated values: a header line, then a line for every row. Tabs and line breaks inside a cell become blanks.
class TsvTable {
public:
    explicit TsvTable(const QStringList& header) { addRow(header); }
    void addRow(const QStringList& cells);
    /// Quantity, value and tag.
    void addLine(const ReportLine& line);
    [[nodiscard]] const QString& text() const { return text_; }

private:
    QString text_;
};

}  // namespace crystallite
