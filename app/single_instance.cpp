#include "app/single_instance.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QLockFile>
#include <QStandardPaths>

#include <utility>

namespace crystallite {
namespace {

constexpr int kVersion = 1;
constexpr qint64 kLongestMessage = 1'000'000;
constexpr char kTaken[] = "taken\n";

/// One line, so that the end is known without a length to believe.
QByteArray messageOf(const QStringList& paths) {
    QJsonArray absolute;
    for (const QString& path : paths) {
        absolute.append(QFileInfo(path).absoluteFilePath());
    }
    const QJsonObject object{{QStringLiteral("version"), kVersion}, {QStringLiteral("paths"), absolute}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

}  // namespace

QString SingleInstance::usualSocket() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)).filePath(QStringLiteral("crystallite.socket"));
}

SingleInstance::SingleInstance(QString socket, QObject* parent) : QObject(parent), socket_(std::move(socket)) {
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::greet);
}

SingleInstance::Role SingleInstance::start(const QStringList& paths, int patienceMs) {
    const QByteArray message = messageOf(paths);
    // Of two that start at once, one asks after the other has begun to listen.
    QLockFile starting(socket_ + QStringLiteral(".lock"));
    starting.tryLock(patienceMs);
    switch (handOver(message, patienceMs)) {
        case Answer::Taken: return Role::HandedOver;
        case Answer::Silence: return Role::Alone;
        case Answer::NobodyListens: return listen() ? Role::First : Role::Alone;
    }
    return Role::Alone;
}

SingleInstance::Answer SingleInstance::handOver(const QByteArray& message, int patienceMs) const {
    QElapsedTimer since;
    since.start();
    QLocalSocket socket;
    socket.connectToServer(socket_);
    if (!socket.waitForConnected(patienceMs)) {
        const auto error = socket.error();
        const bool isDead = error == QLocalSocket::ServerNotFoundError || error == QLocalSocket::ConnectionRefusedError;
        return isDead ? Answer::NobodyListens : Answer::Silence;
    }
    socket.write(message);
    while (!socket.canReadLine() && since.elapsed() < patienceMs) {
        if (!socket.waitForReadyRead(static_cast<int>(patienceMs - since.elapsed()))) {
            break;
        }
    }
    return socket.readLine() == kTaken ? Answer::Taken : Answer::Silence;
}

/// Nobody answered at the socket, so that one which exists is what a crash left.
bool SingleInstance::listen() {
    QLocalServer::removeServer(socket_);
    return server_.listen(socket_);
}

void SingleInstance::greet() {
    while (QLocalSocket* socket = server_.nextPendingConnection()) {
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { receive(*socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        receive(*socket);  // what came before anybody listened
    }
}

void SingleInstance::receive(QLocalSocket& socket) {
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() > kLongestMessage) {
            socket.abort();
        }
        return;
    }
    const QJsonObject object = QJsonDocument::fromJson(socket.readLine(kLongestMessage)).object();
    if (object.value(QStringLiteral("version")).toInt() != kVersion) {
        socket.abort();
        return;
    }
    QStringList paths;
    for (const QJsonValue& path : object.value(QStringLiteral("paths")).toArray()) {
        if (QDir::isAbsolutePath(path.toString())) {
            paths << path.toString();
        }
    }
    socket.write(kTaken);
    socket.flush();
    socket.disconnectFromServer();
    Q_EMIT asked(paths);
}

}  // namespace crystallite
