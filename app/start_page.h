#pragma once

#include <QWidget>

namespace crystallite {

class RunDocument;
struct WindowActions;

/// What stands where the canvas is empty: how to get something onto it. Lies over `place`, which is
/// somewhere below `parent`, and lets the pointer through.
class StartPage : public QWidget {
    Q_OBJECT
public:
    StartPage(RunDocument& document, const WindowActions& actions, QWidget& place, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void lieOver();

    QWidget& place_;
};

}  // namespace crystallite
