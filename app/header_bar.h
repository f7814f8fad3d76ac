#pragma once

#include "app/engine_door.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace crystallite {

class ElidedLabel;
class RunDocument;
struct WindowActions;

/// Model, device, memory and measured speed; Watch or Study; LIVE or REPLAY; Run and Stop.
class HeaderBar : public QWidget {
    Q_OBJECT
public:
    HeaderBar(RunDocument& document, const WindowActions& actions, QWidget* parent = nullptr);

    void setDevices(const std::vector<DeviceInfo>& devices);
    void setLoading(double share);
    void setModel(const ModelSummary& model);
    void setModelFailed();
    [[nodiscard]] const ModelRequest& request() const { return request_; }
    void setRequest(const ModelRequest& request);
    /// Of the run that is shown; 0: nothing measured.
    [[nodiscard]] QString numbersText() const;

Q_SIGNALS:
    void modelRequested(const crystallite::ModelRequest& request);
    void openWanted();  ///< "Open a model…" was chosen

private:
    void addChoices(const WindowActions& actions);
    QPushButton* addActionButton(QAction* action, const QString& keys);
    void modelChosen(int index);
    void deviceChosen();
    void showDevice();
    void refreshNumbers();
    void refreshState();
    void refreshOrder();

    RunDocument& document_;
    QComboBox* model_ = nullptr;
    QComboBox* device_ = nullptr;
    ElidedLabel* numbers_ = nullptr;
    ElidedLabel* order_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QLabel* state_ = nullptr;
    QString memory_;
    QString speed_;
    ModelRequest request_;
    std::vector<DeviceInfo> devices_;
    std::map<std::string, ModelRequest> asked_;  // by model: what was decided about it
};

}  // namespace crystallite
