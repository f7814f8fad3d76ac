#include "app/policy_fields.h"

#include "app/policy_text.h"
#include "engine/trace/decode_option.h"

#include <gmock/gmock.h>

#include <QComboBox>
#include <QFormLayout>
#include <QSignalSpy>
#include <QWidget>

#include <algorithm>

namespace crystallite::testing {
namespace {

class PolicyFieldsTest : public ::testing::Test {
protected:
    [[nodiscard]] QWidget* widget(std::string_view option) {
        return parent_.findChild<QWidget*>(QString::fromUtf8(option.data(), static_cast<qsizetype>(option.size())));
    }
    [[nodiscard]] bool isInTheForm(QWidget* field) const { return form_.indexOf(field) >= 0; }
    [[nodiscard]] std::vector<OptionValue> options() const {
        DecodeRequest request;
        fields_.addTo(request);
        return request.options;
    }

    [[nodiscard]] std::vector<std::string> offered() const {
        const auto* box = parent_.findChild<QComboBox*>();  // the policies come first
        std::vector<std::string> names;
        for (int i = 0; i < box->count(); ++i) {
            names.push_back(box->itemText(i).toStdString());
        }
        return names;
    }

    QWidget parent_;
    QFormLayout form_{&parent_};
    PolicyFields fields_{form_, &parent_};
};

TEST_F(PolicyFieldsTest, EveryPolicyAndOptionIsExplainedAndNamed) {
    for (const PolicyTraits& traits : policies()) {
        EXPECT_FALSE(policyText(traits.policy).isEmpty()) << traits.name;
    }
    for (const DecodeOption& option : decodeOptions()) {
        ASSERT_NE(widget(option.name), nullptr) << option.name;
        EXPECT_FALSE(widget(option.name)->accessibleName().isEmpty()) << option.name;
        EXPECT_FALSE(optionText(option.name).isEmpty()) << option.name;
        EXPECT_EQ(widget(option.name)->focusPolicy() & Qt::TabFocus, Qt::TabFocus) << option.name;
    }
}

TEST_F(PolicyFieldsTest, ShowsAndAsksForWhatThePolicyLooksAt) {
    for (const PolicyTraits& traits : policies()) {
        fields_.set({.policy = traits.policy});

        EXPECT_EQ(fields_.policy(), traits.policy);
        const DecodeSettings usual = usualSettings(traits.policy);
        for (const DecodeOption& option : decodeOptions()) {
            EXPECT_EQ(isInTheForm(widget(option.name)), option.appliesTo(usual)) << traits.name << " " << option.name;
        }
        for (const OptionValue& value : options()) {
            const DecodeOption* option = findDecodeOption(value.name);
            ASSERT_NE(option, nullptr);
            EXPECT_TRUE(option->appliesTo(usual));
            EXPECT_NEAR(value.value, option->valueIn(usual), 1e-9) << traits.name << " " << value.name;
        }
    }
}

TEST_F(PolicyFieldsTest, TakesWhatIsSetAndTellsOfChanges) {
    QSignalSpy changed(&fields_, &PolicyFields::changed);
    fields_.set({.policy = DecodePolicy::Remdm, .remask = RemaskRule::Loop, .options = {{"eta", 0.25}}});

    DecodeRequest request;
    fields_.addTo(request);

    EXPECT_EQ(request.policy, DecodePolicy::Remdm);
    EXPECT_EQ(request.remask, RemaskRule::Loop);
    const auto eta = std::find_if(request.options.begin(), request.options.end(), [](const OptionValue& one) { return one.name == "eta"; });
    ASSERT_NE(eta, request.options.end());
    EXPECT_EQ(eta->value, 0.25);
    EXPECT_TRUE(isInTheForm(widget("t_on")));
    EXPECT_EQ(changed.count(), 1);
}

TEST_F(PolicyFieldsTest, WhatDoesNothingWithTheModelIsNeitherShownNorAskedFor) {
    fields_.set({.policy = DecodePolicy::Llada, .options = {{"logits_eos_inf", 1}}});

    const std::vector<DecodePolicy> able = {DecodePolicy::Llada, DecodePolicy::Threshold};
    fields_.setPolicies(able, DecodePolicy::Llada, {"logits_eos_inf"});

    EXPECT_FALSE(isInTheForm(widget("logits_eos_inf")));
    EXPECT_TRUE(isInTheForm(widget("confidence_eos_eot_inf")));
    for (const OptionValue& value : options()) {
        EXPECT_NE(value.name, "logits_eos_inf");
    }
    fields_.setPolicies(able, DecodePolicy::Llada, {});
    EXPECT_TRUE(isInTheForm(widget("logits_eos_inf")));
}

TEST_F(PolicyFieldsTest, OfAModelThatLeavesNoChoiceThePolicyIsHidden) {
    fields_.set({.policy = DecodePolicy::Threshold});

    fields_.setPolicies({DecodePolicy::LeftToRight}, DecodePolicy::LeftToRight, {});

    EXPECT_EQ(fields_.policy(), DecodePolicy::LeftToRight);
    EXPECT_FALSE(isInTheForm(widget("threshold")));
    EXPECT_TRUE(isInTheForm(widget("top_k")));
    EXPECT_FALSE(isInTheForm(parent_.findChild<QComboBox*>()));
}

TEST_F(PolicyFieldsTest, TakesThePolicyOfTheModelUnlessSomebodyChoseOneThatItCanFollow) {
    const std::vector<DecodePolicy> ofBlocks = {DecodePolicy::Llada, DecodePolicy::Threshold, DecodePolicy::Dynamic};
    fields_.setPolicies(ofBlocks, DecodePolicy::Dynamic, {});
    EXPECT_EQ(fields_.policy(), DecodePolicy::Dynamic);
    EXPECT_THAT(offered(), ::testing::ElementsAre("llada", "threshold", "dynamic"));

    fields_.set({.policy = DecodePolicy::Threshold, .options = {{"threshold", 0.25}}});
    QSignalSpy policyChanged(&fields_, &PolicyFields::policyChanged);
    fields_.setPolicies(ofBlocks, DecodePolicy::Llada, {});
    EXPECT_EQ(fields_.policy(), DecodePolicy::Threshold);
    EXPECT_EQ(options().front().value, 0.25) << "what was chosen stays where the model can do it";
    EXPECT_EQ(policyChanged.count(), 0);

    fields_.set({.policy = DecodePolicy::Wino});
    EXPECT_EQ(fields_.policy(), DecodePolicy::Threshold) << "the model cannot follow wino";

    policyChanged.clear();
    fields_.setPolicies({DecodePolicy::Llada, DecodePolicy::Wino}, DecodePolicy::Llada, {});
    EXPECT_EQ(fields_.policy(), DecodePolicy::Llada);
    EXPECT_FALSE(isInTheForm(widget("threshold")));
    EXPECT_EQ(policyChanged.count(), 1);
}

}  // namespace
}  // namespace crystallite::testing
