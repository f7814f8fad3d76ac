#pragma once

#include "app/desktop_hints.h"

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QVariant>

namespace crystallite {

/// What the settings portal of a Linux desktop says about colours, contrast and motion (org.freedesktop.portal.Settings). Qt 6.4 asks
/// nobody else about them. Questions and answers go over the bus without anybody waiting; a desktop without a portal says nothing.
class SettingsPortal : public QObject {
    Q_OBJECT
public:
    /// `service`: empty on a connection to the portal itself, as a test has one.
    explicit SettingsPortal(QDBusConnection bus, QString service = QStringLiteral("org.freedesktop.portal.Desktop"),
                            QObject* parent = nullptr);

    [[nodiscard]] const PartialHints& hints() const { return hints_; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& group, const QString& key);
    void take(const QString& group, const QString& key, QVariant value);

    QDBusConnection bus_;
    QString service_;
    PartialHints hints_;
};

}  // namespace crystallite
