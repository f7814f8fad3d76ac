// What can go wrong with a library: a full disk, no permission, a newer program, a damaged file. Nothing is lost, and a sentence says so.

#include "engine/library/library_file.h"
#include "tests/library/library_support.h"
#include "tests/trace/temporary_folder.h"
#include "tests/trace/trace_file_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kNow = 1'800'000'000'000;
constexpr int kRuns = 40;

std::string idOf(int number) {
    return "run-" + std::to_string(number);
}

/// A library with kRuns runs, closed again.
void fill(const std::filesystem::path& path) {
    Result<LibraryFile> library = LibraryFile::open(path);
    ASSERT_TRUE(library) << library.error().message;
    for (int number = 0; number < kRuns; ++number) {
        ASSERT_TRUE(library->add(libraryTrace({.id = idOf(number), .steps = 8}), RunSource::Ended, kNow));
    }
    ASSERT_TRUE(library->setTitle(idOf(0), "The first"));
    ASSERT_TRUE(library->trash({idOf(1)}, kNow));
}

void overwrite(const std::filesystem::path& path, uintmax_t from, uintmax_t bytes) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(from));
    file << std::string(bytes, '\x5a');
}

/// In a process of its own: what it returns must be true. The library is as it was for the test.
template <typename Work>
bool inAnotherProcess(const Work& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(work() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(LibraryTrouble, AFullDiskIsASentenceAndEveryEarlierRunStays) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "history.crystal";
    fill(path);

    // The size limit of the process stands in for a full disk: both make a write fail in the middle.
    const bool asExpected = inAnotherProcess([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlim_t most = std::filesystem::file_size(path) + 20'000;
        const rlimit limit{.rlim_cur = most, .rlim_max = most};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        Result<LibraryFile> library = LibraryFile::open(path);
        Result<bool> added = true;
        int number = kRuns;
        for (; library && added && number < 10 * kRuns; ++number) {
            added = library->add(libraryTrace({.id = idOf(number), .steps = 8}), RunSource::Ended, kNow);
        }
        return !added && added.error().kind == ErrorKind::Io && added.error().message.find(path.string()) != std::string::npos &&
               !library->isDamaged() && library->list("", false)->size() == static_cast<size_t>(number) - 2;
    });

    EXPECT_TRUE(asExpected);
    Result<LibraryFile> after = LibraryFile::open(path);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_GE(after->list("", false)->size(), static_cast<size_t>(kRuns) - 1);
    EXPECT_TRUE(after->add(libraryTrace({.id = "later"}), RunSource::Ended, kNow));
}

TEST(LibraryTrouble, AReadOnlyFolderCanBeReadAndWritingIsASentence) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "history.crystal";
    fill(path);
    std::filesystem::permissions(path, std::filesystem::perms(0444));
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));

    const bool asExpected = inAnotherProcess([&] {
        // Whoever may do everything is not stopped by permissions.
        constexpr uid_t kNobody = 65534;
        if (::geteuid() == 0 && ::seteuid(kNobody) != 0) {
            return false;
        }
        Result<LibraryFile> library = LibraryFile::open(path);
        if (!library || library->list("first", false)->size() != 1 || !library->read(idOf(3))) {
            return false;
        }
        const auto added = library->add(libraryTrace({.id = "new"}), RunSource::Ended, kNow);
        return !added && added.error().kind == ErrorKind::Io && added.error().message.find(path.string()) != std::string::npos;
    });

    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    EXPECT_TRUE(asExpected);
}

TEST(LibraryTrouble, ALibraryOfANewerProgramIsLeftAsItIs) {
    for (const char* sql : {"UPDATE library SET version = version + 1", "PRAGMA user_version = 1000"}) {
        const TemporaryFolder folder;
        const std::filesystem::path path = folder / "history.crystal";
        fill(path);
        tamper(path, sql);
        const std::string before = contentsOf(path);

        const auto opened = LibraryFile::open(path);

        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().kind, ErrorKind::Unsupported);
        EXPECT_THAT(opened.error().message, HasSubstr("newer"));
        EXPECT_EQ(contentsOf(path), before);
    }
}

TEST(LibraryTrouble, ALibraryOfAnOlderFormatIsReadAndGoesOn) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "history.crystal";
    fill(path);
    // As a program of format 4 left it: no table of bookmarks, and rows of that format.
    tamper(path, "DROP TABLE bookmark; DROP TABLE identity; DROP TABLE hand; PRAGMA user_version = 4; UPDATE entry SET format = 4");

    Result<LibraryFile> library = LibraryFile::open(path);

    ASSERT_TRUE(library) << library.error().message;
    EXPECT_TRUE(library->read(idOf(5)));
    ASSERT_TRUE(library->add(libraryTrace({.id = "new"}), RunSource::Ended, kNow));
    EXPECT_TRUE(library->read("new"));
    EXPECT_EQ(library->list("", false)->size(), static_cast<size_t>(kRuns));
}

TEST(LibraryTrouble, WhatIsNoLibraryIsSetAsideAndANewOneBegins) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "history.crystal";
    writeFile(path, "This is no library, and it is long enough to be looked at as one: more than 72 bytes.");
    const auto opened = LibraryFile::open(path);
    ASSERT_FALSE(opened);
    ASSERT_EQ(opened.error().kind, ErrorKind::Corrupt);

    const auto rescued = rescueLibrary(path, folder / "aside.crystal", kNow);

    ASSERT_TRUE(rescued) << rescued.error().message;
    EXPECT_EQ(rescued->saved, 0U);
    EXPECT_THAT(contentsOf(folder / "aside.crystal"), HasSubstr("This is no library"));
    Result<LibraryFile> fresh = LibraryFile::open(path);
    ASSERT_TRUE(fresh);
    EXPECT_THAT(listedIds(*fresh), IsEmpty());
}

TEST(LibraryTrouble, WhatCanBeReadOfADamagedLibraryIsInTheNewOne) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "history.crystal";
    fill(path);
    constexpr uintmax_t kPage = 4096;
    const uintmax_t pages = std::filesystem::file_size(path) / kPage;
    overwrite(path, pages / 2 * kPage, 3 * kPage);
    {
        Result<LibraryFile> damaged = LibraryFile::open(path);
        ASSERT_TRUE(!damaged || damaged->isDamaged());
    }

    const auto rescued = rescueLibrary(path, folder / "aside.crystal", kNow);

    ASSERT_TRUE(rescued) << rescued.error().message;
    // How many depends on what the pages held: an inner page of an index hides more than the leaves of a table.
    EXPECT_GT(rescued->saved, 1U) << "three of " << pages << " pages are gone";
    EXPECT_LE(rescued->saved, static_cast<size_t>(kRuns));
    Result<LibraryFile> fresh = LibraryFile::open(path);
    ASSERT_TRUE(fresh);
    EXPECT_FALSE(fresh->isDamaged());
    const std::vector<std::string> kept = listedIds(*fresh);
    EXPECT_EQ(kept.size() + listedIds(*fresh, "", true).size(), rescued->saved);
    for (const std::string& id : kept) {
        const auto run = fresh->read(id);
        ASSERT_TRUE(run) << run.error().message;
        expectSameRun(*run, libraryTrace({.id = id, .steps = 8}), 8);
    }
    EXPECT_TRUE(std::filesystem::exists(folder / "aside.crystal"));
}

TEST(LibraryTrouble, ADamagedRunIsASentenceAndTheLibraryIsNot) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "history.crystal";
    fill(path);
    tamper(path, "UPDATE step SET beliefs = x'00' WHERE run = (SELECT run FROM entry WHERE id = 'run-7') AND number = 2");
    Result<LibraryFile> library = LibraryFile::open(path);
    ASSERT_TRUE(library);

    const auto read = library->read("run-7");

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Corrupt);
    EXPECT_FALSE(library->isDamaged());
    EXPECT_TRUE(library->read("run-8"));
}

TEST(LibraryTrouble, AnotherFileInItsPlaceIsNoticed) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "history.crystal";
    Result<LibraryFile> library = LibraryFile::open(path);
    ASSERT_TRUE(library);
    EXPECT_TRUE(library->isInPlace());

    std::filesystem::rename(path, folder / "moved.crystal");
    EXPECT_FALSE(library->isInPlace());
    Result<LibraryFile> next = LibraryFile::open(path);
    ASSERT_TRUE(next);

    EXPECT_FALSE(library->isInPlace());
    EXPECT_TRUE(next->isInPlace());
}

}  // namespace
}  // namespace crystallite
