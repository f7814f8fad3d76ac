#pragma once

#include "app/model_preview.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QFormLayout;
class QLabel;

namespace crystallite {

class Disclosure;
class MemoryView;
class ModelFields;

/// One model before it is loaded: what it is, what is to be decided, whether it fits; all that its files say on demand.
class ModelPage : public QWidget {
    Q_OBJECT
public:
    explicit ModelPage(QWidget* parent = nullptr);

    void setDevices(const std::vector<DeviceInfo>& devices);
    /// Starts over, with what is asked for; nothing is known of the files yet.
    void start(const ModelRequest& request);
    /// The files are read again; until that is done what is known stays.
    void startReading();
    void setPreview(const ModelPreview& preview);
    void setEditable(bool editable);

    [[nodiscard]] ModelFields& fields() { return *fields_; }
    [[nodiscard]] ModelRequest request() const;
    /// Everything is answered, and it fits or is to be loaded anyway.
    [[nodiscard]] bool isReady() const;
    /// What keeps the files from being loaded; empty: nothing.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();  ///< isReady() or problem()

private:
    QWidget* makeDetails();
    void showFacts();
    void showMemory();
    [[nodiscard]] MemoryPlan plan() const;

    ModelPreview preview_;
    bool isRead_ = false;

    QLabel* title_ = nullptr;
    QLabel* place_ = nullptr;
    QLabel* headline_ = nullptr;
    ModelFields* fields_ = nullptr;
    MemoryView* memory_ = nullptr;
    QCheckBox* anyway_ = nullptr;
    QWidget* facts_ = nullptr;
    QFormLayout* factRows_ = nullptr;
    Disclosure* details_ = nullptr;
};

}  // namespace crystallite
