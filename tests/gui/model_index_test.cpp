#include "app/model_index.h"
#include "app/model_cache.h"
#include "app/model_licence.h"
#include "app/model_scan.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <map>

namespace crystallite::testing {
namespace {

constexpr int kPatienceMs = 60'000;

class ModelIndexTest : public ::testing::Test {
protected:
    ModelIndexTest() {
        QCoreApplication::setOrganizationName(QStringLiteral("crystallite-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
        QDir(folder_.path()).mkpath(QStringLiteral("models"));
    }

    [[nodiscard]] QString models() const { return folder_.filePath(QStringLiteral("models")); }
    [[nodiscard]] QString cache() const { return folder_.filePath(QStringLiteral("cache/models.json")); }
    QString write(const char* name, const QByteArray& bytes = "x") const {
        const QString path = models() + QLatin1Char('/') + QLatin1String(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return path;
    }
    [[nodiscard]] static QByteArray llada() {
        const std::vector<std::byte> bytes = randomLladaBuilder({}, 1, WeightFormat::F16).text("general.license", "apache-2.0").build();
        return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
    }
    /// Looks into the folder with the real engine, and counts what it read.
    std::map<QString, ModelEntry> look() {
        ModelIndex index(
            [this](const ModelRequest& request, std::stop_token stop) {
                ++reads_;
                return previewModel(request, std::move(stop));
            },
            cache());
        std::map<QString, ModelEntry> found;
        bool done = false;
        QObject::connect(&index, &ModelIndex::found,
                         [&](const ModelEntry& entry) { found[QFileInfo(entry.files.path).fileName()] = entry; });
        QObject::connect(&index, &ModelIndex::finished, [&] { done = true; });
        reads_ = 0;
        index.folders().isEmpty() ? index.addFolder(models()) : index.refresh();
        EXPECT_TRUE(QTest::qWaitFor([&] { return done; }, kPatienceMs));
        return found;
    }

    QTemporaryDir folder_;
    std::atomic<int> reads_ = 0;
};

TEST_F(ModelIndexTest, PartsAndShardsCountOnce) {
    write("a/big-00002-of-00003.gguf", "22");
    write("a/big-00001-of-00003.gguf", "1");
    write("a/big-00003-of-00003.gguf", "333");
    write("a/other.gguf", "4444");
    write("hf/model-00001-of-00002.safetensors", "55555");
    write("hf/model-00002-of-00002.safetensors", "1");
    write("hf/config.json", "{}");
    write(".hidden/secret.gguf");
    write("readme.txt");
    const auto found = findModels({models(), models() + QStringLiteral("/a")}, {});
    ASSERT_EQ(found.size(), 3U);
    EXPECT_TRUE(found[0].path.endsWith(QStringLiteral("a/big-00001-of-00003.gguf")));
    EXPECT_EQ(found[0].bytes, 6U);
    EXPECT_TRUE(found[1].path.endsWith(QStringLiteral("a/other.gguf")));
    EXPECT_TRUE(found[2].path.endsWith(QStringLiteral("models/hf")));
    EXPECT_EQ(found[2].bytes, 6U);
}

TEST_F(ModelIndexTest, SaysWhatTheFilesSayAndWhyOneCannotBeLoaded) {
    const QByteArray model = llada();
    write("good.gguf", model);
    write("cut.gguf", model.left(model.size() / 3));
    write("noise.gguf", QByteArray(4096, '\xA5'));
    write("empty.gguf", "");
    QByteArray huge("GGUF\x03\0\0\0", 8);
    huge += QByteArray(16, '\xFF');  // 2^64 - 1 tensors and entries
    write("huge.gguf", huge);
    write("folder/model.safetensors", QByteArray(8, '\xFF'));
    const auto found = look();
    ASSERT_EQ(found.size(), 6U);
    const ModelEntry& good = found.at(QStringLiteral("good.gguf"));
    EXPECT_TRUE(good.problem.isEmpty()) << good.problem.toStdString();
    EXPECT_EQ(good.family, QStringLiteral("llada"));
    EXPECT_EQ(good.licence, QStringLiteral("apache-2.0"));
    EXPECT_EQ(good.format, QStringLiteral("F16"));
    EXPECT_GT(good.parameters, 0U);
    ASSERT_TRUE(good.need);
    EXPECT_GT(good.need->weights, good.parameters);
    for (const char* bad : {"cut.gguf", "noise.gguf", "empty.gguf", "huge.gguf", "folder"}) {
        EXPECT_FALSE(found.at(QLatin1String(bad)).problem.isEmpty()) << bad;
    }
}

TEST_F(ModelIndexTest, ReadsOnlyWhatIsNewOrChanged) {
    const QString path = write("good.gguf", llada());
    ASSERT_EQ(look().size(), 1U);
    EXPECT_EQ(reads_, 1);
    const auto again = look();
    EXPECT_EQ(reads_, 0);
    EXPECT_EQ(again.at(QStringLiteral("good.gguf")).licence, QStringLiteral("apache-2.0"));
    EXPECT_EQ(again.at(QStringLiteral("good.gguf")).need->weights, look().at(QStringLiteral("good.gguf")).need->weights);
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::Append));
    file.write("more");
    file.close();
    look();
    EXPECT_EQ(reads_, 1);
    QFile::remove(path);
    EXPECT_TRUE(look().empty());
    EXPECT_TRUE(ModelCache(cache()).entries().empty());
}

TEST_F(ModelIndexTest, AWrongCacheCountsAsNone) {
    write("good.gguf", llada());
    QDir().mkpath(QFileInfo(cache()).path());
    for (const char* content : {"", "{", R"({"version":1,"models":[1,{"path":"x"},{"path":"x","name":"n","bytes":"-1","parameters":"1"}]})",
                                R"({"version":2,"models":[]})"}) {
        QFile file(cache());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        EXPECT_TRUE(ModelCache(cache()).entries().empty()) << content;
        EXPECT_EQ(look().size(), 1U);
    }
}

TEST_F(ModelIndexTest, RemovingAFolderTouchesNoFile) {
    const QString path = write("good.gguf", llada());
    ModelIndex index(previewModel, cache());
    index.addFolder(models());
    index.addFolder(models() + QStringLiteral("/"));  // the same one
    index.addFolder(models() + QStringLiteral("/missing"));
    EXPECT_EQ(index.folders(), QStringList(models()));
    index.removeFolder(models());
    EXPECT_TRUE(index.folders().isEmpty());
    EXPECT_TRUE(QFileInfo::exists(path));
}

TEST_F(ModelIndexTest, StopsWhenAskedTo) {
    write("one.gguf");
    write("two.gguf");
    std::atomic<bool> reading = false;
    ModelIndex index(
        [&](const ModelRequest&, const std::stop_token& stop) {
            reading = true;
            while (!stop.stop_requested()) {
                QThread::msleep(1);
            }
            return ModelPreview{};
        },
        cache());
    int found = 0;
    bool cancelled = false;
    QObject::connect(&index, &ModelIndex::found, [&] { ++found; });
    QObject::connect(&index, &ModelIndex::finished, [&](bool given) { cancelled = given; });
    index.addFolder(models());
    ASSERT_TRUE(QTest::qWaitFor([&] { return reading.load(); }, kPatienceMs));
    index.cancel();
    EXPECT_TRUE(cancelled);
    QTest::qWait(50);
    EXPECT_EQ(found, 0);
    EXPECT_TRUE(ModelCache(cache()).entries().empty()) << "what was cut short must not be remembered";
}

TEST_F(ModelIndexTest, TheLicenceComesFromTheBlockOfTheCard) {
    const auto licence = [this](const QByteArray& card) {
        write("hf/README.md", card);
        return licenceInCard((models() + QStringLiteral("/hf")).toStdString());
    };
    EXPECT_EQ(licence("---\nlanguage:\n- en\nlicense: mit\n---\n# x\n"), "mit");
    EXPECT_EQ(licence("---\r\nlicense: \"apache-2.0\"\r\n---\r\n"), "apache-2.0");
    EXPECT_EQ(licence("---\n" + QByteArray(5000, 'a') + "\nlicense: mit\n---\n"), "mit");
    EXPECT_EQ(licence("---\nlanguage: en\n---\nlicense: mit\n"), "");
    EXPECT_EQ(licence("# A model\nlicense: mit\n"), "");
    EXPECT_EQ(licence(""), "");
    EXPECT_EQ(licence(QByteArray(100'000, '\0')), "");
    EXPECT_EQ(licenceInCard("/nowhere"), "");
}

}  // namespace
}  // namespace crystallite::testing
