#pragma once

#include "app/run_manners.h"

#include <QDBusConnection>
#include <QObject>

#include <optional>

namespace crystallite {

/// org.freedesktop.Notifications and org.freedesktop.ScreenSaver on the session bus. Nothing waits for an answer; a bus without these
/// services is as good as none. The desktop itself ends what a program that has gone asked for.
class DBusDesktop : public QObject, public DesktopServices {
    Q_OBJECT
public:
    explicit DBusDesktop(QDBusConnection bus, QObject* parent = nullptr);

    void keepAwake(const QString& reason) override;
    void letSleep() override;
    void notify(const QString& title, const QString& text) override;

private:
    void allowSleep(uint cookie);

    QDBusConnection bus_;
    bool wantsAwake_ = false;
    bool isAsking_ = false;  ///< the answer with the cookie is on its way
    std::optional<uint> cookie_;
    uint notification_ = 0;  ///< the last one, which the next one takes the place of
};

}  // namespace crystallite
