#include "app/dbus_desktop.h"

#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QVariantMap>

#include <utility>

namespace crystallite {
namespace {

QDBusMessage screenSaver(const char* method) {
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("/org/freedesktop/ScreenSaver"),
                                          QStringLiteral("org.freedesktop.ScreenSaver"), QLatin1String(method));
}

}  // namespace

DBusDesktop::DBusDesktop(QDBusConnection bus, QObject* parent) : QObject(parent), bus_(std::move(bus)) {}

/// At most one request is on its way, so that no cookie is lost.
void DBusDesktop::keepAwake(const QString& reason) {
    wantsAwake_ = true;
    if (cookie_ || isAsking_) {
        return;
    }
    isAsking_ = true;
    QDBusMessage call = screenSaver("Inhibit");
    call << QStringLiteral("Crystallite") << reason;
    auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* ended) {
        const QDBusPendingReply<uint> reply = *ended;
        ended->deleteLater();
        isAsking_ = false;
        if (reply.isError()) {
            return;
        }
        if (wantsAwake_) {
            cookie_ = reply.value();
        } else {
            allowSleep(reply.value());  // the run was over before the answer came
        }
    });
}

void DBusDesktop::letSleep() {
    wantsAwake_ = false;
    if (const auto cookie = std::exchange(cookie_, std::nullopt)) {
        allowSleep(*cookie);
    }
}

void DBusDesktop::allowSleep(uint cookie) {
    QDBusMessage call = screenSaver("UnInhibit");
    call << cookie;
    bus_.asyncCall(call);
}

void DBusDesktop::notify(const QString& title, const QString& text) {
    constexpr int kAsLongAsTheDesktopLikes = -1;
    QDBusMessage call =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
                                       QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QGuiApplication::desktopFileName()}};
    call << QStringLiteral("Crystallite") << notification_ << QString() << title << text << QStringList() << hints
         << kAsLongAsTheDesktopLikes;
    auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* ended) {
        const QDBusPendingReply<uint> reply = *ended;
        ended->deleteLater();
        notification_ = reply.isError() ? 0 : reply.value();
    });
}

}  // namespace crystallite
