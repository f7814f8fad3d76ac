#pragma once

#include "app/stop_condition.h"

#include <QObject>

#include <optional>
#include <utility>

namespace crystallite {

class RunDocument;

/// Watches the steps that arrive: the cursor that follows them stops where a breakpoint or the armed condition says so, and the run goes
/// on. A condition that comes true while the cursor stands elsewhere is told, and moves nothing.
class LiveStops : public QObject {
    Q_OBJECT
public:
    explicit LiveStops(RunDocument& document, QObject* parent = nullptr);

    /// Of the run that is arriving; in place of the condition that was armed.
    void arm(StopCondition condition) { armed_ = std::move(condition); }
    void disarm() { armed_.reset(); }
    [[nodiscard]] const std::optional<StopCondition>& armed() const { return armed_; }

Q_SIGNALS:
    void stoppedAtBreakpoint(uint32_t key);  ///< the document stands on the frame and no longer follows
    void conditionMet(const crystallite::StopCondition& condition, uint32_t frame);
    void runEndedBefore(const crystallite::StopCondition& condition);

private:
    void examine(uint32_t step);
    void stopAt(uint32_t step);

    RunDocument& document_;
    std::optional<StopCondition> armed_;
};

}  // namespace crystallite
