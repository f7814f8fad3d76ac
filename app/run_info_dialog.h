#pragma once

#include <QDialog>

#include <vector>

class QVBoxLayout;

namespace crystallite {

class RunDocument;
class ValueList;

/// What the engine really used for the run that is shown: model, device, settings, canvas, passes. Stays open beside the window and
/// follows it.
class RunInfoDialog : public QDialog {
    Q_OBJECT
public:
    explicit RunInfoDialog(RunDocument& document, QWidget* parent = nullptr);

    void copyAsTsv() const;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();

    RunDocument& document_;
    QVBoxLayout* sections_ = nullptr;
    std::vector<ValueList*> lists_;
};

}  // namespace crystallite
