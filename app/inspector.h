#pragma once

#include "app/slot_report.h"
#include "app/theme.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace crystallite {

class CandidateTable;
class ElidedLabel;
class HistoryCurve;
class HistoryList;
class InspectorSection;
class RunDocument;
class ValueList;

/// What the trace says about one slot at the current frame: the selected one, or the one that it was locked to. A locked slot is followed
/// by its key, wherever inserts and deletes move it.
class Inspector : public QWidget {
    Q_OBJECT
public:
    explicit Inspector(RunDocument& document, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] const std::optional<SlotReport>& report() const { return report_; }
    [[nodiscard]] bool isLocked() const { return lockedKey_.has_value(); }
    /// Of a dock: "Inspector", or "Inspector · position 41, locked".
    [[nodiscard]] QString title() const;

public Q_SLOTS:
    void copyAsTsv();
    /// To the slot that is shown; without one it stays unlocked.
    void setLocked(bool locked);

Q_SIGNALS:
    void titleChanged(const QString& title);
    void frameChosen(uint32_t frame);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addHeader();
    void addState();
    void addSections();
    InspectorSection* addSection(const QString& title, const char* name, bool openAtFirst);
    void addDistribution();
    void addHistory();
    void addRaw();
    void addLegend();
    void connectDocument();
    void refresh();
    void showNothing();
    void showReport();
    void tellTitle();
    /// Where the slot stands that is to be shown, if it is on the canvas.
    [[nodiscard]] std::optional<uint32_t> shownPosition() const;

    RunDocument& document_;
    std::optional<SlotReport> report_;
    std::optional<uint32_t> lockedKey_;
    QString toldTitle_;
    ElidedLabel* heading_ = nullptr;
    QToolButton* lock_ = nullptr;
    QLabel* state_ = nullptr;
    QLabel* stateTag_ = nullptr;
    QWidget* details_ = nullptr;
    InspectorSection* now_ = nullptr;
    ValueList* nowValues_ = nullptr;
    InspectorSection* distribution_ = nullptr;
    QLabel* basis_ = nullptr;
    CandidateTable* candidates_ = nullptr;
    ValueList* numbers_ = nullptr;
    InspectorSection* decision_ = nullptr;
    QLabel* why_ = nullptr;
    ValueList* decisionValues_ = nullptr;
    InspectorSection* history_ = nullptr;
    HistoryCurve* curve_ = nullptr;
    HistoryList* changes_ = nullptr;
    InspectorSection* raw_ = nullptr;
    QPlainTextEdit* rawText_ = nullptr;
};

}  // namespace crystallite
