#include "engine/formats/safetensors_folder.h"

#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Error errorOf(const std::filesystem::path& path) {
    const Result<SafetensorsFolder> folder = SafetensorsFolder::open(path);
    return folder ? Error{ErrorKind::Cancelled, "was accepted"} : folder.error();
}

std::vector<std::byte> fileWith(const std::vector<std::string>& names) {
    SafetensorsBuilder builder;
    for (const std::string& name : names) {
        builder.tensor(name, "F32", {1}, "1234");
    }
    return builder.build();
}

TEST(SafetensorsFolder, OpensTheFileOfTheUsualNameAndTheOnlyOne) {
    const TemporaryFolder folder;
    writeFile(folder / "mdm-170M.safetensors", fileWith({"a"}));
    const Result<SafetensorsFolder> only = SafetensorsFolder::open(folder.path());
    writeFile(folder / "model.safetensors", fileWith({"b"}));
    const Result<SafetensorsFolder> usual = SafetensorsFolder::open(folder.path());
    const Result<SafetensorsFolder> named = SafetensorsFolder::open(folder / "mdm-170M.safetensors");

    ASSERT_TRUE(only) << only.error().message;
    EXPECT_NE(only->find("a"), nullptr);
    ASSERT_TRUE(usual) << usual.error().message;
    EXPECT_NE(usual->find("b"), nullptr);
    EXPECT_EQ(usual->find("a"), nullptr);
    ASSERT_TRUE(named) << named.error().message;
    EXPECT_NE(named->find("a"), nullptr);
}

TEST(SafetensorsFolder, JoinsShardsThatTheIndexNames) {
    const TemporaryFolder folder;
    writeFile(folder / "one.safetensors", fileWith({"a", "b"}));
    writeFile(folder / "two.safetensors", fileWith({"c"}));
    writeText(folder / "model.safetensors.index.json",
              R"({"metadata":{},"weight_map":{"a":"one.safetensors","b":"one.safetensors","c":"two.safetensors"}})");

    const Result<SafetensorsFolder> joined = SafetensorsFolder::open(folder.path());

    ASSERT_TRUE(joined) << joined.error().message;
    EXPECT_EQ(joined->tensors().size(), 3U);
    EXPECT_EQ(joined->files().size(), 2U);
}

TEST(SafetensorsFolder, RefusesAnIndexThatItsShardsContradict) {
    const TemporaryFolder folder;
    writeFile(folder / "one.safetensors", fileWith({"a", "b"}));
    const auto errorOfMap = [&folder](const char* map) {
        writeText(folder / "model.safetensors.index.json", std::string(R"({"weight_map":)") + map + "}");
        return errorOf(folder.path());
    };

    EXPECT_THAT(errorOfMap(R"({"a":"one.safetensors","c":"one.safetensors"})").message,
                AllOf(HasSubstr("'one.safetensors' does not hold tensor 'c'"), HasSubstr("index.json")));
    EXPECT_THAT(errorOfMap(R"({"a":"one.safetensors"})").message, HasSubstr("holds 2 tensors, but"));
    EXPECT_EQ(errorOfMap(R"({"a":"two.safetensors"})").kind, ErrorKind::NotFound);
    EXPECT_THAT(errorOfMap(R"({"a":"../one.safetensors"})").message, HasSubstr("not the name of a file beside it"));
    EXPECT_THAT(errorOfMap(R"({"a":"/etc/passwd"})").message, HasSubstr("not the name of a file beside it"));
    EXPECT_THAT(errorOfMap(R"({"a":".."})").message, HasSubstr("not the name of a file beside it"));
    EXPECT_THAT(errorOfMap(R"({"a":7})").message, HasSubstr("not the name of a file beside it"));
    EXPECT_THAT(errorOfMap("{}").message, HasSubstr("has no weight_map"));
    EXPECT_THAT(errorOfMap("[]").message, HasSubstr("has no weight_map"));
}

TEST(SafetensorsFolder, RefusesATensorThatLiesInTwoShards) {
    const TemporaryFolder folder;
    writeFile(folder / "one.safetensors", fileWith({"a"}));
    writeFile(folder / "two.safetensors", fileWith({"a", "b"}));
    writeText(folder / "model.safetensors.index.json", R"({"weight_map":{"a":"one.safetensors","b":"two.safetensors"}})");

    EXPECT_THAT(errorOf(folder.path()).message, HasSubstr("tensor 'a' lies in 'two.safetensors' and in another file"));
}

TEST(SafetensorsFolder, SaysWhatToDoWithoutUsableWeights) {
    const TemporaryFolder empty;
    const TemporaryFolder pickles;
    writeText(pickles / "pytorch_model.bin", "x");
    const TemporaryFolder several;
    writeFile(several / "one.safetensors", fileWith({"a"}));
    writeFile(several / "two.safetensors", fileWith({"b"}));

    EXPECT_THAT(errorOf(empty.path()).message, HasSubstr("there is no safetensors file"));
    EXPECT_THAT(errorOf(pickles.path()).message, HasSubstr("PyTorch pickles"));
    EXPECT_THAT(errorOf(several.path()).message, HasSubstr("no model.safetensors.index.json"));
    EXPECT_EQ(errorOf(empty / "absent.safetensors").kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace crystallite
