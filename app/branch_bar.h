#pragma once

#include <QFrame>

#include <functional>

class QAction;
class QLabel;
class QPushButton;

namespace crystallite {

/// Under the canvas: which branch is shown, what its sampler will not do, and what it costs to go on, before that is asked for.
class BranchBar : public QFrame {
    Q_OBJECT
public:
    /// The buttons trigger these.
    BranchBar(QAction* continueRun, QAction* computeStep, QWidget* parent = nullptr);

    /// `where` names what is shown; empty hides the bar. `notes`: what else is to be known.
    void tell(const QString& where, const QString& notes);
    /// A button that loads the model that made the run; empty: none is needed, or it is not known.
    void offerModel(const QString& name);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void modelWanted();

private:
    QPushButton* addActionButton(QAction* action);

    QLabel* where_ = nullptr;
    QLabel* notes_ = nullptr;
    QPushButton* load_ = nullptr;
};

}  // namespace crystallite
