#include "app/header_bar.h"

#include "app/conversions.h"
#include "app/elided_combo_box.h"
#include "app/elided_label.h"
#include "app/engine_door.h"
#include "app/model_preview.h"
#include "app/model_text.h"
#include "app/run_document.h"
#include "app/shell_style.h"
#include "app/slot_decision.h"
#include "app/steady_box.h"
#include "app/token_text.h"
#include "app/window_actions.h"

#include <QAction>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace crystallite {
namespace {

constexpr int kOpenModel = 1;  // instead of a name: asks for another one

}  // namespace

HeaderBar::HeaderBar(RunDocument& document, const WindowActions& actions, QWidget* parent) : QWidget(parent), document_(document) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 7, 14, 7);
    layout->setSpacing(9);
    addChoices(actions);
    numbers_ = new ElidedLabel(this);
    numbers_->setToolTip(tr("Memory that the model needs of what the device offers; mean measured time of a step"));
    setStyleClass(numbers_, style_class::kMuted);
    progress_ = new QProgressBar(this);
    progress_->setAccessibleName(tr("Loading the model"));
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setFixedWidth(120);
    progress_->hide();
    order_ = new ElidedLabel(this);
    order_->setToolTip(tr("The shown run commits by chance: how sure the model was of a slot did not decide when it was committed."));
    setStyleClass(order_, style_class::kWarning);
    state_ = new QLabel(this);
    state_->setToolTip(
        tr("LIVE: steps arrive as they are computed. REPLAY: recorded steps are shown. BRANCH: recorded steps of a run that left another "
           "one."));
    layout->addWidget(model_);
    layout->addWidget(device_);
    layout->addSpacing(4);
    layout->addWidget(progress_);
    layout->addWidget(new SteadyBox(numbers_), 1);
    layout->addWidget(order_);
    layout->addWidget(addActionButton(actions.watch, QString()));
    layout->addWidget(addActionButton(actions.study, QString()));
    layout->addSpacing(6);
    layout->addWidget(state_);
    layout->addSpacing(6);
    QPushButton* run = addActionButton(actions.run, tr("Ctrl+↵"));
    setStyleClass(run, style_class::kPrimary);
    layout->addWidget(run);
    layout->addWidget(addActionButton(actions.stop, tr("Esc")));

    connect(&document_, &RunDocument::traceReset, this, &HeaderBar::refreshNumbers);
    connect(&document_, &RunDocument::stepsTold, this, &HeaderBar::refreshNumbers);
    connect(&document_, &RunDocument::traceReset, this, &HeaderBar::refreshState);
    connect(&document_, &RunDocument::liveChanged, this, &HeaderBar::refreshState);
    connect(&document_, &RunDocument::traceReset, this, &HeaderBar::refreshOrder);
    refreshState();
    refreshOrder();
}

void HeaderBar::addChoices(const WindowActions&) {
    model_ = new ElidedComboBox(this);
    model_->setAccessibleName(tr("Model"));
    model_->setToolTip(tr("Model"));
    for (const std::string& name : embeddedModelNames()) {
        model_->addItem(toQString(name), toQString(name));
    }
    request_.model = model_->itemData(0).toString().toStdString();
    model_->addItem(tr("Open a model…"), QVariant(kOpenModel));
    model_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    device_ = new ElidedComboBox(this);
    device_->setAccessibleName(tr("Device"));
    device_->setToolTip(tr("Device that computes"));
    device_->addItem(tr("Automatic device"), QStringLiteral("auto"));
    device_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(model_, &QComboBox::activated, this, &HeaderBar::modelChosen);
    connect(device_, &QComboBox::activated, this, &HeaderBar::deviceChosen);
}

QPushButton* HeaderBar::addActionButton(QAction* action, const QString& keys) {
    auto* button = new QPushButton(this);
    const QString text = action->iconText();
    button->setText(keys.isEmpty() ? text : text + QStringLiteral("  ") + keys);
    button->setAccessibleName(text);
    button->setToolTip(action->toolTip());
    button->setCheckable(action->isCheckable());
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setChecked(action->isChecked());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(button, &QPushButton::clicked, button, follow);
    follow();
    return button;
}

void HeaderBar::setDevices(const std::vector<DeviceInfo>& devices) {
    devices_ = devices;
    while (device_->count() > 1) {
        device_->removeItem(1);
    }
    for (const DeviceInfo& device : devices) {
        device_->addItem(deviceText(device), QString::number(device.index));
        device_->setItemData(device_->count() - 1,
                             QStringLiteral("%1\n%2").arg(QString::fromStdString(device.name), QString::fromStdString(device.driver)),
                             Qt::ToolTipRole);
    }
    showDevice();
}

/// "cpu", "1" and a part of its name mean the same device. One that is not listed is shown as it was asked for.
void HeaderBar::showDevice() {
    const bool isAutomatic = request_.device == "auto";
    const DeviceInfo* const device = isAutomatic ? nullptr : deviceFor(devices_, request_.device);
    const QString choice = device != nullptr ? QString::number(device->index) : toQString(request_.device);
    if (device_->findData(choice) < 0) {
        device_->addItem(choice, choice);
    }
    device_->setCurrentIndex(device_->findData(choice));
}

void HeaderBar::setLoading(double share) {
    progress_->setValue(static_cast<int>(std::lround(share * 1000.0)));
    progress_->show();
    memory_ = tr("loading the model, %1 %").arg(std::lround(share * 100.0));
    refreshNumbers();
}

void HeaderBar::setModel(const ModelSummary& model) {
    progress_->hide();
    QString text = QString::fromStdString(model.name) + QStringLiteral(" · ") + countText(model.parameters);
    if (!model.format.empty()) {
        text += QStringLiteral(" · ") + QString::fromStdString(model.format);
    }
    model_->setItemText(model_->currentIndex(), text);
    const QString device = deviceText(model.device);
    device_->setItemText(0, tr("Automatic: %1").arg(device));
    if (device_->currentIndex() != 0) {
        device_->setItemText(0, tr("Automatic device"));
    }
    memory_ = tr("%1 of %2").arg(bytesText(model.neededBytes), bytesText(model.usableBytes));
    refreshNumbers();
}

void HeaderBar::setModelFailed() {
    progress_->hide();
    memory_ = tr("no model loaded");
    refreshNumbers();
}

void HeaderBar::setRequest(const ModelRequest& request) {
    request_ = request;
    if (request_.model.empty()) {
        request_.model = model_->itemData(0).toString().toStdString();
    }
    asked_[request_.model] = request_;
    const QString path = toQString(request_.model);
    if (model_->findData(path) < 0) {
        model_->insertItem(model_->count() - 1, QFileInfo(path).fileName(), path);
        model_->setItemData(model_->count() - 2, path, Qt::ToolTipRole);
    }
    model_->setCurrentIndex(model_->findData(path));
    showDevice();
}

void HeaderBar::modelChosen(int index) {
    const QVariant choice = model_->itemData(index);
    if (choice.typeId() == QMetaType::Int) {
        model_->setCurrentIndex(model_->findData(toQString(request_.model)));
        Q_EMIT openWanted();
        return;
    }
    const std::string model = choice.toString().toStdString();
    const auto asked = asked_.find(model);
    ModelRequest request = asked == asked_.end() ? ModelRequest{.model = model} : asked->second;
    request.device = request_.device;
    Q_EMIT modelRequested(request);
}

/// Which layers fit, and whether to load anyway, was decided for the other device.
void HeaderBar::deviceChosen() {
    ModelRequest request = request_;
    request.device = device_->currentData().toString().toStdString();
    request.load = {};
    Q_EMIT modelRequested(request);
}

void HeaderBar::refreshNumbers() {
    const double milliseconds = meanMilliseconds(document_.trace());
    speed_ = milliseconds > 0.0 ? tr("%1 ms/step").arg(QLocale().toString(milliseconds, 'f', 1)) : QString();
    numbers_->setNamedText(numbersText());
}

QString HeaderBar::numbersText() const {
    return memory_.isEmpty() || speed_.isEmpty() ? memory_ + speed_ : memory_ + QStringLiteral("  ·  ") + speed_;
}

void HeaderBar::refreshState() {
    state_->setVisible(!document_.isEmpty());
    const bool isBranch = !document_.isEmpty() && document_.trace().header().origin.has_value();
    state_->setText(document_.isLive() ? tr("LIVE") : isBranch ? tr("BRANCH") : tr("REPLAY"));
    setStyleClass(state_, document_.isLive() ? style_class::kLive : style_class::kReplay);
}

/// Whoever watches takes an early commit for a sure one, unless told.
void HeaderBar::refreshOrder() {
    const bool byChance = !document_.isEmpty() && ignoresConfidence(document_.trace().header().settings);
    order_->setVisible(byChance);
    order_->setNamedText(byChance ? tr("order ignores confidence") : QString());
}

}  // namespace crystallite
