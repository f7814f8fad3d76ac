#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QVariant>
#include <QVector>

#include <functional>

namespace crystallite::testing {

/// A session bus with the desktop's accessibility service on it, and nothing else of a desktop. Both end with this object.
class AccessibilityBus {
public:
    AccessibilityBus();
    ~AccessibilityBus();
    AccessibilityBus(const AccessibilityBus&) = delete;
    AccessibilityBus& operator=(const AccessibilityBus&) = delete;

    /// Empty: it works. Else what is missing.
    [[nodiscard]] QString problem() const { return problem_; }
    /// For a program that shall find this bus.
    [[nodiscard]] const QProcessEnvironment& environment() const { return environment_; }
    /// Of the bus on which programs and assistive technology meet.
    [[nodiscard]] QDBusConnection accessibility() const { return QDBusConnection(QStringLiteral("accessibility")); }

private:
    [[nodiscard]] QString start();

    QTemporaryDir runtime_;
    QProcessEnvironment environment_;
    QProcess daemon_;
    QProcess launcher_;
    QString problem_;
};

/// An object of a program, as the accessibility bus names it.
struct Accessible {
    QString service;
    QString path;
    [[nodiscard]] bool isNull() const { return path.isEmpty(); }
    friend bool operator==(const Accessible&, const Accessible&) = default;
};

/// What a screen reader was told: "object:property-change:accessible-name" of an object.
struct Heard {
    QString kind;
    Accessible source;
    QString text;  ///< the new name or value, where the event brings it
};

/// A screen reader that speaks the protocol (AT-SPI 2) and reads nothing aloud: walks trees, presses keys, and keeps what it hears.
class ScreenReader : public QObject {
    Q_OBJECT
public:
    explicit ScreenReader(const QDBusConnection& bus);

    [[nodiscard]] QVector<Accessible> programs() const;
    [[nodiscard]] QVector<Accessible> childrenOf(const Accessible& object) const;
    [[nodiscard]] QString nameOf(const Accessible& object) const;
    [[nodiscard]] QString roleOf(const Accessible& object) const;
    [[nodiscard]] double valueOf(const Accessible& slider) const;
    /// Bits of AtspiStateType.
    [[nodiscard]] bool hasState(const Accessible& object, int state) const;
    static constexpr int kActive = 1;
    static constexpr int kEnabled = 8;
    static constexpr int kFocused = 12;
    static constexpr int kShowing = 25;

    /// Depth first; `visit` says whether to look below.
    void walk(const Accessible& root, const std::function<bool(const Accessible&)>& visit) const;
    /// The first with this role, and a name that starts so.
    [[nodiscard]] Accessible find(const Accessible& root, const QString& role, const QString& name) const;
    /// "SetFocus" or "Press"; false when the object has no such action.
    bool act(const Accessible& object, const QString& action) const;
    /// A key as it comes from a keyboard, by its X11 symbol.
    void press(uint keySymbol) const;
    /// What `program` sent before this call has arrived when it returns.
    void catchUp(const Accessible& program) const;

    [[nodiscard]] const QVector<Heard>& heard() const { return heard_; }
    void forget() { heard_.clear(); }
    /// Those of `source` that would be read out.
    [[nodiscard]] QStringList spokenOf(const Accessible& source) const;

private Q_SLOTS:
    void hear(const QDBusMessage& event);

private:
    QDBusMessage call(const Accessible& object, const char* interface, const char* method, const QVariantList& arguments = {}) const;
    [[nodiscard]] QVariant property(const Accessible& object, const char* interface, const char* name) const;

    QDBusConnection bus_;
    QVector<Heard> heard_;
};

}  // namespace crystallite::testing
