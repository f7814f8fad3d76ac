#include "app/settings_portal.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMetaType>

#include <utility>

namespace crystallite {
namespace {

const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
// GNOME's own switch; the portal hands it out too, and its key for motion is younger than most desktops.
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");
const QString kColourScheme = QStringLiteral("color-scheme");
const QString kContrast = QStringLiteral("contrast");
const QString kReducedMotion = QStringLiteral("reduced-motion");
const QString kAnimations = QStringLiteral("enable-animations");

}  // namespace

SettingsPortal::SettingsPortal(QDBusConnection bus, QString service, QObject* parent)
    : QObject(parent), bus_(std::move(bus)), service_(std::move(service)) {
    if (!bus_.isConnected()) {
        return;
    }
    // By its name Qt finds the slot of a signal; nothing else may have told it this one yet.
    qRegisterMetaType<QDBusVariant>("QDBusVariant");
    bus_.connect(service_, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                 SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(kAppearance, kColourScheme);
    ask(kAppearance, kContrast);
    ask(kAppearance, kReducedMotion);
    ask(kGnome, kAnimations);
}

void SettingsPortal::ask(const QString& group, const QString& key) {
    QDBusMessage question = QDBusMessage::createMethodCall(service_, kPath, kInterface, QStringLiteral("Read"));
    question << group << key;
    auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher* answered) {
        const QDBusPendingReply<QDBusVariant> reply = *answered;
        if (reply.isValid()) {
            take(group, key, reply.value().variant());
        }
        answered->deleteLater();
    });
}

void SettingsPortal::onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    take(group, key, value.variant());
}

void SettingsPortal::take(const QString& group, const QString& key, QVariant value) {
    if (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();  // Read, the older of two such calls, wraps its answer twice
    }
    PartialHints hints = hints_;
    if (group == kAppearance && key == kColourScheme) {
        // 0: no preference, 1: dark, 2: light
        hints.dark = value.toUInt() == 0 ? std::nullopt : std::optional(value.toUInt() == 1);
    } else if (group == kAppearance && key == kContrast) {
        hints.highContrast = value.toUInt() == 1 ? std::optional(true) : std::nullopt;
    } else if (group == kAppearance && key == kReducedMotion) {
        hints.reducedMotion = value.toUInt() == 1 ? std::optional(true) : std::nullopt;
    } else if (group == kGnome && key == kAnimations) {
        hints.reducedMotion = value.toBool() ? std::nullopt : std::optional(true);
    }
    if (hints != hints_) {
        hints_ = hints;
        Q_EMIT changed();
    }
}

}  // namespace crystallite
