#pragma once

#include "app/engine_worker.h"
#include "engine/diffusion/seed_batch.h"

#include <QDialog>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace crystallite {

class RunDocument;

/// The prompt and settings of the window over a range of seeds: runs one after the other, each shown and kept as any other, and what they
/// have in common.
class BatchDialog : public QDialog {
    Q_OBJECT
public:
    /// What it needs of the window.
    struct Host {
        std::function<std::optional<RunRequest>()> request;  ///< nothing: no model, or what is chosen does not fit it
        std::function<void(const RunRequest&)> start;
        std::function<void()> stop;
        std::function<void(const QString& run)> show;  ///< a run of the history
    };

    BatchDialog(EngineWorker& worker, RunDocument& document, Host host, QWidget* parent = nullptr);

    void open() override;
    [[nodiscard]] const std::optional<SeedBatch>& batch() const { return batch_; }
    [[nodiscard]] bool isRunning() const { return isRunning_; }
    /// What is wrong, how far it is or what it came to.
    [[nodiscard]] QString sentence() const;

private:
    void addFields();
    void connectRuns(EngineWorker& worker);
    void startOrStop();
    void startNext();
    void takeEnded();
    void end(const QString& sentence);
    void addRow(const BatchRow& row);
    void refresh();

    RunDocument& document_;
    Host host_;
    std::optional<SeedBatch> batch_;
    RunRequest request_;
    std::vector<QString> runs_;  ///< of the rows
    std::string current_;        ///< run that is being made; empty: it has not started
    bool isRunning_ = false;

    QLineEdit* first_ = nullptr;
    QSpinBox* count_ = nullptr;
    QPushButton* start_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QTableWidget* table_ = nullptr;
    QLabel* sentence_ = nullptr;
    QLabel* statistics_ = nullptr;
};

/// "12.0 ± 1.4", or as much of it as there is; `scale` turns the value into the unit.
[[nodiscard]] QString spreadText(const MeanAndSpread& value, double scale, int digits);

}  // namespace crystallite
