#include "app/run_verdict.h"

#include "app/shell_style.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace crystallite {

RunVerdict::RunVerdict(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("verdict"));
    setAttribute(Qt::WA_StyledBackground);
    problem_ = makeSentence(style_class::kWarning, this);
    estimate_ = makeSentence(style_class::kMuted, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 12);
    layout->addWidget(problem_);
    layout->addWidget(estimate_);
}

void RunVerdict::setVerdict(const QString& problem, const PlannedRun* run) {
    const bool runs = run != nullptr && problem.isEmpty();
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    estimate_->setText(runs ? estimate(*run) : QString());
    estimate_->setVisible(runs);
    setVisible(runs || !problem.isEmpty());
}

QString RunVerdict::problem() const {
    return problem_->text();
}

QString RunVerdict::estimate(const PlannedRun& run) const {
    const uint32_t steps = run.settings.steps;
    if (run.settings.stepRule() == StepRule::AsNeeded) {
        return tr("As many steps as it needs, at most %1.").arg(steps);
    }
    const double perStep = static_cast<double>(run.openSlots) / steps;
    QString text = run.openSlots == steps ? tr("One token per step, %1 steps.").arg(steps)
                                          : tr("%1 tokens per step on average.").arg(QLocale().toString(perStep, 'g', 3));
    if (millisecondsPerStep_ > 0.0) {
        const double whole = millisecondsPerStep_ * steps;
        const QString duration = whole < 1000.0 ? tr("%1 ms").arg(QLocale().toString(whole, 'f', 0))
                                                : tr("%1 s").arg(QLocale().toString(whole / 1000.0, 'f', 1));
        text += QLatin1Char(' ') + tr("About %1 at %2 ms per step.").arg(duration, QLocale().toString(millisecondsPerStep_, 'f', 1));
    }
    return text;
}

}  // namespace crystallite
