#include "app/dbus_desktop.h"

#include <gtest/gtest.h>

#include <QDBusContext>
#include <QDBusServer>
#include <QStringList>
#include <QTest>
#include <QVariantMap>

#include <memory>

namespace crystallite {
namespace {

constexpr int kPatienceMs = 10'000;

/// Writes down what programs ask of it.
class FakeScreenSaver : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")
public:
    QList<uint> held;
    uint last = 40;

public Q_SLOTS:
    uint Inhibit(const QString& application, const QString& reason) {
        EXPECT_FALSE(application.isEmpty() || reason.isEmpty());
        held << ++last;
        return last;
    }
    void UnInhibit(uint cookie) { EXPECT_EQ(held.removeAll(cookie), 1); }
};

class FakeNotifications : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QStringList texts;
    QList<uint> replaced;

public Q_SLOTS:
    uint Notify(const QString&, uint replaces, const QString&, const QString&, const QString& text, const QStringList&, const QVariantMap&,
                int) {
        texts << text;
        replaced << replaces;
        return 7;
    }
};

/// A bus of two: the desktop and the program.
class DBusDesktopTest : public ::testing::Test {
protected:
    void SetUp() override {
        server_.setAnonymousAuthenticationAllowed(true);
        QObject::connect(&server_, &QDBusServer::newConnection, &server_, [this](const QDBusConnection& connection) {
            theirs_ = std::make_unique<QDBusConnection>(connection);
            theirs_->registerObject(QStringLiteral("/org/freedesktop/ScreenSaver"), &screenSaver_, QDBusConnection::ExportAllSlots);
            theirs_->registerObject(QStringLiteral("/org/freedesktop/Notifications"), &notifications_, QDBusConnection::ExportAllSlots);
        });
        ASSERT_TRUE(server_.isConnected()) << server_.lastError().message().toStdString();
        desktop_ = std::make_unique<DBusDesktop>(QDBusConnection::connectToPeer(server_.address(), QStringLiteral("desktop-test")));
        ASSERT_TRUE(QTest::qWaitFor([this] { return theirs_ != nullptr; }, kPatienceMs));
    }
    void TearDown() override {
        desktop_.reset();
        QDBusConnection::disconnectFromPeer(QStringLiteral("desktop-test"));
    }
    [[nodiscard]] bool holds(int count) {
        return QTest::qWaitFor([&] { return screenSaver_.held.size() == count; }, kPatienceMs);
    }

    FakeScreenSaver screenSaver_;
    FakeNotifications notifications_;
    QDBusServer server_;
    std::unique_ptr<QDBusConnection> theirs_;
    std::unique_ptr<DBusDesktop> desktop_;
};

TEST_F(DBusDesktopTest, WhatIsHeldIsGivenBack) {
    desktop_->keepAwake(QStringLiteral("a run"));
    ASSERT_TRUE(holds(1));
    QTest::qWait(50);
    desktop_->keepAwake(QStringLiteral("a run"));
    QTest::qWait(50);
    EXPECT_EQ(screenSaver_.held.size(), 1) << "once is enough";
    desktop_->letSleep();
    EXPECT_TRUE(holds(0));
}

TEST_F(DBusDesktopTest, ARunThatIsOverBeforeTheAnswerHoldsNothing) {
    desktop_->keepAwake(QStringLiteral("a short run"));
    desktop_->letSleep();
    ASSERT_TRUE(QTest::qWaitFor([this] { return screenSaver_.last == 41 && screenSaver_.held.isEmpty(); }, kPatienceMs));
    desktop_->keepAwake(QStringLiteral("the next run"));
    EXPECT_TRUE(holds(1));
}

TEST_F(DBusDesktopTest, ANotificationTakesThePlaceOfTheLast) {
    desktop_->notify(QStringLiteral("Crystallite"), QStringLiteral("one"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return notifications_.texts.size() == 1; }, kPatienceMs));
    QTest::qWait(50);
    desktop_->notify(QStringLiteral("Crystallite"), QStringLiteral("two"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return notifications_.texts.size() == 2; }, kPatienceMs));
    EXPECT_EQ(notifications_.replaced, QList<uint>({0, 7}));
}

TEST(DBusDesktop, ABusWithoutTheseServicesIsAsGoodAsNone) {
    DBusDesktop desktop(QDBusConnection(QStringLiteral("no such connection")));
    desktop.keepAwake(QStringLiteral("a run"));
    desktop.notify(QStringLiteral("Crystallite"), QStringLiteral("done"));
    desktop.letSleep();
    QTest::qWait(50);
}

}  // namespace
}  // namespace crystallite

#include "dbus_desktop_test.moc"
