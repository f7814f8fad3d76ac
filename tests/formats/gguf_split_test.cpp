#include "engine/formats/model_source.h"
#include "engine/formats/split_name.h"

#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Part `number` of `count` as llama.cpp's splitter writes them: 16-bit numbers, tensors counted over all parts in a signed one.
GgufBuilder part(uint16_t number, uint16_t count, int32_t tensors) {
    return GgufBuilder()
        .raw("split.no", 2, littleEndian(static_cast<uint16_t>(number - 1)))
        .raw("split.count", 2, littleEndian(count))
        .signedNumber("split.tensors.count", tensors);
}

class SplitModel : public testing::Test {
protected:
    SplitModel() {
        write("m-00001-of-00003.gguf", part(1, 3, 3).text("general.architecture", "llada").tensor("a", {1}, 0, "1234"));
        write("m-00002-of-00003.gguf", part(2, 3, 3).tensor("b", {1}, 0, "5678"));
        write("m-00003-of-00003.gguf", part(3, 3, 3).tensor("c", {1}, 0, "90ab"));
    }
    void write(const char* name, const GgufBuilder& builder) const { writeFile(folder_ / name, builder.build()); }
    [[nodiscard]] Result<std::shared_ptr<const ModelSource>> open(const char* name) const { return openModel(folder_ / name); }
    [[nodiscard]] Error errorOf(const char* name) const {
        const auto source = open(name);
        return source ? Error{ErrorKind::Cancelled, "was accepted"} : source.error();
    }

    TemporaryFolder folder_;
};

TEST_F(SplitModel, IsOneModelWhicheverPartIsNamed) {
    for (const char* const name : {"m-00001-of-00003.gguf", "m-00003-of-00003.gguf"}) {
        const auto source = open(name);

        ASSERT_TRUE(source) << source.error().message;
        EXPECT_EQ((*source)->tensors().size(), 3U);
        EXPECT_EQ((*source)->findTensor("c")->bytes.whole().back(), std::byte{'b'});
        EXPECT_EQ((*source)->findString("general.architecture"), "llada");
        EXPECT_EQ((*source)->displayName(), "m-00001-of-00003.gguf");
        EXPECT_EQ((*source)->fingerprint(), (*open("m-00002-of-00003.gguf"))->fingerprint());
    }
}

TEST_F(SplitModel, NamesThePartThatIsMissing) {
    std::filesystem::remove(folder_ / "m-00002-of-00003.gguf");

    const Error error = errorOf("m-00001-of-00003.gguf");

    EXPECT_EQ(error.kind, ErrorKind::NotFound);
    EXPECT_THAT(error.message, AllOf(HasSubstr("part 2 of 3"), HasSubstr("'m-00002-of-00003.gguf'"), HasSubstr("one folder")));
}

TEST_F(SplitModel, RefusesPartsThatDoNotBelongTogether) {
    write("m-00002-of-00003.gguf", part(3, 3, 3).tensor("b", {1}, 0, "5678"));
    EXPECT_THAT(errorOf("m-00001-of-00003.gguf").message, HasSubstr("does not say inside that it is part 2 of 3"));

    write("m-00002-of-00003.gguf", part(2, 4, 3).tensor("b", {1}, 0, "5678"));
    EXPECT_THAT(errorOf("m-00001-of-00003.gguf").message, HasSubstr("does not say inside that it is part 2 of 3"));

    write("m-00002-of-00003.gguf", part(2, 3, 3).tensor("a", {1}, 0, "5678"));
    EXPECT_THAT(errorOf("m-00001-of-00003.gguf").message, HasSubstr("tensor 'a' lies in two parts"));

    write("m-00002-of-00003.gguf", part(2, 3, 3).tensor("b", {1}, 0, "5678").tensor("d", {1}, 0, "5678"));
    EXPECT_THAT(errorOf("m-00001-of-00003.gguf").message, HasSubstr("hold 4 tensors and announce 3"));
}

TEST_F(SplitModel, NeedsTheNamesOfItsParts) {
    write("renamed.gguf", part(1, 3, 3));
    write("m-00001-of-00007.gguf", part(1, 3, 3));

    EXPECT_THAT(errorOf("renamed.gguf").message, AllOf(HasSubstr("one of 3 parts"), HasSubstr("-00001-of-00003.gguf")));
    EXPECT_THAT(errorOf("m-00001-of-00007.gguf").message, HasSubstr("one of 3 parts"));
}

TEST(SplitName, IsFiveDigitsOfFiveDigits) {
    const std::optional<SplitName> name = parseSplitName("/models/a-b-00002-of-00010.gguf");

    ASSERT_TRUE(name);
    EXPECT_EQ(name->count, 10U);
    EXPECT_EQ(name->part(7), "/models/a-b-00007-of-00010.gguf");
    EXPECT_FALSE(parseSplitName("a.gguf"));
    EXPECT_FALSE(parseSplitName("a-0001-of-00010.gguf"));
    EXPECT_FALSE(parseSplitName("a-00001-of-0001x.gguf"));
    EXPECT_FALSE(parseSplitName("-00001-of-00010.gguf"));
    EXPECT_FALSE(parseSplitName("a-00001-of-00010.bin"));
}

}  // namespace
}  // namespace crystallite
