#pragma once

#include "app/engine_door.h"

#include <QString>
#include <QWidget>

class QLabel;

namespace crystallite {

/// What keeps a run from starting, in a sentence, or what it will take.
class RunVerdict : public QWidget {
    Q_OBJECT
public:
    explicit RunVerdict(QWidget* parent = nullptr);

    /// Of the machine, for the estimate; 0: unknown. Counts from the next verdict.
    void setMillisecondsPerStep(double milliseconds) { millisecondsPerStep_ = milliseconds; }
    /// `problem` empty: none; `run` null: nothing is planned.
    void setVerdict(const QString& problem, const PlannedRun* run);
    [[nodiscard]] QString problem() const;

private:
    [[nodiscard]] QString estimate(const PlannedRun& run) const;

    QLabel* problem_ = nullptr;
    QLabel* estimate_ = nullptr;
    double millisecondsPerStep_ = 0.0;
};

}  // namespace crystallite
