// What packaging/linux tells a desktop about our files, read back with the tools that a desktop uses.

#include "engine/trace/trace_file.h"
#include "tests/support/synthetic_trace.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QMimeDatabase>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace crystallite::testing {
namespace {

const QString kPackaging = QStringLiteral(PACKAGING);
const QString kType = QStringLiteral("application/x-crystallite-run");

QString packaged(const char* suffix) {
    return QStringLiteral("%1/io.github.crystallite.Crystallite.%2").arg(kPackaging, QLatin1String(suffix));
}

TEST(MimeType, ADesktopKnowsARunByNameAndByContent) {
    const QString tool = QStandardPaths::findExecutable(QStringLiteral("update-mime-database"));
    if (tool.isEmpty()) {
        GTEST_SKIP() << "the package shared-mime-info is missing";
    }
    const QTemporaryDir data;
    ASSERT_TRUE(QDir().mkpath(data.filePath(QStringLiteral("mime/packages"))));
    ASSERT_TRUE(QFile::copy(packaged("xml"), data.filePath(QStringLiteral("mime/packages/crystallite.xml"))));
    // As in a system where we are installed beside the types of everybody: Qt 6.4 weighs what a type says of its content only against those
    // of the same folder.
    const QString shared = QStandardPaths::locate(QStandardPaths::GenericDataLocation, QStringLiteral("mime/packages/freedesktop.org.xml"));
    ASSERT_TRUE(QFile::copy(shared, data.filePath(QStringLiteral("mime/packages/freedesktop.org.xml"))));
    // Before anything asks for a type: Qt reads the folders once.
    qputenv("XDG_DATA_HOME", data.filePath(QStringLiteral("home")).toLocal8Bit());
    qputenv("XDG_DATA_DIRS", data.path().toLocal8Bit());
    QProcess update;
    update.start(tool, {data.filePath(QStringLiteral("mime"))});
    ASSERT_TRUE(update.waitForFinished());
    ASSERT_EQ(update.exitCode(), 0) << update.readAllStandardError().toStdString();
    EXPECT_EQ(update.readAllStandardError().toStdString(), "");
    const QString named = data.filePath(QStringLiteral("run.crystal"));
    const QString unnamed = data.filePath(QStringLiteral("run"));
    const Trace trace = syntheticTrace({.length = 8, .steps = 4, .finishedSteps = 4});
    ASSERT_TRUE(saveTrace(named.toStdString(), trace));
    ASSERT_TRUE(saveTrace(unnamed.toStdString(), trace));

    const QMimeDatabase types;

    EXPECT_EQ(types.mimeTypeForFile(named, QMimeDatabase::MatchExtension).name(), kType);
    EXPECT_EQ(types.mimeTypeForFile(unnamed, QMimeDatabase::MatchContent).name(), kType);
    EXPECT_EQ(types.mimeTypeForName(kType).comment(), QStringLiteral("Crystallite run"));
    EXPECT_NE(types.mimeTypeForData(QByteArray("SQLite format 3\0", 16) + QByteArray(200, '\0')).name(), kType) << "any other database";
}

TEST(DesktopEntry, OpensOurType) {
    QSettings entry(packaged("desktop"), QSettings::IniFormat);
    entry.beginGroup(QStringLiteral("Desktop Entry"));
    EXPECT_EQ(entry.value(QStringLiteral("Exec")).toString(), QStringLiteral("crystallite %F"));
    QFile file(packaged("desktop"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains("\nMimeType=" + kType.toUtf8() + ";\n"));
    if (const QString tool = QStandardPaths::findExecutable(QStringLiteral("desktop-file-validate")); !tool.isEmpty()) {
        QProcess validate;
        validate.start(tool, {packaged("desktop")});
        ASSERT_TRUE(validate.waitForFinished());
        EXPECT_EQ(validate.exitCode(), 0) << validate.readAllStandardOutput().toStdString();
    }
}

}  // namespace
}  // namespace crystallite::testing
