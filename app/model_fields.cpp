#include "app/model_fields.h"

#include "app/conversions.h"
#include "app/model_text.h"
#include "engine/text/chat_template.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

constexpr int kAsManyAsFit = -1;

void select(QComboBox& box, const std::string& data) {
    box.setCurrentIndex(std::max(box.findData(toQString(data)), 0));
}

std::string chosen(const QComboBox& box) {
    return box.currentData().toString().toStdString();
}

/// Long names in a list must not make the dialog wide.
void keepNarrow(QComboBox& box) {
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box.setMinimumContentsLength(18);
}

}  // namespace

ModelFields::ModelFields(QWidget* parent) : QWidget(parent), form_(new QFormLayout(this)), rows_(*form_) {
    form_->setContentsMargins(0, 0, 0, 0);
    form_->setHorizontalSpacing(16);
    form_->setVerticalSpacing(8);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    familyText_ = new QLabel(this);
    rows_.append(tr("Family"), familyText_);
    family_ = addChoice(tr("Family"), tr("The files cannot tell which of these the model is; the one who published it says so"));
    tokenizerText_ = new QLabel(this);
    rows_.append(tr("Tokenizer"), tokenizerText_);
    addTokenizerRow();
    chatFormat_ = addChoice(tr("Chat format"), tr("How a prompt is written as a turn of a conversation"));
    quantize_ = addChoice(tr("Weights"), tr("Smaller weights need less memory and are a little less exact; the file stays as it is"));
    device_ = addChoice(tr("Device"), tr("Device that computes"));
    device_->addItem(tr("Automatic device"), QStringLiteral("auto"));
    gpuLayers_ = new QSpinBox(this);
    gpuLayers_->setAccessibleName(tr("Layers on the GPU"));
    gpuLayers_->setToolTip(tr("Layers that do not fit on the GPU stay on the processor, which is slower"));
    gpuLayers_->setSpecialValueText(tr("as many as fit"));
    gpuLayers_->setRange(kAsManyAsFit, kAsManyAsFit);
    rows_.append(tr("Layers on the GPU"), gpuLayers_);
    connect(family_, &QComboBox::activated, this, &ModelFields::filesChanged);
    connect(quantize_, &QComboBox::currentIndexChanged, this, &ModelFields::placementChanged);
    connect(device_, &QComboBox::currentIndexChanged, this, [this] {
        showLayers();
        Q_EMIT placementChanged();
    });
    connect(gpuLayers_, &QSpinBox::valueChanged, this, &ModelFields::placementChanged);
    start({});
}

QComboBox* ModelFields::addChoice(const QString& name, const QString& help) {
    auto* box = new QComboBox(this);
    box->setAccessibleName(name);
    box->setToolTip(help);
    keepNarrow(*box);
    rows_.append(name, box);
    return box;
}

void ModelFields::addTokenizerRow() {
    tokenizerRow_ = new QWidget(this);
    tokenizer_ = new QLineEdit(tokenizerRow_);
    tokenizer_->setObjectName(QStringLiteral("tokenizerPath"));
    tokenizer_->setAccessibleName(tr("Tokenizer"));
    tokenizer_->setPlaceholderText(tr("A GGUF file or a folder that has one"));
    auto* choose = new QPushButton(tr("Choose…"), tokenizerRow_);
    choose->setAccessibleName(tr("Choose a tokenizer"));
    auto* row = new QHBoxLayout(tokenizerRow_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(tokenizer_, 1);
    row->addWidget(choose);
    rows_.append(tr("Tokenizer"), tokenizerRow_);
    connect(choose, &QPushButton::clicked, this, &ModelFields::tokenizerWanted);
    connect(tokenizer_, &QLineEdit::editingFinished, this, [this] {
        if (tokenizer_->isModified()) {
            tokenizer_->setModified(false);
            Q_EMIT filesChanged();
        }
    });
}

void ModelFields::setDevices(const std::vector<DeviceInfo>& devices) {
    devices_ = devices;
    const QSignalBlocker blocked(device_);
    const std::string before = chosen(*device_);
    while (device_->count() > 1) {
        device_->removeItem(1);
    }
    if (const DeviceInfo* automatic = deviceFor(devices_, "auto")) {
        device_->setItemText(0, tr("Automatic: %1").arg(deviceText(*automatic)));
    }
    for (const DeviceInfo& device : devices_) {
        device_->addItem(deviceText(device), QString::number(device.index));
    }
    select(*device_, before);
    showLayers();
}

void ModelFields::start(const ModelRequest& request) {
    request_ = request;
    layers_ = 0;
    lacksTokenizer_ = false;
    layersShown_ = false;
    for (QComboBox* box : {family_, chatFormat_, quantize_}) {
        const QSignalBlocker blocked(box);
        box->clear();
    }
    tokenizer_->setText(toQString(request.tokenizer));
    // "1" and a part of its name mean the same device.
    const DeviceInfo* device = request.device == "auto" ? nullptr : deviceFor(devices_, request.device);
    select(*device_, device == nullptr ? "auto" : std::to_string(device->index));
    for (QWidget* row : std::initializer_list<QWidget*>{family_, tokenizerRow_, familyText_, tokenizerText_, chatFormat_, quantize_}) {
        rows_.setVisible(row, false);
    }
    showLayers();
}

void ModelFields::setPreview(const ModelPreview& preview) {
    layers_ = preview.config ? preview.config->layers : 0;
    lacksTokenizer_ = preview.lacksTokenizer;
    showFamily(preview);
    showTokenizer(preview);
    showChatFormats(preview);
    showQuantizations(preview);
    showLayers();
}

void ModelFields::showFamily(const ModelPreview& preview) {
    if (family_->count() > 0 && preview.familyChoices.empty() && !preview.config) {
        return;  // something else is wrong now; what was chosen stays
    }
    const bool asks = !preview.familyChoices.empty();
    rows_.setVisible(family_, asks);
    rows_.setVisible(familyText_, !asks && preview.config.has_value());
    if (preview.config) {
        familyText_->setText(toQString(preview.config->family));
    }
    family_->clear();
    if (!asks) {
        return;
    }
    if (preview.request.family.empty()) {
        family_->addItem(tr("Choose…"), QString());
    }
    for (const std::string& name : preview.familyChoices) {
        family_->addItem(toQString(name), toQString(name));
    }
    select(*family_, preview.request.family);
}

void ModelFields::showTokenizer(const ModelPreview& preview) {
    const bool asks = preview.lacksTokenizer || !preview.request.tokenizer.empty();
    rows_.setVisible(tokenizerRow_, asks);
    rows_.setVisible(tokenizerText_, !asks && preview.tokenizer.has_value());
    tokenizerText_->setText(tokenizerText(preview));
    tokenizer_->setText(toQString(preview.request.tokenizer));
}

void ModelFields::showChatFormats(const ModelPreview& preview) {
    const bool board = preview.config && preview.config->layout;
    rows_.setVisible(chatFormat_, preview.tokenizer.has_value() && !board);
    const std::string before = chatFormat_->count() > 0 ? chosen(*chatFormat_) : preview.request.chatFormat;
    chatFormat_->clear();
    chatFormat_->addItem(preview.chatFormat.empty() ? tr("None: text is sent as it is")
                                                    : tr("%1, from the model's template").arg(toQString(preview.chatFormat)),
                         QString());
    for (const ChatFormat& format : chatFormats()) {
        if (format.name != preview.chatFormat) {
            chatFormat_->addItem(tr("%1 (%2)").arg(toQString(format.name), toQString(format.families)), toQString(format.name));
        }
    }
    select(*chatFormat_, before);
}

void ModelFields::showQuantizations(const ModelPreview& preview) {
    rows_.setVisible(quantize_, !preview.weights.empty());
    if (preview.weights.empty()) {
        return;
    }
    const std::string before = quantize_->count() > 0 ? chosen(*quantize_) : preview.request.quantize;
    const QSignalBlocker blocked(quantize_);
    quantize_->clear();
    for (const WeightChoice& choice : preview.weights) {
        const QString text = choice.quantize.empty() ? tr("As they are: %1, %2").arg(toQString(preview.mainFormat), bytesText(choice.bytes))
                                                     : tr("Quantised to %1: %2").arg(toQString(choice.quantize), bytesText(choice.bytes));
        quantize_->addItem(text, toQString(choice.quantize));
    }
    select(*quantize_, before);
}

void ModelFields::showLayers() {
    const DeviceInfo* chosenDevice = device();
    const bool splits = chosenDevice != nullptr && chosenDevice->isVulkan() && layers_ > 0;
    rows_.setVisible(gpuLayers_, splits);
    if (splits) {
        const QSignalBlocker blocked(gpuLayers_);
        gpuLayers_->setMaximum(static_cast<int>(layers_));
        gpuLayers_->setSuffix(tr(" of %1").arg(layers_));
        const std::optional<uint32_t> wanted = request_.load.gpuLayers;
        if (!std::exchange(layersShown_, true)) {
            gpuLayers_->setValue(wanted ? static_cast<int>(std::min(*wanted, layers_)) : kAsManyAsFit);
        }
    }
}

void ModelFields::setTokenizer(const QString& path) {
    tokenizer_->setText(path);
    Q_EMIT filesChanged();
}

const DeviceInfo* ModelFields::device() const {
    return deviceFor(devices_, chosen(*device_));
}

QWidget* ModelFields::unanswered() const {
    if (family_->count() > 0 && chosen(*family_).empty()) {
        return family_;
    }
    return lacksTokenizer_ ? tokenizer_ : nullptr;
}

ModelRequest ModelFields::request() const {
    ModelRequest request = request_;
    request.family = family_->count() > 0 ? chosen(*family_) : request_.family;
    request.tokenizer = tokenizer_->text().toStdString();
    request.chatFormat = chatFormat_->count() > 0 ? chosen(*chatFormat_) : request_.chatFormat;
    request.quantize = quantize_->count() > 0 ? chosen(*quantize_) : request_.quantize;
    request.device = chosen(*device_);
    request.load = {};
    if (const int layers = gpuLayers_->value(); layers != kAsManyAsFit && rows_.isVisible(gpuLayers_)) {
        request.load.gpuLayers = static_cast<uint32_t>(layers) == layers_ ? kAllLayers : static_cast<uint32_t>(layers);
    }
    return request;
}

}  // namespace crystallite
