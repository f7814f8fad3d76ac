#include "engine/formats/answer_store.h"

#include "tests/support/checkpoint_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kModel = "00112233445566778899aabbccddeeff";
const std::string kOther = "ffeeddccbbaa99887766554433221100";
const Answers kAnswers{.family = "open-dcoder", .tokenizer = "/models/tokenizer.gguf", .chatFormat = "chatml"};

Answers found(const AnswerStore& store, const std::string& identity) {
    const Result<Answers> answers = store.find(identity);
    EXPECT_TRUE(answers) << answers.error().message;
    return answers ? *answers : Answers{};
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class AnswerStoreTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_.path() / "made/answers" / name; }

    TemporaryFolder folder_;
    AnswerStore store_ = AnswerStore(folder_ / "made/answers");
};

TEST_F(AnswerStoreTest, FindsWhatWasRememberedForTheModelAlone) {
    EXPECT_EQ(found(store_, kModel), Answers{});

    ASSERT_TRUE(store_.remember(kModel, "model.gguf", kAnswers));

    EXPECT_EQ(found(store_, kModel), kAnswers);
    EXPECT_EQ(found(AnswerStore(folder_ / "made/answers"), kModel), kAnswers) << "another program";
    EXPECT_EQ(found(store_, kOther), Answers{});
    EXPECT_THAT(contents(file(kModel + ".json")), HasSubstr("model.gguf")) << "for people";
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file("")), {}), 1) << "nothing temporary is left";
}

TEST_F(AnswerStoreTest, AddsToWhatIsKnown) {
    ASSERT_TRUE(store_.remember(kModel, "m", {.family = "open-dcoder", .tokenizer = {}, .chatFormat = ""}));
    ASSERT_TRUE(store_.remember(kModel, "m", {.family = "", .tokenizer = "/models/tokenizer.gguf", .chatFormat = "llada"}));
    ASSERT_TRUE(store_.remember(kModel, "m", {.family = "", .tokenizer = {}, .chatFormat = "chatml"}));

    EXPECT_EQ(found(store_, kModel), kAnswers);
}

TEST_F(AnswerStoreTest, KeepsWhatANewerProgramWrote) {
    std::filesystem::create_directories(file(""));
    writeText(file(kModel + ".json"), R"({"family": "old", "voice": {"pitch": 2}})");

    ASSERT_TRUE(store_.remember(kModel, "m", kAnswers));

    EXPECT_EQ(found(store_, kModel), kAnswers);
    EXPECT_THAT(contents(file(kModel + ".json")), HasSubstr("\"pitch\": 2"));
}

TEST_F(AnswerStoreTest, ForgetsOneModel) {
    ASSERT_TRUE(store_.forget(kModel)) << "nothing was ever remembered";
    ASSERT_TRUE(store_.remember(kModel, "m", kAnswers));
    ASSERT_TRUE(store_.remember(kOther, "o", kAnswers));

    ASSERT_TRUE(store_.forget(kModel));

    EXPECT_EQ(found(store_, kModel), Answers{});
    EXPECT_EQ(found(store_, kOther), kAnswers);
}

TEST_F(AnswerStoreTest, NamesADamagedFileAndKeepsItBesideTheNewOne) {
    std::filesystem::create_directories(file(""));
    for (const char* const text : {"", "{\"family\": \"open-", "[1]", "{\"family\": 3}", "{\"tokenizer\": [\"a\"]}"}) {
        writeText(file(kModel + ".json"), text);

        const Result<Answers> answers = store_.find(kModel);

        ASSERT_FALSE(answers) << text;
        EXPECT_EQ(answers.error().kind, ErrorKind::Corrupt);
        EXPECT_THAT(answers.error().message, AllOf(HasSubstr(kModel), HasSubstr("say it again"))) << text;
    }
    writeText(file(kModel + ".json"), "{\"family\": \"open-");
    ASSERT_TRUE(store_.remember(kModel, "m", kAnswers));

    EXPECT_EQ(found(store_, kModel), kAnswers);
    EXPECT_EQ(contents(file(kModel + ".json.damaged")), "{\"family\": \"open-");
}

TEST_F(AnswerStoreTest, SaysWhyNothingCanBeRemembered) {
    // Permissions would not stop the superuser, whom tests in containers run as.
    writeText(folder_ / "file", "kept");
    const AnswerStore blocked(folder_ / "file/answers");

    const Result<void> remembered = blocked.remember(kModel, "m", kAnswers);
    const Result<void> nowhere = AnswerStore("").remember(kModel, "m", kAnswers);
    const Result<void> odd = store_.remember(kModel, "m", {.family = "", .tokenizer = "/models/\xff.gguf", .chatFormat = ""});

    ASSERT_FALSE(remembered);
    EXPECT_EQ(remembered.error().kind, ErrorKind::Io);
    EXPECT_THAT(remembered.error().message, HasSubstr("file/answers'"));
    EXPECT_EQ(contents(folder_ / "file"), "kept");
    ASSERT_FALSE(nowhere);
    EXPECT_THAT(nowhere.error().message, HasSubstr("XDG_DATA_HOME"));
    EXPECT_EQ(found(AnswerStore(""), kModel), Answers{});
    ASSERT_FALSE(odd);
    EXPECT_EQ(odd.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(odd.error().message, AllOf(HasSubstr("\\xff"), HasSubstr("UTF-8")));
}

TEST_F(AnswerStoreTest, LosesNothingToWritersAtTheSameTime) {
    std::vector<std::thread> writers;
    for (const Answers& answers : {Answers{.family = kAnswers.family, .tokenizer = {}, .chatFormat = ""},
                                   Answers{.family = "", .tokenizer = kAnswers.tokenizer, .chatFormat = ""},
                                   Answers{.family = "", .tokenizer = {}, .chatFormat = kAnswers.chatFormat}}) {
        writers.emplace_back([this, answers] {
            for (int i = 0; i < 8; ++i) {
                const Result<void> remembered = AnswerStore(file("")).remember(kModel, "m", answers);
                EXPECT_TRUE(remembered) << remembered.error().message;
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }

    EXPECT_EQ(found(store_, kModel), kAnswers);
}

/// Sets a variable of the environment for one test.
class Environment {
public:
    Environment(const char* name, const char* value) : name_(name) {
        const char* const before = std::getenv(name);
        before_ = before == nullptr ? "" : before;
        wasSet_ = before != nullptr;
        ::setenv(name, value, 1);
    }
    ~Environment() { wasSet_ ? ::setenv(name_, before_.c_str(), 1) : ::unsetenv(name_); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    const char* name_;
    std::string before_;
    bool wasSet_;
};

TEST_F(AnswerStoreTest, LiesWhereTheDataOfAPersonDo) {
    const Environment home("HOME", (folder_ / "home").c_str());
    {
        const Environment data("XDG_DATA_HOME", (folder_ / "data").c_str());
        ASSERT_TRUE(AnswerStore::ofThisPerson().remember(kModel, "m", kAnswers));
    }
    {
        // The standard says that a relative path is to be ignored.
        const Environment data("XDG_DATA_HOME", "data");
        ASSERT_TRUE(AnswerStore::ofThisPerson().remember(kOther, "m", kAnswers));
    }

    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "data/crystallite/answers" / (kModel + ".json")));
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "home/.local/share/crystallite/answers" / (kOther + ".json")));
}

}  // namespace
}  // namespace crystallite
