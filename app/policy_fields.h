#pragma once

#include "app/optional_rows.h"
#include "engine/trace/decode_settings.h"

#include <QObject>

#include <string_view>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QWidget;

namespace crystallite {

struct DecodeOption;

/// The policy of a run and what it looks at, as rows of a form: those of other policies are hidden.
class PolicyFields : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form; `parent` owns the widgets.
    PolicyFields(QFormLayout& form, QWidget* parent);
    /// Those rows of the form, for further ones that come and go.
    [[nodiscard]] OptionalRows& rows() { return rows_; }

    [[nodiscard]] DecodePolicy policy() const;
    /// Puts the policy, its rule and its options into `request`.
    void addTo(DecodeRequest& request) const;
    /// What is left out becomes what is usual for the policy; without a policy everything stays.
    void set(const DecodeRequest& wanted);
    /// Offers the policies that can run a model, which are at least one, and no option of `idle`, which can do nothing with it. The one
    /// that suits the model is chosen where the one before was not anybody's choice, or cannot run it.
    void setPolicies(const std::vector<DecodePolicy>& able, DecodePolicy usual, std::vector<std::string_view> idle);

Q_SIGNALS:
    void policyChanged();
    void changed();  ///< anything, the policy too

private:
    struct Field {
        const DecodeOption* option = nullptr;
        QDoubleSpinBox* number = nullptr;  ///< one of the two
        QCheckBox* flag = nullptr;

        [[nodiscard]] QWidget* widget() const;
        [[nodiscard]] double value() const;
        void setValue(double value) const;
    };

    void offer(const std::vector<DecodePolicy>& policies);
    void addField(const DecodeOption& option, QWidget* parent);
    [[nodiscard]] bool isOffered(const DecodeOption& option) const;
    [[nodiscard]] DecodeSettings chosen() const;  ///< the usual settings of the policy and the rule that are chosen
    void showUsual();
    void showRows();

    OptionalRows rows_;
    QComboBox* policy_ = nullptr;
    QComboBox* remask_ = nullptr;
    std::vector<Field> fields_;
    DecodePolicy usual_ = DecodePolicy::Llada;  ///< of the model
    std::vector<std::string_view> idle_;
};

}  // namespace crystallite
