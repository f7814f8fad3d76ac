#pragma once

#include "engine/base/result.h"

#include <QObject>
#include <QStringList>

namespace crystallite {

class MainWindow;

/// Drives a window through the sample run without a person, and leaves pictures of several steps and the trace in a folder.
class ScreenshotRun : public QObject {
    Q_OBJECT
public:
    ScreenshotRun(MainWindow& window, QString folder, QObject* parent = nullptr);

    /// Waits for the model, runs, takes the pictures. The names of the files, or why there are none.
    [[nodiscard]] Result<QStringList> perform();

private:
    [[nodiscard]] Result<void> runToTheEnd();
    [[nodiscard]] Result<QString> take(const QString& name, uint32_t frame);
    [[nodiscard]] uint32_t slotToInspect(uint32_t frame) const;

    MainWindow& window_;
    QString folder_;
};

}  // namespace crystallite
