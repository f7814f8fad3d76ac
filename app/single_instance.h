#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>
#include <QStringList>

class QLocalSocket;

namespace crystallite {

/// One window per person: a program that is started while another one listens hands it what it was asked to open. A socket that a crash
/// left behind is no program and is replaced.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    enum class Role {
        First,       ///< listens from now on
        HandedOver,  ///< another program has taken the paths: there is nothing left to do
        Alone,       ///< neither: another one listens and does not answer, or no socket can be made here
    };

    /// Of this person: a socket in RuntimeLocation, which nobody else may enter.
    [[nodiscard]] static QString usualSocket();

    explicit SingleInstance(QString socket, QObject* parent = nullptr);

    /// Hands over `paths`, which are made absolute, or listens. Waits at most `patienceMs` for an answer.
    Role start(const QStringList& paths, int patienceMs = 3000);

Q_SIGNALS:
    /// Absolute paths; none: somebody started the program again, and wants to see it.
    void asked(const QStringList& paths);

private:
    enum class Answer { NobodyListens, Silence, Taken };

    [[nodiscard]] Answer handOver(const QByteArray& message, int patienceMs) const;
    bool listen();
    void greet();
    void receive(QLocalSocket& socket);

    QString socket_;
    QLocalServer server_;
};

}  // namespace crystallite
