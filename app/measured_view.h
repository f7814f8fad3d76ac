#pragma once

#include "app/probe_text.h"
#include "app/theme.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;

namespace crystallite {

class CandidateTable;

/// What an extra pass measured: a sentence, the choice of layer and head where there is one, and a table. Stays as it is while the window
/// moves on, and then says what it is of.
class MeasuredView : public QWidget {
    Q_OBJECT
public:
    explicit MeasuredView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Of a slot of `trace`, which must stay until the next result or clear().
    void showResult(const ProbeResult& result, const Trace& trace);
    void clear();
    [[nodiscard]] const std::optional<ProbeResult>& result() const { return result_; }
    [[nodiscard]] AttentionChoice choice() const;
    /// Whether the window shows something else by now.
    void setStale(bool stale);
    [[nodiscard]] QString asTsv() const;

Q_SIGNALS:
    void choiceChanged();
    void clearWanted();

private:
    QComboBox* addChoice(const QString& name);
    void fillChoices();
    void refresh();

    const Trace* trace_ = nullptr;
    std::optional<ProbeResult> result_;
    QLabel* title_ = nullptr;
    QLabel* where_ = nullptr;
    QLabel* stale_ = nullptr;
    QLabel* sentence_ = nullptr;
    QWidget* choices_ = nullptr;
    QComboBox* layer_ = nullptr;
    QComboBox* head_ = nullptr;
    CandidateTable* table_ = nullptr;
};

}  // namespace crystallite
