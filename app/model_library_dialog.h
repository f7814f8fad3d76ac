#pragma once

#include "app/model_index.h"
#include "app/model_table.h"

#include <QDialog>
#include <QSortFilterProxyModel>

#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QTableView;

namespace crystallite {

/// The models in the folders that a person chose: what they are, whether they fit, how fast they were. Loading one is asked of the window,
/// which shows it first.
class ModelLibraryDialog : public QDialog {
    Q_OBJECT
public:
    using AskFolder = std::function<QString()>;

    ModelLibraryDialog(ModelIndex& index, ModelTable::FindSpeed findSpeed, AskFolder askFolder, QWidget* parent = nullptr);

    void setDevices(const std::vector<DeviceInfo>& devices);
    /// Shows itself, and looks into the folders when it has not yet.
    void open() override;
    [[nodiscard]] ModelTable& table() { return *table_; }
    /// What it says about looking: how many there are, or how far it is.
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void modelChosen(const QString& path);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeFolders();
    QWidget* makeModels();
    QWidget* makeBottom();
    void connectIndex();
    void refreshFolders();
    void refreshDetails();
    void refreshSentence();
    void choose();
    [[nodiscard]] const ModelEntry* selected() const;

    ModelIndex& index_;
    AskFolder askFolder_;
    ModelTable* table_ = nullptr;
    QSortFilterProxyModel* sorted_ = nullptr;
    QLineEdit* filter_ = nullptr;
    QTableView* view_ = nullptr;
    QLabel* details_ = nullptr;
    QListWidget* folders_ = nullptr;
    QPushButton* removeFolder_ = nullptr;
    QPushButton* refresh_ = nullptr;
    QPushButton* load_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QLabel* sentence_ = nullptr;
    QStringList seen_;  ///< paths that the look that goes on found
    bool hasLooked_ = false;
};

}  // namespace crystallite
