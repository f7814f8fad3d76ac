#include "app/run_numbers.h"

#include <QFormLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QWidget>

namespace crystallite {
namespace {

constexpr int kLongestAnswer = 65536;

}  // namespace

RunNumbers::RunNumbers(QFormLayout& form, QWidget* parent) : QObject(parent), parent_(parent) {
    length_ = addNumber(form, tr("Length"), tr("Slots after the prompt; 0 fills only the masks written in it"));
    length_->setValue(static_cast<int>(DecodeSettings{}.length));
    steps_ = addNumber(form, tr("Steps"), tr("Denoising steps over all blocks; fewer steps commit more tokens at once"));
    steps_->setSpecialValueText(tr("one per slot"));
    block_ = addNumber(form, tr("Block"), tr("Slots per block; blocks are denoised from left to right"));
    block_->setSpecialValueText(tr("one block"));
    connect(length_, &QSpinBox::valueChanged, this, [this] {
        hasUsualLength_ = false;
        Q_EMIT changed();
    });
    connect(steps_, &QSpinBox::valueChanged, this, &RunNumbers::changed);
    connect(block_, &QSpinBox::valueChanged, this, &RunNumbers::changed);
}

QSpinBox* RunNumbers::addNumber(QFormLayout& form, const QString& name, const QString& help) {
    auto* box = new QSpinBox(parent_);
    box->setRange(0, kLongestAnswer);
    box->setToolTip(help);
    box->setAccessibleName(name);
    form.addRow(name, box);
    return box;
}

void RunNumbers::setChoices(const Choices& choices) {
    length_->setEnabled(choices.length);
    steps_->setEnabled(choices.steps);
    block_->setEnabled(choices.block);
    block_->setSpecialValueText(choices.ownBlocks > 0 ? tr("the model's %1").arg(choices.ownBlocks) : tr("one block"));
}

std::optional<uint32_t> RunNumbers::chosen(const QSpinBox& box) const {
    return box.isEnabledTo(parent_) ? std::optional(static_cast<uint32_t>(box.value())) : std::nullopt;
}

void RunNumbers::addTo(DecodeRequest& request) const {
    request.length = hasUsualLength_ ? std::nullopt : chosen(*length_);
    request.steps = steps_->value() == 0 ? std::nullopt : chosen(*steps_);
    request.blockLength = chosen(*block_);
}

void RunNumbers::set(const DecodeRequest& wanted) {
    if (wanted.length) {
        length_->setValue(static_cast<int>(*wanted.length));
        hasUsualLength_ = false;
    }
    steps_->setValue(static_cast<int>(wanted.steps.value_or(0)));
    block_->setValue(static_cast<int>(wanted.blockLength.value_or(block_->value())));
}

void RunNumbers::showUsualLength(uint32_t appended) {
    if (hasUsualLength_ && length_->isEnabledTo(parent_)) {
        const QSignalBlocker blocked(length_);
        length_->setValue(static_cast<int>(appended));
    }
}

void RunNumbers::giveWay(const std::function<bool()>& fits) {
    constexpr unsigned kLength = 1;
    constexpr unsigned kSteps = 2;
    constexpr unsigned kBlock = 4;
    const QSignalBlocker stepsBlocked(steps_);
    const QSignalBlocker blockBlocked(block_);
    const auto giveUp = [this, usual = hasUsualLength_, steps = steps_->value(), block = block_->value()](unsigned numbers) {
        hasUsualLength_ = usual || (numbers & kLength) != 0;
        steps_->setValue((numbers & kSteps) != 0 ? 0 : steps);
        block_->setValue((numbers & kBlock) != 0 ? 0 : block);
    };
    for (const unsigned numbers :
         {0U, kLength, kSteps, kBlock, kLength | kSteps, kLength | kBlock, kSteps | kBlock, kLength | kSteps | kBlock}) {
        giveUp(numbers);
        if (fits()) {
            return;
        }
    }
    giveUp(0);
}

}  // namespace crystallite
