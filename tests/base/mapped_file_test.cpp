#include "engine/base/mapped_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace crystallite {
namespace {

class MappedFileTest : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path write(std::string_view name, std::string_view text) const {
        std::filesystem::path path = folder_ / name;
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }

    std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "crystallite_mapped_file_test";
};

std::string textOf(const MappedFile& file) {
    std::string text;
    for (const std::byte byte : file.bytes()) {
        text.push_back(static_cast<char>(byte));
    }
    return text;
}

TEST_F(MappedFileTest, ShowsEveryByteOfTheFile) {
    const std::string text(
        "a\0b\xff"
        "end",
        7);

    const Result<MappedFile> file = MappedFile::open(write("some.bin", text));

    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(textOf(*file), text);
}

TEST_F(MappedFileTest, MovesItsBytesToTheNewOwner) {
    Result<MappedFile> first = MappedFile::open(write("first.bin", "first"));
    Result<MappedFile> second = MappedFile::open(write("second.bin", "second"));
    ASSERT_TRUE(first && second);

    MappedFile moved = std::move(*first);
    moved = std::move(*second);

    EXPECT_EQ(textOf(moved), "second");
}

TEST_F(MappedFileTest, SaysWhichFileDoesNotExist) {
    const Result<MappedFile> file = MappedFile::open(folder_ / "missing.gguf");

    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().kind, ErrorKind::NotFound);
    EXPECT_NE(file.error().message.find("missing.gguf"), std::string::npos) << file.error().message;
}

TEST_F(MappedFileTest, RefusesAFolderAndAnEmptyFile) {
    const Result<MappedFile> folder = MappedFile::open(folder_);
    const Result<MappedFile> empty = MappedFile::open(write("empty.gguf", ""));

    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().kind, ErrorKind::Io);
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().kind, ErrorKind::Io);
    EXPECT_NE(empty.error().message.find("empty"), std::string::npos) << empty.error().message;
}

}  // namespace
}  // namespace crystallite
