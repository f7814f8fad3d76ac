#include "engine/base/output_file.h"

#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

size_t filesIn(const std::filesystem::path& folder) {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

TEST(OutputFile, IsInItsPlaceWhenItIsFinished) {
    const TemporaryFolder folder;
    Result<OutputFile> file = OutputFile::create(folder / "out", 6);
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_TRUE(file->write(bytesOf("abc")));
    ASSERT_TRUE(file->write(bytesOf("def")));
    EXPECT_FALSE(std::filesystem::exists(folder / "out"));

    ASSERT_TRUE(file->finish());

    EXPECT_EQ(contents(folder / "out"), "abcdef");
    EXPECT_EQ(filesIn(folder.path()), 1U);
}

TEST(OutputFile, LeavesNothingWhenItIsNotFinished) {
    const TemporaryFolder folder;
    {
        Result<OutputFile> file = OutputFile::create(folder / "out", 3);
        ASSERT_TRUE(file) << file.error().message;
        OutputFile moved = std::move(file).value();
        ASSERT_TRUE(moved.write(bytesOf("abc")));
        EXPECT_EQ(filesIn(folder.path()), 1U);
    }

    EXPECT_EQ(filesIn(folder.path()), 0U);
}

TEST(OutputFile, ReplacesNothing) {
    const TemporaryFolder folder;
    std::ofstream(folder / "there") << "old";
    const Result<OutputFile> refused = OutputFile::create(folder / "there", 1);
    Result<OutputFile> raced = OutputFile::create(folder / "out", 1);
    ASSERT_TRUE(raced) << raced.error().message;
    std::ofstream(folder / "out") << "newer";

    const Result<void> finished = raced->finish();

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("there'"), HasSubstr("exists already")));
    EXPECT_FALSE(finished);
    EXPECT_EQ(contents(folder / "out"), "newer");
}

TEST(OutputFile, SaysWhatIsMissing) {
    const TemporaryFolder folder;

    const Result<OutputFile> noRoom = OutputFile::create(folder / "out", uint64_t{1} << 60U);
    const Result<OutputFile> noFolder = OutputFile::create(folder / "absent/out", 1);

    ASSERT_FALSE(noRoom);
    EXPECT_EQ(noRoom.error().kind, ErrorKind::Io);
    EXPECT_THAT(noRoom.error().message, AllOf(HasSubstr("needs 1152921504606 MB"), HasSubstr("MB free; make room")));
    ASSERT_FALSE(noFolder);
    EXPECT_THAT(noFolder.error().message, HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace crystallite
