#include "app/preset.h"
#include "app/preset_store.h"

#include "engine/trace/decode_option.h"

#include <gmock/gmock.h>

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QTemporaryDir>

namespace crystallite::testing {
namespace {

using ::testing::HasSubstr;

Preset full() {
    return {.name = QStringLiteral("Everything"),
            .chat = false,
            .system = QStringLiteral("Be \"brief\".\nTwo lines: 雪"),
            .settings = {.length = 96,
                         .steps = 48,
                         .blockLength = 32,
                         .order = UnmaskOrder::Margin,
                         .temperature = 0.7F,
                         .policy = DecodePolicy::Remdm,
                         .remask = RemaskRule::Loop,
                         .cache = CacheKind::Prefix,
                         .stopsAtEnd = true,
                         .options = {{.name = "eta", .value = 0.02}}}};
}

std::string messageOf(const QByteArray& json) {
    const auto presets = readPresets(json);
    return presets ? std::string() : presets.error().message;
}

QByteArray with(const QByteArray& member) {
    return R"({"format":"crystallite-presets","version":1,"presets":[{"name":"a",)" + member + "}]}";
}

class PresetStoreTest : public ::testing::Test {
protected:
    PresetStoreTest() {
        QCoreApplication::setOrganizationName(QStringLiteral("crystallite-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    }
    [[nodiscard]] QString path(const char* name = "deep/presets.json") const { return folder_.filePath(QLatin1String(name)); }
    [[nodiscard]] static Preset named(const char* name, uint32_t length = 64) {
        return {.name = QString::fromUtf8(name), .settings = {.length = length}};
    }
    QTemporaryDir folder_;
};

TEST(PresetTest, EveryMemberComesBack) {
    const auto read = readPresets(writePresets({full(), {.name = QStringLiteral("Nothing")}}));
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), 2U);
    const Preset& back = read->front();
    const Preset wanted = full();
    EXPECT_EQ(back.name, wanted.name);
    EXPECT_EQ(back.chat, wanted.chat);
    EXPECT_EQ(back.system, wanted.system);
    EXPECT_EQ(back.settings.length, wanted.settings.length);
    EXPECT_EQ(back.settings.steps, wanted.settings.steps);
    EXPECT_EQ(back.settings.blockLength, wanted.settings.blockLength);
    EXPECT_EQ(back.settings.order, wanted.settings.order);
    EXPECT_EQ(back.settings.temperature, wanted.settings.temperature);
    EXPECT_EQ(back.settings.policy, wanted.settings.policy);
    EXPECT_EQ(back.settings.remask, wanted.settings.remask);
    EXPECT_EQ(back.settings.cache, wanted.settings.cache);
    EXPECT_EQ(back.settings.stopsAtEnd, wanted.settings.stopsAtEnd);
    ASSERT_EQ(back.settings.options.size(), 1U);
    EXPECT_EQ(back.settings.options[0].name, "eta");
    EXPECT_EQ(back.settings.options[0].value, 0.02);
    const Preset& nothing = read->back();
    EXPECT_FALSE(nothing.chat || nothing.system || nothing.settings.length || nothing.settings.policy || nothing.settings.temperature);
}

TEST(PresetTest, SaysWhatIsWrong) {
    EXPECT_THAT(messageOf("{"), HasSubstr("broken at byte"));
    EXPECT_THAT(messageOf("[]"), HasSubstr("crystallite-presets"));
    EXPECT_THAT(messageOf(R"({"format":"crystallite-presets","version":2,"presets":[]})"), HasSubstr("version 2"));
    EXPECT_THAT(messageOf(with(R"("length":-1)")), HasSubstr("'length' must be a whole number from 0 to 65536, not -1"));
    EXPECT_THAT(messageOf(with(R"("length":1.5)")), HasSubstr("'length'"));
    EXPECT_THAT(messageOf(with(R"("length":1e300)")), HasSubstr("'length'"));
    EXPECT_THAT(messageOf(with(R"("steps":"8")")), HasSubstr("'steps'"));
    EXPECT_THAT(messageOf(with(R"("temperature":11)")), HasSubstr("'temperature'"));
    EXPECT_THAT(messageOf(with(R"("chat":1)")), HasSubstr("'chat' must be true or false"));
    EXPECT_THAT(messageOf(with(R"("policy":"quantum")")), HasSubstr("quantum"));
    EXPECT_THAT(messageOf(with(R"("options":{"nonsense":1})")), HasSubstr("nonsense"));
    EXPECT_NE(messageOf(with(R"("options":{"top_p":7})")), "");
    EXPECT_NE(messageOf(with(R"("options":{"top_p":"x"})")), "");
    EXPECT_THAT(messageOf(R"({"format":"crystallite-presets","version":1,"presets":[{}]})"), HasSubstr("1 to 80 characters, not 0"));
    EXPECT_THAT(messageOf(R"({"format":"crystallite-presets","version":1,"presets":[7]})"), HasSubstr("Preset 1"));
    EXPECT_EQ(messageOf(with(R"("later":"member")")), "");
}

TEST(PresetTest, WhatShipsCanBeRead) {
    const std::vector<Preset> shipped = builtInPresets();
    ASSERT_GE(shipped.size(), 4U);
    const auto read = readPresets(writePresets(shipped));
    ASSERT_TRUE(read) << read.error().message;
    for (const Preset& preset : shipped) {
        EXPECT_TRUE(preset.builtIn);
        const DecodeSettings usual = usualSettings(preset.settings.policy.value_or(DecodePolicy::Llada));
        if (preset.settings.order) {
            const auto& orders = traitsOf(usual.policy).orders;
            EXPECT_NE(std::find(orders.begin(), orders.end(), *preset.settings.order), orders.end()) << preset.name.toStdString();
        }
        for (const OptionValue& value : preset.settings.options) {
            ASSERT_NE(findDecodeOption(value.name), nullptr);
            EXPECT_TRUE(findDecodeOption(value.name)->appliesTo(usual)) << value.name;
        }
    }
}

TEST_F(PresetStoreTest, KeepsRenamesDeletesAndBringsBack) {
    const size_t shipped = builtInPresets().size();
    PresetStore store(path());
    ASSERT_TRUE(store.keep(named("  my   own ")));
    ASSERT_TRUE(store.keep(named("another", 32)));
    ASSERT_TRUE(store.rename(QStringLiteral("my own"), QStringLiteral("mine")));
    EXPECT_FALSE(store.rename(QStringLiteral("mine"), QStringLiteral("another")));
    EXPECT_FALSE(store.rename(QStringLiteral("mine"), QStringLiteral(" ")));
    EXPECT_FALSE(store.canUndo());
    ASSERT_TRUE(store.remove(QStringLiteral("another")));
    EXPECT_EQ(PresetStore(path()).presets().size(), shipped + 1);
    ASSERT_TRUE(store.canUndo());
    ASSERT_TRUE(store.undo());
    EXPECT_FALSE(store.canUndo());
    const PresetStore again(path());
    ASSERT_EQ(again.presets().size(), shipped + 2);
    ASSERT_NE(again.find(QStringLiteral("mine")), nullptr);
    EXPECT_EQ(again.find(QStringLiteral("another"))->settings.length, 32U);
}

TEST_F(PresetStoreTest, WhatShipsStaysAsItIs) {
    PresetStore store(path());
    const QString shipped = store.presets().front().name;
    EXPECT_FALSE(store.remove(shipped));
    EXPECT_FALSE(store.keep({.name = shipped}));
    EXPECT_FALSE(QFile::exists(path()));
}

TEST_F(PresetStoreTest, ImportingTakesNothingAway) {
    PresetStore store(path());
    ASSERT_TRUE(store.keep(named("same", 10)));
    ASSERT_TRUE(store.exportTo(path("out.json"), {named("same", 20), named("new", 30)}));
    const auto count = store.importFrom(path("out.json"));
    ASSERT_TRUE(count) << count.error().message;
    EXPECT_EQ(*count, 2U);
    EXPECT_EQ(store.find(QStringLiteral("same"))->settings.length, 10U);
    EXPECT_EQ(store.find(QStringLiteral("same (2)"))->settings.length, 20U);
    EXPECT_EQ(store.find(QStringLiteral("new"))->settings.length, 30U);
    EXPECT_FALSE(store.importFrom(path("missing.json")));
}

TEST_F(PresetStoreTest, AFileThatItCannotReadIsNotLost) {
    const QByteArray newer = R"({"format":"crystallite-presets","version":7,"presets":[]})";
    QFile file(path("presets.json"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(newer);
    file.close();
    PresetStore store(path("presets.json"));
    ASSERT_TRUE(store.keep(named("mine")));
    QFile aside(path("presets.json.unread"));
    ASSERT_TRUE(aside.open(QIODevice::ReadOnly));
    EXPECT_EQ(aside.readAll(), newer);
}

TEST_F(PresetStoreTest, AModelStartsWithWhatWasChosenForIt) {
    PresetStore store(path());
    ASSERT_TRUE(store.keep(named("mine")));
    store.setDefaultFor(QStringLiteral("LLaDA 8B / Instruct"), QStringLiteral("mine"));
    EXPECT_EQ(store.defaultFor(QStringLiteral("LLaDA 8B / Instruct")), QStringLiteral("mine"));
    EXPECT_EQ(store.defaultFor(QStringLiteral("another")), QString());
    ASSERT_TRUE(store.remove(QStringLiteral("mine")));
    EXPECT_EQ(store.defaultFor(QStringLiteral("LLaDA 8B / Instruct")), QString());
}

}  // namespace
}  // namespace crystallite::testing
