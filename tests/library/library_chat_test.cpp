#include "engine/library/library_file.h"
#include "tests/library/library_support.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace crystallite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ChatEntry chatOf(const std::string& id, int64_t changed) {
    return {.id = id,
            .changed = changed,
            .system = "Be \"brief\".",
            .turns = {{.text = std::string("Hi\0 there", 9)}, {.isAnswer = true, .text = "Hello\n", .run = "first"}, {.text = ""}}};
}

TEST(LibraryChat, IsThereAgainAfterARestart) {
    const TemporaryFolder folder;
    {
        auto library = LibraryFile::open(folder / "history.crystal");
        ASSERT_TRUE(library) << library.error().message;
        EXPECT_THAT(*library->chats(10), IsEmpty()) << "no table yet";
        ASSERT_TRUE(library->keepChat(chatOf("a", 1)));
        ASSERT_TRUE(library->keepChat(chatOf("b", 3)));
        ASSERT_TRUE(library->keepChat(chatOf("c", 2)));
    }

    auto library = LibraryFile::open(folder / "history.crystal");

    EXPECT_THAT(*library->chats(2), ElementsAre(chatOf("b", 3), chatOf("c", 2))) << "newest first";
}

TEST(LibraryChat, TakesThePlaceOfWhatItWas) {
    const TemporaryFolder folder;
    auto library = LibraryFile::open(folder / "history.crystal");
    ASSERT_TRUE(library->keepChat(chatOf("a", 1)));
    ChatEntry shorter = chatOf("a", 2);
    shorter.turns.resize(1);

    ASSERT_TRUE(library->keepChat(shorter));

    EXPECT_THAT(*library->chats(10), ElementsAre(shorter));
}

TEST(LibraryChat, SurvivesTheRescueOfADamagedLibrary) {
    const TemporaryFolder folder;
    {
        auto library = LibraryFile::open(folder / "history.crystal");
        ASSERT_TRUE(library->keepChat(chatOf("a", 1)));
        ASSERT_TRUE(library->add(libraryTrace({.id = "first"}), RunSource::Ended, 1));
    }

    const auto rescued = rescueLibrary(folder / "history.crystal", folder / "aside.crystal", 5);

    ASSERT_TRUE(rescued) << rescued.error().message;
    auto library = LibraryFile::open(folder / "history.crystal");
    EXPECT_THAT(*library->chats(10), ElementsAre(chatOf("a", 1)));
    EXPECT_THAT(listedIds(*library), ElementsAre("first"));
}

}  // namespace
}  // namespace crystallite
