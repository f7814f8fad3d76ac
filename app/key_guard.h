#pragma once

#include <QObject>

namespace crystallite {

/// Keeps the window's single-key commands away from a widget that needs the key itself: letters typed into a field, Space on a focused
/// button, arrows in a list. Installed on the application, so that a widget cannot be forgotten.
class KeyGuard : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace crystallite
