#include "app/policy_fields.h"

#include "app/conversions.h"
#include "app/elided_combo_box.h"
#include "app/policy_text.h"
#include "engine/trace/decode_option.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QWidget>

#include <algorithm>
#include <array>
#include <utility>

namespace crystallite {
namespace {

constexpr std::array kRules{RemaskRule::Cap, RemaskRule::Rescale, RemaskRule::Confidence, RemaskRule::Loop};

/// Follows from the canvas unless somebody says otherwise; its box has 0 for that.
bool followsFromCanvas(const DecodeOption& option) {
    return option.name == "max_length";
}

std::vector<DecodePolicy> everyPolicy() {
    std::vector<DecodePolicy> all;
    for (const PolicyTraits& traits : policies()) {
        all.push_back(traits.policy);
    }
    return all;
}

/// Shows no zeros behind the last digit that counts.
class ShortNumberBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;

    [[nodiscard]] QString textFromValue(double value) const override {
        QLocale plain = locale();
        plain.setNumberOptions(QLocale::OmitGroupSeparator);
        return plain.toString(value, 'f', QLocale::FloatingPointShortest);
    }
};

}  // namespace

QWidget* PolicyFields::Field::widget() const {
    return flag != nullptr ? static_cast<QWidget*>(flag) : number;
}

double PolicyFields::Field::value() const {
    return flag != nullptr ? (flag->isChecked() ? 1.0 : 0.0) : number->value();
}

void PolicyFields::Field::setValue(double value) const {
    if (flag != nullptr) {
        flag->setChecked(value != 0.0);
    } else {
        number->setValue(value);
    }
}

PolicyFields::PolicyFields(QFormLayout& form, QWidget* parent) : QObject(parent), rows_(form) {
    policy_ = new ElidedComboBox(parent);
    policy_->setAccessibleName(tr("Policy"));
    offer(everyPolicy());
    rows_.append(tr("Policy"), policy_);
    remask_ = new ElidedComboBox(parent);
    remask_->setAccessibleName(tr("Remasking rule"));
    remask_->setToolTip(tr("How likely a token is withdrawn"));
    for (const RemaskRule rule : kRules) {
        remask_->addItem(toQString(nameOf(rule)), static_cast<int>(rule));
    }
    rows_.append(tr("Remasking"), remask_);
    for (const DecodeOption& option : decodeOptions()) {
        addField(option, parent);
    }
    showUsual();
    connect(policy_, &QComboBox::currentIndexChanged, this, [this] {
        showUsual();
        Q_EMIT policyChanged();
        Q_EMIT changed();
    });
    connect(remask_, &QComboBox::currentIndexChanged, this, [this] {
        showUsual();
        Q_EMIT changed();
    });
}

void PolicyFields::offer(const std::vector<DecodePolicy>& policies) {
    policy_->clear();
    for (const DecodePolicy policy : policies) {
        policy_->addItem(toQString(nameOf(policy)), static_cast<int>(policy));
        policy_->setItemData(policy_->count() - 1, policyText(policy), Qt::ToolTipRole);
    }
}

void PolicyFields::addField(const DecodeOption& option, QWidget* parent) {
    Field field{.option = &option};
    if (option.isFlag()) {
        field.flag = new QCheckBox(optionLabel(option.name), parent);
        connect(field.flag, &QCheckBox::toggled, this, &PolicyFields::changed);
    } else {
        constexpr int kDigits = 6;  // the least value of a range that excludes 0 is one millionth
        field.number = new ShortNumberBox(parent);
        field.number->setDecimals(option.isWhole() ? 0 : kDigits);
        field.number->setRange(followsFromCanvas(option) ? 0.0 : option.lowest, option.highest);
        field.number->setSingleStep(option.isWhole() ? 1.0 : 0.05);
        if (followsFromCanvas(option)) {
            field.number->setSpecialValueText(tr("what fits"));
        }
        connect(field.number, &QDoubleSpinBox::valueChanged, this, &PolicyFields::changed);
    }
    const QString name = toQString(option.name);
    field.widget()->setObjectName(name);
    field.widget()->setAccessibleName(optionLabel(option.name));
    field.widget()->setAccessibleDescription(optionText(option.name));
    field.widget()->setToolTip(tr("%1 (%2)").arg(optionText(option.name), name));
    rows_.append(option.isFlag() ? QString() : optionLabel(option.name), field.widget());
    fields_.push_back(field);
}

DecodePolicy PolicyFields::policy() const {
    return static_cast<DecodePolicy>(policy_->currentData().toInt());
}

DecodeSettings PolicyFields::chosen() const {
    return usualSettings(policy(), static_cast<RemaskRule>(remask_->currentData().toInt()));
}

bool PolicyFields::isOffered(const DecodeOption& option) const {
    return option.appliesTo(chosen()) && std::find(idle_.begin(), idle_.end(), option.name) == idle_.end();
}

void PolicyFields::showUsual() {
    const DecodeSettings usual = chosen();
    for (const Field& field : fields_) {
        const QSignalBlocker blocked(field.widget());
        field.setValue(followsFromCanvas(*field.option) ? 0.0 : field.option->valueIn(usual));
    }
    policy_->setToolTip(policyText(usual.policy));
    showRows();
}

void PolicyFields::showRows() {
    const DecodeSettings usual = chosen();
    rows_.setVisible(policy_, policy_->count() > 1);
    rows_.setVisible(remask_, usual.policy == DecodePolicy::Remdm);
    for (const Field& field : fields_) {
        rows_.setVisible(field.widget(), isOffered(*field.option));
    }
}

void PolicyFields::addTo(DecodeRequest& request) const {
    const DecodeSettings usual = chosen();
    request.policy = usual.policy;
    if (usual.policy == DecodePolicy::Remdm) {
        request.remask = usual.remask;
    }
    for (const Field& field : fields_) {
        const bool isLeftOut = followsFromCanvas(*field.option) && field.value() == 0.0;
        if (isOffered(*field.option) && !isLeftOut) {
            request.options.push_back({.name = std::string(field.option->name), .value = field.value()});
        }
    }
}

void PolicyFields::set(const DecodeRequest& wanted) {
    if (!wanted.policy) {
        return;
    }
    {
        const QSignalBlocker policyBlocked(policy_);
        const QSignalBlocker remaskBlocked(remask_);
        // A run of another model may have one that this model cannot follow; then the one that is chosen stays.
        if (const int known = policy_->findData(static_cast<int>(*wanted.policy)); known >= 0) {
            policy_->setCurrentIndex(known);
        }
        remask_->setCurrentIndex(remask_->findData(static_cast<int>(wanted.remask.value_or(RemaskRule::Cap))));
    }
    showUsual();
    for (const OptionValue& value : wanted.options) {
        const auto field = std::find_if(fields_.begin(), fields_.end(), [&](const Field& one) { return one.option->name == value.name; });
        if (field != fields_.end()) {
            const QSignalBlocker blocked(field->widget());
            field->setValue(value.value);
        }
    }
    Q_EMIT policyChanged();
    Q_EMIT changed();
}

void PolicyFields::setPolicies(const std::vector<DecodePolicy>& able, DecodePolicy usual, std::vector<std::string_view> idle) {
    idle_ = std::move(idle);
    const DecodePolicy before = policy();
    const bool isKept = before != usual_ && std::find(able.begin(), able.end(), before) != able.end();
    usual_ = usual;
    {
        const QSignalBlocker blocked(policy_);
        offer(able);
        policy_->setCurrentIndex(policy_->findData(static_cast<int>(isKept ? before : usual)));
    }
    if (policy() == before) {
        showRows();
        return;
    }
    showUsual();
    Q_EMIT policyChanged();
    Q_EMIT changed();
}

}  // namespace crystallite
