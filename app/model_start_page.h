#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;

namespace crystallite {

/// Where a model comes from: a file, a folder, or one that was open before.
class ModelStartPage : public QWidget {
    Q_OBJECT
public:
    explicit ModelStartPage(QWidget* parent = nullptr);

    void setRecent(const QStringList& paths);
    void takeFocus();

Q_SIGNALS:
    void fileWanted();
    void folderWanted();
    void chosen(const QString& path);

private:
    QWidget* makeDropArea();

    QLabel* caption_ = nullptr;
    QListWidget* recent_ = nullptr;
    QWidget* file_ = nullptr;
};

}  // namespace crystallite
