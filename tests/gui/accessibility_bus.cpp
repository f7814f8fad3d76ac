#include "tests/gui/accessibility_bus.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QDBusVariant>
#include <QFile>
#include <QTest>

// Names and numbers of the protocol are those of at-spi2-core's xml/*.xml and atspi/atspi-constants.h.

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;
const QString kSession = QStringLiteral("session-of-the-test");
const QString kRegistry = QStringLiteral("org.a11y.atspi.Registry");

QString launcherPath() {
    for (const char* path :
         {"/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher", "/usr/lib/at-spi-bus-launcher"}) {
        if (QFile::exists(QLatin1String(path))) {
            return QLatin1String(path);
        }
    }
    return {};
}

/// Of "(so)".
Accessible readObject(const QDBusArgument& argument) {
    Accessible object;
    QDBusObjectPath path;
    argument.beginStructure();
    argument >> object.service >> path;
    argument.endStructure();
    object.path = path.path();
    return object;
}

void stop(QProcess& process) {
    process.terminate();
    if (!process.waitForFinished(5000)) {
        process.kill();
        process.waitForFinished(5000);
    }
}

}  // namespace

AccessibilityBus::AccessibilityBus() : environment_(QProcessEnvironment::systemEnvironment()) {
    problem_ = start();
}

AccessibilityBus::~AccessibilityBus() {
    QDBusConnection::disconnectFromBus(QStringLiteral("accessibility"));
    QDBusConnection::disconnectFromBus(kSession);
    stop(launcher_);
    stop(daemon_);
}

QString AccessibilityBus::start() {
    environment_.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtime_.path());
    environment_.remove(QStringLiteral("AT_SPI_BUS_ADDRESS"));
    // What a person's desktop would start on a bus has no place here.
    environment_.insert(QStringLiteral("XDG_CONFIG_HOME"), runtime_.path());
    daemon_.setProcessEnvironment(environment_);
    daemon_.start(QStringLiteral("dbus-daemon"),
                  {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    if (!daemon_.waitForStarted() || !daemon_.waitForReadyRead(kPatienceMs)) {
        return QStringLiteral("dbus-daemon does not start (package dbus): ") + daemon_.errorString();
    }
    const QString address = QString::fromUtf8(daemon_.readLine()).trimmed();
    environment_.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), address);
    if (launcherPath().isEmpty()) {
        return QStringLiteral("at-spi-bus-launcher is not here (package at-spi2-core)");
    }
    launcher_.setProcessEnvironment(environment_);
    launcher_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    launcher_.start(launcherPath(), {QStringLiteral("--launch-immediately")});
    QDBusConnection session = QDBusConnection::connectToBus(address, kSession);
    const auto isThere = [&] { return session.interface()->isServiceRegistered(QStringLiteral("org.a11y.Bus")).value(); };
    if (!session.isConnected() || !QTest::qWaitFor(isThere, kPatienceMs)) {
        return QStringLiteral("the accessibility service did not come");
    }
    const QString service = QStringLiteral("org.a11y.Bus");
    const QString path = QStringLiteral("/org/a11y/bus");
    // As a screen reader does when it starts; programs that start later find it so.
    QDBusMessage enable =
        QDBusMessage::createMethodCall(service, path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Set"));
    enable << QStringLiteral("org.a11y.Status") << QStringLiteral("IsEnabled") << QVariant::fromValue(QDBusVariant(true));
    session.call(enable);
    const QDBusReply<QString> bus = session.call(QDBusMessage::createMethodCall(service, path, service, QStringLiteral("GetAddress")));
    if (!bus.isValid()) {
        return bus.error().message();
    }
    return QDBusConnection::connectToBus(bus.value(), QStringLiteral("accessibility")).isConnected()
               ? QString()
               : QStringLiteral("no accessibility bus at ") + bus.value();
}

ScreenReader::ScreenReader(const QDBusConnection& bus) : bus_(bus) {
    const Accessible registry{kRegistry, QStringLiteral("/org/a11y/atspi/registry")};
    for (const char* events : {"object:", "focus:", "window:"}) {
        call(registry, "org.a11y.atspi.Registry", "RegisterEvent", {QString::fromLatin1(events)});
    }
    for (const char* interface : {"org.a11y.atspi.Event.Object", "org.a11y.atspi.Event.Focus", "org.a11y.atspi.Event.Window"}) {
        bus_.connect({}, {}, QLatin1String(interface), {}, this, SLOT(hear(QDBusMessage)));
    }
}

QDBusMessage ScreenReader::call(const Accessible& object, const char* interface, const char* method, const QVariantList& arguments) const {
    QDBusMessage message = QDBusMessage::createMethodCall(object.service, object.path, QLatin1String(interface), QLatin1String(method));
    message.setArguments(arguments);
    // The program may ask back meanwhile.
    return bus_.call(message, QDBus::BlockWithGui, kPatienceMs);
}

QVariant ScreenReader::property(const Accessible& object, const char* interface, const char* name) const {
    const QDBusMessage reply =
        call(object, "org.freedesktop.DBus.Properties", "Get", {QString::fromLatin1(interface), QString::fromLatin1(name)});
    return reply.arguments().isEmpty() ? QVariant() : reply.arguments().first().value<QDBusVariant>().variant();
}

QVector<Accessible> ScreenReader::programs() const {
    return childrenOf({kRegistry, QStringLiteral("/org/a11y/atspi/accessible/root")});
}

QVector<Accessible> ScreenReader::childrenOf(const Accessible& object) const {
    QVector<Accessible> children;
    const QDBusMessage reply = call(object, "org.a11y.atspi.Accessible", "GetChildren");
    if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty()) {
        const auto list = reply.arguments().first().value<QDBusArgument>();
        for (list.beginArray(); !list.atEnd();) {
            children << readObject(list);
        }
        list.endArray();
    }
    return children;
}

QString ScreenReader::nameOf(const Accessible& object) const {
    return property(object, "org.a11y.atspi.Accessible", "Name").toString();
}

QString ScreenReader::roleOf(const Accessible& object) const {
    return call(object, "org.a11y.atspi.Accessible", "GetRoleName").arguments().value(0).toString();
}

double ScreenReader::valueOf(const Accessible& slider) const {
    return property(slider, "org.a11y.atspi.Value", "CurrentValue").toDouble();
}

bool ScreenReader::hasState(const Accessible& object, int state) const {
    const QDBusMessage reply = call(object, "org.a11y.atspi.Accessible", "GetState");
    if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().isEmpty()) {
        return false;
    }
    const auto words = qdbus_cast<QList<uint>>(reply.arguments().first());
    return state / 32 < words.size() && ((words[state / 32] >> (state % 32)) & 1U) != 0;
}

void ScreenReader::walk(const Accessible& root, const std::function<bool(const Accessible&)>& visit) const {
    if (visit(root)) {
        for (const Accessible& child : childrenOf(root)) {
            walk(child, visit);
        }
    }
}

Accessible ScreenReader::find(const Accessible& root, const QString& role, const QString& name) const {
    Accessible found;
    walk(root, [&](const Accessible& object) {
        if (found.isNull() && roleOf(object) == role && nameOf(object).startsWith(name)) {
            found = object;
        }
        return found.isNull();
    });
    return found;
}

bool ScreenReader::act(const Accessible& object, const QString& action) const {
    const QDBusMessage count =
        call(object, "org.freedesktop.DBus.Properties", "Get", {QStringLiteral("org.a11y.atspi.Action"), QStringLiteral("NActions")});
    const int actions = count.arguments().isEmpty() ? 0 : count.arguments().first().value<QDBusVariant>().variant().toInt();
    for (int index = 0; index < actions; ++index) {
        if (call(object, "org.a11y.atspi.Action", "GetName", {index}).arguments().value(0).toString() == action) {
            return call(object, "org.a11y.atspi.Action", "DoAction", {index}).arguments().value(0).toBool();
        }
    }
    return false;
}

void ScreenReader::press(uint keySymbol) const {
    constexpr uint kBySymbol = 3;  // ATSPI_KEY_SYM
    const Accessible keyboard{kRegistry, QStringLiteral("/org/a11y/atspi/registry/deviceeventcontroller")};
    call(keyboard, "org.a11y.atspi.DeviceEventController", "GenerateKeyboardEvent", {static_cast<int>(keySymbol), QString(), kBySymbol});
}

void ScreenReader::catchUp(const Accessible& program) const {
    // A bus keeps the order of what one program sends. The program is asked twice, for what it does behind its first answer.
    static_cast<void>(nameOf(program));
    static_cast<void>(nameOf(program));
}

void ScreenReader::hear(const QDBusMessage& event) {
    const QVariantList arguments = event.arguments();
    Heard heard{.source = {event.service(), event.path()}};
    heard.kind = event.interface().section(QLatin1Char('.'), -1) + QLatin1Char(':') + event.member() + QLatin1Char(':') +
                 arguments.value(0).toString();
    if (arguments.size() > 3) {
        heard.text = arguments[3].value<QDBusVariant>().variant().toString();
    }
    heard_ << heard;
}

QStringList ScreenReader::spokenOf(const Accessible& source) const {
    QStringList spoken;
    for (const Heard& event : heard_) {
        const bool isRead = event.kind == QStringLiteral("Object:PropertyChange:accessible-name") ||
                            event.kind == QStringLiteral("Object:PropertyChange:accessible-value") ||
                            event.kind == QStringLiteral("Object:PropertyChange:accessible-description") ||
                            event.kind.startsWith(QStringLiteral("Object:TextChanged")) ||
                            event.kind.startsWith(QStringLiteral("Object:Announcement"));
        if (isRead && event.source == source) {
            spoken << event.kind + QLatin1Char(' ') + event.text;
        }
    }
    return spoken;
}

}  // namespace crystallite::testing
