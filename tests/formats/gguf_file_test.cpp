#include "engine/formats/gguf_file.h"

#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::VariantWith;

constexpr uint32_t kF32 = 0;
constexpr uint32_t kQ4K = 12;
constexpr uint32_t kIq2Xs = 17;

/// Parses bytes that must be refused.
Error errorOf(const std::vector<std::byte>& bytes) {
    const Result<GgufFile> file = GgufFile::parse(bytes, "model.gguf");
    return file ? Error{ErrorKind::Cancelled, "was accepted"} : file.error();
}

template <typename T>
const T* valueAt(const GgufFile& file, std::string_view key) {
    const GgufValue* const value = file.find(key);
    return value == nullptr ? nullptr : std::get_if<T>(value);
}

std::string textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(GgufFile, ReadsEveryScalarTypeWithItsWidth) {
    const std::vector<std::byte> bytes = GgufBuilder()
                                             .raw("u8", 0, littleEndian(uint8_t{200}))
                                             .raw("i8", 1, littleEndian(int8_t{-100}))
                                             .raw("u16", 2, littleEndian(uint16_t{60000}))
                                             .raw("i16", 3, littleEndian(int16_t{-30000}))
                                             .number("u32", 4000000000U)
                                             .signedNumber("i32", -2000000000)
                                             .raw("u64", 10, littleEndian(~uint64_t{0}))
                                             .raw("i64", 11, littleEndian(int64_t{-5}))
                                             .real("f32", 0.25F)
                                             .raw("f64", 12, littleEndian(0.1))
                                             .flag("yes", true)
                                             .flag("no", false)
                                             .text("text", "weiß")
                                             .build();

    const Result<GgufFile> file = GgufFile::parse(bytes, "model.gguf");

    ASSERT_TRUE(file) << file.error().message;
    EXPECT_THAT(*file->find("u8"), VariantWith<uint64_t>(200));
    EXPECT_THAT(*file->find("i8"), VariantWith<int64_t>(-100));
    EXPECT_THAT(*file->find("u16"), VariantWith<uint64_t>(60000));
    EXPECT_THAT(*file->find("i16"), VariantWith<int64_t>(-30000));
    EXPECT_THAT(*file->find("u32"), VariantWith<uint64_t>(4000000000U));
    EXPECT_THAT(*file->find("i32"), VariantWith<int64_t>(-2000000000));
    EXPECT_THAT(*file->find("u64"), VariantWith<uint64_t>(~uint64_t{0}));
    EXPECT_THAT(*file->find("i64"), VariantWith<int64_t>(-5));
    EXPECT_THAT(*file->find("f32"), VariantWith<double>(0.25));
    EXPECT_THAT(*file->find("f64"), VariantWith<double>(0.1));
    EXPECT_THAT(*file->find("yes"), VariantWith<bool>(true));
    EXPECT_THAT(*file->find("no"), VariantWith<bool>(false));
    EXPECT_THAT(*file->find("text"), VariantWith<std::string_view>("weiß"));
    EXPECT_EQ(file->find("absent"), nullptr);
}

TEST(GgufFile, DecodesArraysOfTextsAndIntegersAndOfNothingElse) {
    const std::vector<std::byte> bytes = GgufBuilder()
                                             .texts("words", {"a", "", "long one"})
                                             .numbers("kinds", {1, -2, 3})
                                             .raw("reals", 9, littleEndian(6U) + littleEndian(uint64_t{1}) + littleEndian(1.5F))
                                             .raw("huge", 9, littleEndian(10U) + littleEndian(uint64_t{1}) + littleEndian(~uint64_t{0}))
                                             .build();

    const Result<GgufFile> file = GgufFile::parse(bytes, "model.gguf");

    ASSERT_TRUE(file) << file.error().message;
    EXPECT_THAT(*valueAt<GgufArray>(*file, "words")->strings(), ElementsAre("a", "", "long one"));
    EXPECT_THAT(*valueAt<GgufArray>(*file, "kinds")->integers(), ElementsAre(1, -2, 3));
    EXPECT_EQ(valueAt<GgufArray>(*file, "words")->integers(), std::nullopt);
    EXPECT_EQ(valueAt<GgufArray>(*file, "kinds")->strings(), std::nullopt);
    EXPECT_EQ(valueAt<GgufArray>(*file, "reals")->integers(), std::nullopt);
    EXPECT_EQ(valueAt<GgufArray>(*file, "huge")->integers(), std::nullopt);
}

TEST(GgufFile, PlacesTensorsBehindTheHeaderAtTheirOffsets) {
    const std::string first = littleEndian(1.0F) + littleEndian(2.0F) + littleEndian(3.0F);
    const std::string second = littleEndian(uint16_t{0x3c00}) + littleEndian(uint16_t{0x4000});
    const std::vector<std::byte> bytes = GgufBuilder().tensor("vector", {3}, kF32, first).tensor("matrix", {2, 1}, 1, second).build();

    const Result<GgufFile> file = GgufFile::parse(bytes, "model.gguf");

    ASSERT_TRUE(file) << file.error().message;
    ASSERT_EQ(file->tensors().size(), 2U);
    EXPECT_EQ(file->tensors()[0].name, "vector");
    EXPECT_EQ(file->tensors()[0].format, WeightFormat::F32);
    EXPECT_THAT(file->tensors()[0].dimensions, ElementsAre(3U));
    EXPECT_EQ(textOf(file->tensors()[0].bytes.whole()), first);
    EXPECT_EQ(file->tensors()[1].format, WeightFormat::F16);
    EXPECT_THAT(file->tensors()[1].dimensions, ElementsAre(2U, 1U));
    EXPECT_EQ(textOf(file->tensors()[1].bytes.whole()), second);
}

TEST(GgufFile, ReadsVersionTwoAndHonoursAnotherAlignment) {
    // 24 bytes of header, 33 of alignment entry, 30 of table: the data section begins at 128, not at 96.
    GgufBuilder builder;
    builder.number("general.alignment", 128).tensorAt("t", {1}, kF32, 0);
    std::vector<std::byte> bytes = builder.build(2);
    bytes.resize(128);
    const std::string value = littleEndian(7.0F);
    bytes.insert(bytes.end(), reinterpret_cast<const std::byte*>(value.data()), reinterpret_cast<const std::byte*>(value.data()) + 4);

    const Result<GgufFile> file = GgufFile::parse(bytes, "model.gguf");

    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(textOf(file->tensors()[0].bytes.whole()), value);
}

TEST(GgufFile, RefusesOtherFormatsVersionsAndByteOrders) {
    std::vector<std::byte> otherFormat = GgufBuilder().build();
    otherFormat[0] = std::byte{'P'};

    EXPECT_EQ(errorOf(otherFormat).kind, ErrorKind::Unsupported);
    EXPECT_THAT(errorOf(otherFormat).message, AllOf(HasSubstr("'model.gguf'"), HasSubstr("'PGUF'")));
    EXPECT_THAT(errorOf(GgufBuilder().build(1)).message, HasSubstr("version 1"));
    EXPECT_THAT(errorOf(GgufBuilder().build(4)).message, HasSubstr("version 4"));
    EXPECT_THAT(errorOf(GgufBuilder().build(0x03000000)).message, HasSubstr("big-endian"));
    EXPECT_EQ(errorOf({}).kind, ErrorKind::Unsupported);
}

TEST(GgufFile, NamesTheTensorAndTheTypeThatItCannotCompute) {
    const Error known = errorOf(GgufBuilder().tensor("blk.0.ffn_up.weight", {256, 2}, kIq2Xs, std::string(148, 'x')).build());
    const Error unknown = errorOf(GgufBuilder().tensor("t", {32}, 1000, "x").build());

    EXPECT_EQ(known.kind, ErrorKind::Unsupported);
    EXPECT_THAT(known.message, AllOf(HasSubstr("blk.0.ffn_up.weight"), HasSubstr("IQ2_XS"), HasSubstr("F32, F16, BF16, Q8_0")));
    EXPECT_THAT(unknown.message, HasSubstr("unknown type 1000"));
}

TEST(GgufFile, RefusesCountsThatTheFileCannotHold) {
    std::vector<std::byte> tensors = GgufBuilder().build();
    std::vector<std::byte> entries = GgufBuilder().build();
    const uint64_t huge = uint64_t{1} << 60U;
    std::memcpy(&tensors[8], &huge, sizeof(huge));
    std::memcpy(&entries[16], &huge, sizeof(huge));

    EXPECT_THAT(errorOf(tensors).message, HasSubstr("1152921504606846976 tensors"));
    EXPECT_THAT(errorOf(entries).message, HasSubstr("1152921504606846976 metadata values"));
}

TEST(GgufFile, RefusesArraysThatOverflowOrNest) {
    const std::string hugeCount = littleEndian(~uint64_t{0});

    EXPECT_EQ(errorOf(GgufBuilder().raw("a", 9, littleEndian(10U) + hugeCount).build()).kind, ErrorKind::Corrupt);
    EXPECT_EQ(errorOf(GgufBuilder().raw("a", 9, littleEndian(8U) + hugeCount).build()).kind, ErrorKind::Corrupt);
    EXPECT_EQ(errorOf(GgufBuilder().raw("a", 9, littleEndian(9U) + hugeCount).build()).kind, ErrorKind::Unsupported);
    EXPECT_THAT(errorOf(GgufBuilder().raw("a", 9, littleEndian(13U) + hugeCount).build()).message, HasSubstr("unknown type 13"));
    EXPECT_THAT(errorOf(GgufBuilder().raw("a", 13, hugeCount).build()).message, HasSubstr("unknown type 13"));
}

TEST(GgufFile, RefusesWhatAppearsTwice) {
    EXPECT_THAT(errorOf(GgufBuilder().number("key", 1).number("key", 1).build()).message, HasSubstr("'key' appears twice"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {1}, kF32, "1234").tensor("t", {1}, kF32, "1234").build()).message,
                HasSubstr("'t' appears twice"));
}

TEST(GgufFile, RefusesImpossibleDimensions) {
    const uint64_t half = uint64_t{1} << 32U;

    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {}, kF32, "1234").build()).message, HasSubstr("0 dimensions"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {1, 1, 1, 1, 1}, kF32, "1234").build()).message, HasSubstr("5 dimensions"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {4, 0}, kF32, "").build()).message, HasSubstr("impossible"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {half, half}, kF32, "1234").build()).message, HasSubstr("impossible"));
    // 2^62 elements can be counted, but their 2^64 bytes cannot.
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {half, half / 4}, kF32, "1234").build()).message, HasSubstr("impossible"));
}

TEST(GgufFile, RefusesRowsThatAreNoWholeBlocks) {
    const std::string message = errorOf(GgufBuilder().tensor("t", {384, 2}, kQ4K, std::string(432, 'x')).build()).message;

    EXPECT_THAT(message, AllOf(HasSubstr("'t'"), HasSubstr("rows of 384 weights"), HasSubstr("Q4_K"), HasSubstr("blocks of 256")));
    EXPECT_TRUE(GgufFile::parse(GgufBuilder().tensor("t", {512, 2}, kQ4K, std::string(576, 'x')).build(), "model.gguf"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {512, 2}, kQ4K, std::string(575, 'x')).build()).message, HasSubstr("ends inside"));
}

TEST(GgufFile, RefusesTensorsOutsideTheFileOrOnEachOther) {
    const std::string eight(32, 'x');

    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {9}, kF32, eight).build()).message, HasSubstr("ends inside tensor 't'"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {8}, kF32, eight).tensorAt("far", {8}, kF32, ~uint64_t{0} - 31).build()).message,
                HasSubstr("ends inside tensor 'far'"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {8}, kF32, eight).tensorAt("odd", {1}, kF32, 4).build()).message,
                HasSubstr("no multiple of the alignment 32"));
    EXPECT_THAT(errorOf(GgufBuilder().tensor("t", {8}, kF32, eight).tensorAt("same", {1}, kF32, 0).build()).message,
                HasSubstr("lie on the same bytes"));
}

TEST(GgufFile, RefusesAnAlignmentThatIsNoPowerOfTwoFromEight) {
    for (const uint32_t alignment : {0U, 1U, 4U, 24U, 1U << 21U}) {
        EXPECT_THAT(errorOf(GgufBuilder().number("general.alignment", alignment).build()).message, HasSubstr("general.alignment"))
            << alignment;
    }
    EXPECT_THAT(errorOf(GgufBuilder().text("general.alignment", "32").build()).message, HasSubstr("general.alignment"));
}

TEST(GgufFile, RefusesEveryPrefixOfAFile) {
    const std::vector<std::byte> bytes =
        GgufBuilder().text("name", "x").numbers("kinds", {1, 2}).texts("words", {"a", "b"}).tensor("t", {2}, kF32, "12345678").build();
    ASSERT_TRUE(GgufFile::parse(bytes, "model.gguf"));

    for (size_t length = 0; length < bytes.size(); ++length) {
        const std::vector<std::byte> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_FALSE(GgufFile::parse(prefix, "model.gguf")) << "cut to " << length << " of " << bytes.size() << " bytes";
    }
}

}  // namespace
}  // namespace crystallite
