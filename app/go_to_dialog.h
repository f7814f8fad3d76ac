#pragma once

#include <QDialog>

class QLineEdit;

namespace crystallite {

class Playback;
class ProblemLine;
class RunDocument;

/// One line that takes a step or a position. Enter goes there, Escape does not.
class GoToDialog : public QDialog {
    Q_OBJECT
public:
    GoToDialog(RunDocument& document, Playback& playback, QWidget* parent = nullptr);

    void ask();
    void accept() override;
    [[nodiscard]] QString problem() const;  ///< what is said about the answer; empty when nothing is

private:
    RunDocument& document_;
    Playback& playback_;
    QLineEdit* where_ = nullptr;
    ProblemLine* problem_ = nullptr;
};

}  // namespace crystallite
