#pragma once

#include "app/engine_door.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace crystallite {

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
    [[nodiscard]] ModelRequest request() const;
    void setRequest(const ModelRequest& request);
    /// Of the run that is shown; 0: nothing measured.
    [[nodiscard]] QString numbersText() const;

Q_SIGNALS:
    void modelRequested(const crystallite::ModelRequest& request);
    void modelFileWanted();  ///< "Choose a file…" was chosen

private:
    void addChoices(const WindowActions& actions);
    QPushButton* addActionButton(QAction* action, const QString& keys);
    void modelChosen(int index);
    void refreshNumbers();
    void refreshState();

    RunDocument& document_;
    QComboBox* model_ = nullptr;
    QComboBox* device_ = nullptr;
    QLabel* numbers_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QLabel* state_ = nullptr;
    QString memory_;
    QString speed_;
    std::string modelPath_;
};

/// "18 MB", "23.5 GB"; decimal units.
[[nodiscard]] QString bytesText(uint64_t bytes);
/// "3.7M", "8.0B"
[[nodiscard]] QString countText(uint64_t count);

}  // namespace crystallite
