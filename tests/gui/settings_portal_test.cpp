#include "app/settings_portal.h"
#include "app/look.h"

#include <gtest/gtest.h>

#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusServer>
#include <QHash>
#include <QTest>

#include <memory>

namespace crystallite {
namespace {

constexpr char kPath[] = "/org/freedesktop/portal/desktop";

/// A portal with the settings of the test.
class FakePortal : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    QHash<QString, QVariant> settings;

    void set(const char* group, const char* key, const QVariant& value) {
        settings[QLatin1String(group) + QLatin1Char('/') + QLatin1String(key)] = value;
        Q_EMIT SettingChanged(QLatin1String(group), QLatin1String(key), QDBusVariant(value));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString& group, const QString& key) {
        const QVariant value = settings.value(group + QLatin1Char('/') + key);
        if (!value.isValid()) {
            sendErrorReply(QStringLiteral("org.freedesktop.portal.Error.NotFound"), QStringLiteral("Requested setting not found"));
            return {};
        }
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));  // twice, as the real one does
    }

Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

/// A bus of two: the portal and who asks it.
class SettingsPortalTest : public ::testing::Test {
protected:
    void SetUp() override {
        server_.setAnonymousAuthenticationAllowed(true);
        QObject::connect(&server_, &QDBusServer::newConnection, &server_, [this](const QDBusConnection& connection) {
            theirs_ = std::make_unique<QDBusConnection>(connection);
            theirs_->registerObject(QLatin1String(kPath), &fake_, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        });
        ASSERT_TRUE(server_.isConnected()) << server_.lastError().message().toStdString();
    }
    void TearDown() override { QDBusConnection::disconnectFromPeer(QStringLiteral("portal-test")); }

    /// Asks, and waits until `portal` knows what the test expects.
    ::testing::AssertionResult settles(const SettingsPortal& portal, const PartialHints& expected) {
        if (QTest::qWaitFor([&] { return portal.hints() == expected; }, 10'000)) {
            return ::testing::AssertionSuccess();
        }
        const auto said = [](const std::optional<bool>& hint) { return hint ? (*hint ? " yes" : " no") : " -"; };
        const PartialHints& hints = portal.hints();
        return ::testing::AssertionFailure() << "dark" << said(hints.dark) << ", high contrast" << said(hints.highContrast)
                                             << ", reduced motion" << said(hints.reducedMotion);
    }
    [[nodiscard]] QDBusConnection ours() { return QDBusConnection::connectToPeer(server_.address(), QStringLiteral("portal-test")); }

    QDBusServer server_;
    FakePortal fake_;
    std::unique_ptr<QDBusConnection> theirs_;
};

TEST_F(SettingsPortalTest, SaysWhatTheDesktopSaysAndFollowsItsChanges) {
    fake_.set("org.freedesktop.appearance", "color-scheme", 1U);
    fake_.set("org.freedesktop.appearance", "contrast", 1U);
    fake_.set("org.gnome.desktop.interface", "enable-animations", false);
    const SettingsPortal portal(ours(), QString());

    EXPECT_TRUE(settles(portal, {.dark = true, .highContrast = true, .reducedMotion = true}));

    fake_.set("org.freedesktop.appearance", "color-scheme", 2U);
    fake_.set("org.freedesktop.appearance", "contrast", 0U);
    fake_.set("org.gnome.desktop.interface", "enable-animations", true);
    EXPECT_TRUE(settles(portal, {.dark = false}));
    fake_.set("org.freedesktop.appearance", "color-scheme", 0U);
    fake_.set("org.freedesktop.appearance", "reduced-motion", 1U);
    EXPECT_TRUE(settles(portal, {.reducedMotion = true}));
}

TEST_F(SettingsPortalTest, TheLookFollowsIt) {
    fake_.set("org.freedesktop.appearance", "color-scheme", 1U);
    const SettingsPortal portal(ours(), QString());
    Look look;
    look.follow(&portal);

    EXPECT_TRUE(QTest::qWaitFor([&] { return look.theme().dark; }, 10'000));
    EXPECT_FALSE(look.isReducedMotion());
    fake_.set("org.freedesktop.appearance", "reduced-motion", 1U);
    EXPECT_TRUE(QTest::qWaitFor([&] { return look.isReducedMotion(); }, 10'000));
    look.setReducedMotion(false);
    EXPECT_FALSE(look.isReducedMotion()) << "what a person chose counts more";
}

TEST(SettingsPortalAlone, WithoutABusThereIsNoHint) {
    const SettingsPortal portal(QDBusConnection(QStringLiteral("no such bus")));

    EXPECT_EQ(portal.hints(), PartialHints());
}

}  // namespace
}  // namespace crystallite

#include "settings_portal_test.moc"
