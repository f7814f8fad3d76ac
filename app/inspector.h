#pragma once

#include "app/slot_report.h"
#include "app/theme.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace crystallite {

class CandidateTable;
class HistoryCurve;
class RunDocument;

/// What the trace says about the selected slot at the current frame.
class Inspector : public QWidget {
    Q_OBJECT
public:
    explicit Inspector(RunDocument& document, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] const std::optional<SlotReport>& report() const { return report_; }

public Q_SLOTS:
    void copyAsTsv();

private:
    struct NumberRow {
        QWidget* row = nullptr;
        QLabel* value = nullptr;
    };
    NumberRow addNumber(const QString& name, const QString& tag, const QString& tagHelp);
    void refresh();
    void showReport();

    RunDocument& document_;
    std::optional<SlotReport> report_;
    QLabel* title_ = nullptr;
    QLabel* state_ = nullptr;
    QLabel* hint_ = nullptr;
    QWidget* details_ = nullptr;
    QLabel* distribution_ = nullptr;
    CandidateTable* candidates_ = nullptr;
    NumberRow entropy_;
    NumberRow words_;
    NumberRow margin_;
    NumberRow rank_;
    HistoryCurve* history_ = nullptr;
    QLabel* decision_ = nullptr;
    QPushButton* copy_ = nullptr;
};

}  // namespace crystallite
