#include "app/single_instance.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <future>

namespace crystallite {
namespace {

class SingleInstanceTest : public ::testing::Test {
protected:
    [[nodiscard]] QString socket() const { return folder_.filePath(QStringLiteral("s")); }
    /// What a second program does, on a thread of its own because the first one answers on this one.
    SingleInstance::Role startSecond(const QStringList& paths, int patienceMs = 5000) {
        auto second = std::async(std::launch::async, [&] { return SingleInstance(socket()).start(paths, patienceMs); });
        EXPECT_TRUE(QTest::qWaitFor([&] { return second.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 20'000));
        return second.get();
    }

    QTemporaryDir folder_;
};

TEST_F(SingleInstanceTest, TheSecondHandsItsFilesToTheFirst) {
    SingleInstance first(socket());
    QList<QStringList> asked;
    QObject::connect(&first, &SingleInstance::asked, [&](const QStringList& paths) { asked << paths; });
    ASSERT_EQ(first.start({}), SingleInstance::Role::First);
    EXPECT_EQ(startSecond({QStringLiteral("/a b/雪.crystal"), QStringLiteral("run.crystal")}), SingleInstance::Role::HandedOver);
    EXPECT_EQ(startSecond({}), SingleInstance::Role::HandedOver);
    ASSERT_TRUE(QTest::qWaitFor([&] { return asked.size() == 2; }, 10'000));
    EXPECT_EQ(asked[0], QStringList({QStringLiteral("/a b/雪.crystal"), QDir::current().absoluteFilePath(QStringLiteral("run.crystal"))}));
    EXPECT_TRUE(asked[1].isEmpty());
}

TEST_F(SingleInstanceTest, WhatACrashLeftIsReplaced) {
    // A socket file that nobody listens at, as a killed program leaves it.
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray path = QFile::encodeName(socket());
    ASSERT_LT(static_cast<size_t>(path.size()), sizeof(address.sun_path));
    std::memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
    ASSERT_EQ(::bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    ::close(dead);
    ASSERT_TRUE(QFile::exists(socket()));

    SingleInstance first(socket());
    ASSERT_EQ(first.start({}), SingleInstance::Role::First);
    EXPECT_EQ(startSecond({}), SingleInstance::Role::HandedOver);
}

TEST_F(SingleInstanceTest, OneThatDoesNotAnswerIsNotWaitedForForEver) {
    QLocalServer silent;
    ASSERT_TRUE(silent.listen(socket()));
    EXPECT_EQ(startSecond({}, 300), SingleInstance::Role::Alone);
    EXPECT_TRUE(QFile::exists(socket())) << "it is not ours to remove";
}

TEST_F(SingleInstanceTest, NonsenseIsNotHeard) {
    SingleInstance first(socket());
    int asked = 0;
    QObject::connect(&first, &SingleInstance::asked, [&] { ++asked; });
    ASSERT_EQ(first.start({}), SingleInstance::Role::First);
    for (const QByteArray& message :
         {QByteArray("hello\n"), QByteArray("[]\n"), QByteArray(R"({"version":2,"paths":["/a"]})") + '\n', QByteArray(2'000'000, 'x')}) {
        QLocalSocket socket;
        socket.connectToServer(this->socket());
        ASSERT_TRUE(socket.waitForConnected(5000));
        socket.write(message);
        socket.flush();
        EXPECT_TRUE(QTest::qWaitFor([&] { return socket.state() == QLocalSocket::UnconnectedState; }, 10'000));
    }
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(startSecond({}), SingleInstance::Role::HandedOver) << "it goes on listening";
}

TEST_F(SingleInstanceTest, OnlyThisPersonMayEnter) {
    SingleInstance first(socket());
    ASSERT_EQ(first.start({}), SingleInstance::Role::First);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    EXPECT_EQ(QFile::permissions(socket()) & others, QFile::Permissions());
}

}  // namespace
}  // namespace crystallite
