#include "app/measure_panel.h"

#include "app/canvas/slot_names.h"
#include "app/continue_text.h"
#include "app/engine_door.h"
#include "app/measured_view.h"
#include "app/probe_text.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/steady_box.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace crystallite {
namespace {

constexpr int kMargin = 14;

QString helpOf(ProbeKind kind) {
    switch (kind) {
        case ProbeKind::Attention: return MeasurePanel::tr("Where the model looks to predict this slot: weights over all slots");
        case ProbeKind::LeaveOneOut: return MeasurePanel::tr("Masks the token and asks all other slots what should stand here");
        case ProbeKind::Candidates: return MeasurePanel::tr("More candidates than the trace keeps of every slot");
    }
    return {};
}

}  // namespace

MeasurePanel::MeasurePanel(RunDocument& document, QWidget* parent) : QWidget(parent), document_(document) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 12, kMargin, kMargin);
    layout->setSpacing(4);
    title_ = makeSentence(style_class::kTitle, this);
    layout->addWidget(new SteadyBox(title_));
    for (size_t index = 0; index < kKinds.size(); ++index) {
        choices_[index] = addChoice(kKinds[index]);
    }
    state_ = makeSentence(style_class::kMuted, this);
    layout->addWidget(state_);
    cancel_ = new QPushButton(tr("Cancel"), this);
    cancel_->setAccessibleName(tr("Cancel the measurement"));
    connect(cancel_, &QPushButton::clicked, this, &MeasurePanel::stopWanted);
    layout->addWidget(cancel_, 0, Qt::AlignLeft);
    measured_ = new MeasuredView(this);
    layout->addWidget(measured_);
    layout->addStretch();
    connect(measured_, &MeasuredView::choiceChanged, this, &MeasurePanel::emitLight);
    connect(measured_, &MeasuredView::clearWanted, this, &MeasurePanel::clear);
    connect(&document_, &RunDocument::traceReset, this, &MeasurePanel::forgetRun);
    connect(&document_, &RunDocument::selectionChanged, this, &MeasurePanel::refresh);
    connect(&document_, &RunDocument::frameChanged, this, &MeasurePanel::refresh);
    connect(&document_, &RunDocument::liveChanged, this, &MeasurePanel::refresh);
    refresh();
}

MeasurePanel::Choice MeasurePanel::addChoice(ProbeKind kind) {
    Choice choice{.button = new QPushButton(probeName(kind), this), .cost = makeSentence(style_class::kMuted, this)};
    choice.button->setToolTip(helpOf(kind));
    connect(choice.button, &QPushButton::clicked, this, [this, kind] { measure(kind); });
    constexpr int kApart = 6;  // a cost belongs to the button above it
    auto* pair = new QVBoxLayout;
    pair->setContentsMargins(0, 0, 0, kApart);
    pair->setSpacing(3);
    pair->addWidget(choice.button);
    pair->addWidget(choice.cost);
    static_cast<QVBoxLayout*>(layout())->addLayout(pair);
    return choice;
}

void MeasurePanel::setTheme(const Theme& theme) {
    measured_->setTheme(theme);
}

void MeasurePanel::setModel(const ModelSummary* model) {
    model_.reset();
    measuredMilliseconds_ = 0.0;
    if (model != nullptr) {
        model_ = LoadedModel{.name = model->name,
                             .architecture = model->architecture,
                             .parameters = model->parameters,
                             .vocabulary = model->vocabulary,
                             .device = model->device.name};
    }
    refresh();
}

bool MeasurePanel::hasResult() const {
    return measured_->result().has_value();
}

QString MeasurePanel::reasonAgainst(ProbeKind kind) const {
    if (document_.isEmpty()) {
        return tr("There is no run to measure; run a prompt or open a trace.");
    }
    if (!document_.selectedSlot()) {
        return tr("No slot is selected; click one, or use the arrow keys on the canvas.");
    }
    if (!model_) {
        return tr("No model is loaded; a measurement needs the one that made this run.");
    }
    // Names can be the same and weights not; that the engine finds out when it is asked.
    const TraceHeader& header = document_.trace().header();
    if (!isSameModel(header, *model_)) {
        return tr("This run was made by “%1”, but “%2” is loaded; load the model that made it.")
            .arg(QString::fromStdString(header.modelName), QString::fromStdString(model_->name));
    }
    return obstacleText(kind, document_.trace(), document_.frame(), *document_.selectedSlot());
}

double MeasurePanel::expectedPassMilliseconds() const {
    if (measuredMilliseconds_ > 0.0) {
        return measuredMilliseconds_;
    }
    const bool isSameDevice = model_ && document_.trace().header().device == model_->device;
    return isSameDevice ? expectedMilliseconds(document_.trace()) : 0.0;
}

void MeasurePanel::refresh() {
    const bool hasSlot = !document_.isEmpty() && document_.selectedSlot().has_value();
    title_->setText(hasSlot
                        ? tr("%1, canvas of step %2").arg(placeName(document_.trace(), *document_.selectedSlot())).arg(document_.frame())
                        : tr("Nothing to measure"));
    for (size_t index = 0; index < kKinds.size(); ++index) {
        const QString reason = reasonAgainst(kKinds[index]);
        const QString text = reason.isEmpty()
                                 ? probeCostText(passesOf(kKinds[index], document_.trace().header().settings), expectedPassMilliseconds())
                                 : reason;
        choices_[index].button->setEnabled(reason.isEmpty());
        choices_[index].button->setAccessibleDescription(text);
        choices_[index].cost->setText(text);
    }
    state_->setVisible(!state_->text().isEmpty());
    cancel_->setVisible(isMeasuring());
    if (const auto& result = measured_->result()) {
        measured_->setStale(result->frame != document_.frame() || result->position != document_.selectedSlot());
    }
    Q_EMIT availabilityChanged();
}

void MeasurePanel::measure(ProbeKind kind) {
    if (!reasonAgainst(kind).isEmpty()) {
        return;
    }
    pending_ = Pending{.kind = kind, .frame = document_.frame(), .position = *document_.selectedSlot()};
    state_->setText(tr("Measuring: %1…").arg(probeName(kind)));
    refresh();
    Q_EMIT probeWanted({.at = probedFrame(document_.trace(), pending_->frame), .kind = kind, .position = pending_->position});
}

void MeasurePanel::showResult(const ProbeResult& result) {
    // One that was on its way when another run took the place of its own is about nothing that is shown.
    if (!pending_ || pending_->kind != result.kind || pending_->frame != result.frame || pending_->position != result.position) {
        return;
    }
    measuredMilliseconds_ = result.milliseconds / result.passes;
    measured_->showResult(result, document_.trace());
    state_->clear();
    settle();
    emitLight();
}

void MeasurePanel::showFailure(const QString& sentence, bool cancelled) {
    if (!pending_) {
        return;
    }
    state_->setText(cancelled ? tr("The measurement was cancelled.") : sentence);
    settle();
}

void MeasurePanel::settle() {
    pending_.reset();
    refresh();
}

void MeasurePanel::clear() {
    measured_->clear();
    state_->clear();
    refresh();
    emitLight();
}

void MeasurePanel::forgetRun() {
    if (pending_) {
        Q_EMIT stopWanted();
    }
    pending_.reset();
    measuredMilliseconds_ = 0.0;
    clear();
}

void MeasurePanel::emitLight() {
    const auto& result = measured_->result();
    Q_EMIT lightChanged(result && result->attention ? std::optional(lightOf(*result, document_.trace(), measured_->choice()))
                                                    : std::nullopt);
}

void MeasurePanel::copyAsTsv() {
    if (hasResult()) {
        QGuiApplication::clipboard()->setText(measured_->asTsv());
    }
}

}  // namespace crystallite
