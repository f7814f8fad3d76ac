#pragma once

#include "engine/trace/decode_settings.h"

#include <QObject>

#include <functional>
#include <optional>

class QFormLayout;
class QSpinBox;
class QWidget;

namespace crystallite {

/// How long the answer is, in how many steps and blocks, as rows of a form. Until somebody chooses a length it is the one that is usual and
/// fits, and is shown as soon as it is known.
class RunNumbers : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form; `parent` owns the widgets.
    RunNumbers(QFormLayout& form, QWidget* parent);

    /// Which of them the model and the policy leave a choice about.
    struct Choices {
        bool length = true;
        bool steps = true;
        bool block = true;
        uint32_t ownBlocks = 0;  ///< length of the model's own blocks, if it has any: what no choice of a block means
    };
    void setChoices(const Choices& choices);
    /// Asks for what was chosen.
    void addTo(DecodeRequest& request) const;
    /// A length or block that is left out stays as it is; steps become one per open slot.
    void set(const DecodeRequest& wanted);
    /// `appended`: slots that a run without a wish has behind its prompt.
    void showUsualLength(uint32_t appended);
    /// Numbers that were chosen for another model give way to the usual ones until `fits` says yes, as few as it takes; none where it never
    /// does. Tells nobody.
    void giveWay(const std::function<bool()>& fits);

Q_SIGNALS:
    void changed();

private:
    QSpinBox* addNumber(QFormLayout& form, const QString& name, const QString& help);
    [[nodiscard]] std::optional<uint32_t> chosen(const QSpinBox& box) const;

    QWidget* parent_;
    QSpinBox* length_ = nullptr;
    QSpinBox* steps_ = nullptr;
    QSpinBox* block_ = nullptr;
    bool hasUsualLength_ = true;
};

}  // namespace crystallite
