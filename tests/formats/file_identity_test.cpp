#include "engine/formats/file_identity.h"

#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gtest/gtest.h>

#include <vector>

namespace crystallite {
namespace {

std::string identity(const std::filesystem::path& path) {
    const Result<std::string> found = identityOf(path);
    EXPECT_TRUE(found) << found.error().message;
    return found ? *found : "";
}

std::string identityOfBytes(const std::vector<std::byte>& file) {
    const std::span<const std::byte> bytes = file;
    return sampledIdentity(std::span(&bytes, 1), "");
}

TEST(FileIdentity, StaysWhenAFileIsMovedAndChangesWithItsBytes) {
    const TemporaryFolder folder;
    const std::vector<std::byte> model = randomLlada({}, 1, WeightFormat::F16);
    std::vector<std::byte> changed = model;
    changed.back() ^= std::byte{1};
    writeFile(folder / "model.gguf", model);
    writeFile(folder / "other name.gguf", model);
    writeFile(folder / "changed.gguf", changed);
    writeFile(folder / "longer.gguf", GgufBuilder(randomLladaBuilder({}, 1, WeightFormat::F16)).flag("x", true).build());

    EXPECT_EQ(identity(folder / "model.gguf").size(), 32U);
    EXPECT_EQ(identity(folder / "model.gguf"), identity(folder / "other name.gguf"));
    EXPECT_NE(identity(folder / "model.gguf"), identity(folder / "changed.gguf"));
    EXPECT_NE(identity(folder / "model.gguf"), identity(folder / "longer.gguf"));
}

TEST(FileIdentity, IsThatOfASampleOfALongFile) {
    constexpr size_t kSize = size_t{9} << 20;
    std::vector<std::byte> file(kSize);
    const std::string whole = identityOfBytes(file);
    const auto changesAt = [&](size_t place) {
        std::vector<std::byte> other = file;
        other[place] = std::byte{1};
        return identityOfBytes(other) != whole;
    };

    EXPECT_TRUE(changesAt(0));
    EXPECT_TRUE(changesAt((size_t{1} << 20) - 1)) << "the first megabyte is taken as a whole";
    EXPECT_TRUE(changesAt(kSize - 1)) << "the last place ends with the file";
    // 64 places, the first and last at the ends: they are (8 MiB - 4 KiB) / 63 apart.
    constexpr size_t kApart = ((size_t{8} << 20) - 4096) / 63;
    EXPECT_TRUE(changesAt((size_t{1} << 20) + kApart * 31 + 2000));
    EXPECT_FALSE(changesAt((size_t{1} << 20) + kApart * 31 + kApart / 2)) << "between two places";
    EXPECT_NE(identityOfBytes(std::vector<std::byte>(kSize + 1)), whole) << "the size counts";
}

TEST(FileIdentity, OfASplitModelIsTheSameFromEveryPart) {
    const TemporaryFolder folder;
    writeFile(folder / "m-00001-of-00002.gguf", GgufBuilder().number("split.no", 0).build());
    writeFile(folder / "m-00002-of-00002.gguf", GgufBuilder().number("split.no", 1).build());
    const std::string first = identity(folder / "m-00001-of-00002.gguf");
    const std::string second = identity(folder / "m-00002-of-00002.gguf");
    std::filesystem::remove(folder / "m-00002-of-00002.gguf");
    const Result<std::string> incomplete = identityOf(folder / "m-00001-of-00002.gguf");

    EXPECT_EQ(first, second);
    ASSERT_FALSE(incomplete);
    EXPECT_EQ(incomplete.error().kind, ErrorKind::NotFound);
}

TEST(FileIdentity, OfAFolderIsThatOfItsWeightsAndConfig) {
    const TemporaryFolder folder;
    RandomCheckpoint checkpoint = randomCheckpoint("open-dcoder", 1, WeightFormat::BF16);
    writeCheckpoint(folder / "a", checkpoint);
    writeCheckpoint(folder / "b", checkpoint);
    writeText(folder.path() / "b/README.md", "words");
    writeCheckpoint(folder / "weights", randomCheckpoint("open-dcoder", 2, WeightFormat::BF16));
    checkpoint.config["rope_theta"] = 10000.0;
    writeCheckpoint(folder / "config", checkpoint);

    EXPECT_EQ(identity(folder / "a"), identity(folder / "b"));
    EXPECT_EQ(identity(folder / "a"), identity(folder.path() / "a/model.safetensors")) << "or its file";
    EXPECT_NE(identity(folder / "a"), identity(folder / "weights"));
    EXPECT_NE(identity(folder / "a"), identity(folder / "config"));
}

TEST(FileIdentity, OfNothingIsAnError) {
    const TemporaryFolder folder;
    writeText(folder / "empty.gguf", "");

    EXPECT_EQ(identityOf(folder / "absent.gguf").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(identityOf(folder / "empty.gguf").error().kind, ErrorKind::Io);
    EXPECT_FALSE(identityOf(folder.path()));
}

}  // namespace
}  // namespace crystallite
