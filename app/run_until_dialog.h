#pragma once

#include "app/stop_condition.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;
class QStackedWidget;

namespace crystallite {

class ProblemLine;
class RunDocument;

/// Asks for one condition. It stays open while the answer is a sentence, and remembers what was asked for.
class RunUntilDialog : public QDialog {
    Q_OBJECT
public:
    explicit RunUntilDialog(RunDocument& document, QWidget* parent = nullptr);

    void ask();
    void accept() override;  ///< wanted(); whoever answers it hides the dialog or gives a sentence
    void showProblem(const QString& sentence);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] StopCondition condition() const;

Q_SIGNALS:
    void wanted(const crystallite::StopCondition& condition);

private:
    void addChoice(const QString& text, QWidget* field);
    void refreshBounds();

    RunDocument& document_;
    QComboBox* choice_ = nullptr;
    QStackedWidget* fields_ = nullptr;
    QDoubleSpinBox* share_ = nullptr;
    QDoubleSpinBox* entropy_ = nullptr;
    QSpinBox* position_ = nullptr;
    QLineEdit* text_ = nullptr;
    ProblemLine* problem_ = nullptr;
};

}  // namespace crystallite
