#pragma once

#include "app/model_inspector.h"
#include "app/trace_files.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace crystallite {

class ModelPage;
class ModelStartPage;

/// From a file to a loaded model: where it comes from, what it is and what is to be decided, and how far loading is. It blocks nothing: the
/// window behind it goes on. Whatever fails is a sentence here, and what was decided stays.
class OpenModelDialog : public QDialog {
    Q_OBJECT
public:
    OpenModelDialog(ModelInspector::Inspect inspect, const FileQuestions& questions, QWidget* parent = nullptr);

    void setDevices(const std::vector<DeviceInfo>& devices);
    /// Asks for a file; `device` is where it will be loaded unless that is changed here.
    void chooseFrom(const QStringList& recent, const std::string& device);
    /// Shows what is asked for, as far as it is decided.
    void showModel(const ModelRequest& request);

    /// What becomes of the load that was asked for; nothing while none is.
    void setLoading(double share);
    void finish();
    void fail(const QString& sentence, bool cancelled);
    [[nodiscard]] bool isLoading() const { return loading_; }
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] ModelPage& page() { return *page_; }

Q_SIGNALS:
    void loadRequested(const crystallite::ModelRequest& request);
    void cancelRequested();

protected:
    void reject() override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeBottom();
    void connectPages();
    void choose(const QString& path);
    void take(const ModelPreview& preview);
    void load();
    void refresh();
    void present();

    FileQuestions questions_;
    ModelInspector inspector_;
    std::string device_ = "auto";
    bool loading_ = false;
    QString failure_;

    QStackedWidget* pages_ = nullptr;
    ModelStartPage* start_ = nullptr;
    ModelPage* page_ = nullptr;
    QLabel* sentence_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* back_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QPushButton* load_ = nullptr;
};

}  // namespace crystallite
