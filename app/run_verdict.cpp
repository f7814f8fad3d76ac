#include "app/run_verdict.h"

#include "app/shell_style.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace crystallite {

RunVerdict::RunVerdict(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("verdict"));
    setAttribute(Qt::WA_StyledBackground);
    problem_ = makeSentence(style_class::kWarning, this);
    estimate_ = makeSentence(style_class::kMuted, this);
    time_ = new QPushButton(tr("Time one step"), this);
    time_->setObjectName(QStringLiteral("timeStep"));
    time_->setToolTip(tr("Computes two steps of this run on this device: the first warms up, the second is measured. It can be continued"));
    time_->hide();
    connect(time_, &QPushButton::clicked, this, &RunVerdict::timeWanted);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 12);
    layout->addWidget(problem_);
    layout->addWidget(estimate_);
    layout->addWidget(time_, 0, Qt::AlignLeft);
}

void RunVerdict::setVerdict(const QString& problem, const PlannedRun* run) {
    const bool runs = run != nullptr && problem.isEmpty();
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    estimate_->setText(runs ? estimate(*run) : QString());
    estimate_->setVisible(runs);
    time_->setVisible(runs && findSpeed_ && !findSpeed_(*run));
    setVisible(runs || !problem.isEmpty());
}

QString RunVerdict::problem() const {
    return problem_->text();
}

QString RunVerdict::estimate() const {
    return estimate_->isHidden() ? QString() : estimate_->text();
}

/// Steps times what a step took in a real run; no guess where nothing was measured.
QString RunVerdict::duration(const PlannedRun& run) const {
    const auto speed = findSpeed_ ? findSpeed_(run) : std::nullopt;
    if (!speed) {
        return tr("How long a step takes with this model and device is not measured yet.");
    }
    const QString perStep = QLocale().toString(speed->milliseconds, 'f', 1);
    const uint32_t slotCount = run.givenSlots + run.openSlots + run.settings.room();
    const QString measured = speed->slots == slotCount ? tr("at %1 ms per step, measured").arg(perStep)
                                                       : tr("at %1 ms per step, measured with %2 slots where this run has %3")
                                                             .arg(perStep, QLocale().toString(speed->slots), QLocale().toString(slotCount));
    const double whole = speed->milliseconds * run.settings.steps;
    const QString time =
        whole < 1000.0 ? tr("%1 ms").arg(QLocale().toString(whole, 'f', 0)) : tr("%1 s").arg(QLocale().toString(whole / 1000.0, 'f', 1));
    const bool isMost = run.settings.stepRule() == StepRule::AsNeeded;
    return isMost ? tr("At most about %1 %2.").arg(time, measured) : tr("About %1 %2.").arg(time, measured);
}

QString RunVerdict::estimate(const PlannedRun& run) const {
    const uint32_t steps = run.settings.steps;
    if (run.settings.stepRule() == StepRule::AsNeeded) {
        return tr("As many steps as it needs, at most %1.").arg(steps) + QLatin1Char(' ') + duration(run);
    }
    const double perStep = static_cast<double>(run.openSlots) / steps;
    const QString text = run.openSlots == steps ? tr("One token per step, %1 steps.").arg(steps)
                                                : tr("%1 tokens per step on average.").arg(QLocale().toString(perStep, 'g', 3));
    return text + QLatin1Char(' ') + duration(run);
}

}  // namespace crystallite
