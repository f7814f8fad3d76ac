#pragma once

#include "app/engine_door.h"
#include "app/measured_speeds.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace crystallite {

/// What keeps a run from starting, in a sentence, or what it will take.
class RunVerdict : public QWidget {
    Q_OBJECT
public:
    explicit RunVerdict(QWidget* parent = nullptr);

    /// What was measured on this machine for such a run; nothing: not yet. Counts from the next verdict.
    using FindSpeed = std::function<std::optional<MeasuredSpeed>(const PlannedRun& run)>;
    void setFindSpeed(FindSpeed findSpeed) { findSpeed_ = std::move(findSpeed); }
    /// `problem` empty: none; `run` null: nothing is planned.
    void setVerdict(const QString& problem, const PlannedRun* run);
    [[nodiscard]] QString problem() const;
    /// What the run will take; empty with a problem.
    [[nodiscard]] QString estimate() const;

Q_SIGNALS:
    void timeWanted();  ///< how long a step takes is to be measured now

private:
    [[nodiscard]] QString estimate(const PlannedRun& run) const;
    [[nodiscard]] QString duration(const PlannedRun& run) const;

    QLabel* problem_ = nullptr;
    QLabel* estimate_ = nullptr;
    QPushButton* time_ = nullptr;  ///< while nothing is measured
    FindSpeed findSpeed_;
};

}  // namespace crystallite
