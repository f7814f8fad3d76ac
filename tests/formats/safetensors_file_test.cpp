#include "engine/formats/safetensors_file.h"

#include "tests/support/checkpoint_builder.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Error errorOf(const std::vector<std::byte>& bytes) {
    const Result<SafetensorsFile> file = SafetensorsFile::parse(bytes, "model.safetensors");
    return file ? Error{ErrorKind::Cancelled, "was accepted"} : file.error();
}

Error errorOfHeader(std::string_view header) {
    return errorOf(SafetensorsBuilder().bytes("0123456789abcdef").buildWithHeader(header));
}

/// An entry over `[begin, end)` of the file's data.
nlohmann::json entry(const char* type, const std::vector<uint64_t>& shape, uint64_t begin, uint64_t end) {
    return {{"dtype", type}, {"shape", shape}, {"data_offsets", {begin, end}}};
}

TEST(SafetensorsFile, FindsTensorsOfEveryShapeAndType) {
    const std::vector<std::byte> bytes = SafetensorsBuilder()
                                             .entry("__metadata__", {{"format", "pt"}})
                                             .tensor("matrix", "BF16", {2, 3}, "0123456789ab")
                                             .tensor("number", "I64", {}, "01234567")
                                             .tensor("nothing", "F16", {0, 4}, "")
                                             .tensor("vector", "F32", {2}, "abcdefgh")
                                             .build();

    const Result<SafetensorsFile> file = SafetensorsFile::parse(bytes, "model.safetensors");

    ASSERT_TRUE(file) << file.error().message;
    ASSERT_EQ(file->tensors().size(), 4U);
    const SafetensorsTensor& matrix = file->tensors()[0];
    EXPECT_EQ(matrix.name, "matrix");
    EXPECT_THAT(matrix.shape, ElementsAre(2, 3));
    EXPECT_EQ(matrix.weightFormat(), WeightFormat::BF16);
    EXPECT_EQ(matrix.bytes.data(), bytes.data() + bytes.size() - 28);
    EXPECT_EQ(matrix.bytes.size(), 12U);
    EXPECT_THAT(file->tensors()[1].bytes, IsEmpty());
    EXPECT_THAT(file->tensors()[2].shape, IsEmpty());
    EXPECT_EQ(file->tensors()[2].weightFormat(), std::nullopt);
    EXPECT_EQ(file->tensors()[3].weightFormat(), WeightFormat::F32);
}

TEST(SafetensorsFile, AllowsSpacesBehindTheHeader) {
    const auto bytes =
        SafetensorsBuilder().bytes("1234").buildWithHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}       )");

    EXPECT_TRUE(SafetensorsFile::parse(bytes, "model.safetensors"));
}

TEST(SafetensorsFile, RefusesWhatIsSomethingElse) {
    const Error gguf = errorOf(GgufBuilder().number("a", 1).build());
    const Error shortest = errorOf(std::vector<std::byte>(7));

    EXPECT_EQ(gguf.kind, ErrorKind::Unsupported);
    EXPECT_THAT(gguf.message, AllOf(HasSubstr("'model.safetensors'"), HasSubstr("not a safetensors file")));
    EXPECT_EQ(shortest.kind, ErrorKind::Unsupported);
}

TEST(SafetensorsFile, RefusesAHeaderThatIsNoTableOfTensors) {
    EXPECT_THAT(errorOfHeader("{").message, HasSubstr("not valid JSON"));
    EXPECT_THAT(errorOfHeader("[1]").message, HasSubstr("not a table"));
    EXPECT_THAT(errorOfHeader(R"({"a":1})").message, HasSubstr("'a' is not a type, a shape and two offsets"));
    EXPECT_THAT(errorOfHeader(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})").message, HasSubstr("entry of tensor 'a'"));
    EXPECT_THAT(errorOfHeader(R"({"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})").message, HasSubstr("entry of tensor 'a'"));
    EXPECT_THAT(errorOfHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}})").message, HasSubstr("entry of tensor 'a'"));
    EXPECT_THAT(errorOfHeader(R"({"a":{"dtype":4,"shape":[1],"data_offsets":[0,4]}})").message, HasSubstr("entry of tensor 'a'"));
    EXPECT_THAT(errorOfHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                              R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})")
                    .message,
                HasSubstr("'a' twice"));
    EXPECT_THAT(errorOfHeader("{\"a\":" + std::string(100000, '[')).message, HasSubstr("nested deeper"));
}

TEST(SafetensorsFile, RefusesAHeaderThatIsTooLongOrCutShort) {
    std::vector<std::byte> tooLong = SafetensorsBuilder().tensor("a", "F32", {1}, "1234").build();
    tooLong[7] = std::byte{1};
    std::vector<std::byte> cut = SafetensorsBuilder().tensor("a", "F32", {1}, "1234").build();
    cut.resize(20);

    EXPECT_THAT(errorOf(tooLong).message, HasSubstr("announces a header of"));
    EXPECT_THAT(errorOf(cut).message, HasSubstr("ends inside its header (it has 20 bytes)"));
}

TEST(SafetensorsFile, RefusesSizesThatDoNotFit) {
    const auto errorOfEntry = [](const nlohmann::json& value) {
        return errorOf(SafetensorsBuilder().entry("a", value).bytes("0123456789abcdef").build());
    };

    EXPECT_THAT(errorOfEntry(entry("F32", {3}, 0, 16)).message, HasSubstr("'a' needs 12 bytes and has 16"));
    EXPECT_THAT(errorOfEntry(entry("F32", {4}, 0, 17)).message, HasSubstr("lies at 0 to 17 of 16 bytes"));
    EXPECT_THAT(errorOfEntry(entry("F32", {4}, 16, 0)).message, HasSubstr("lies at 16 to 0"));
    EXPECT_THAT(errorOfEntry(entry("F32", {uint64_t{1} << 62U, 4}, 0, 16)).message, HasSubstr("shape of tensor 'a' is impossible"));
    EXPECT_THAT(errorOfEntry(entry("F32", {1, 1, 1, 1, 1, 1, 1, 1, 4}, 0, 16)).message, HasSubstr("entry of tensor 'a'"));
    EXPECT_EQ(errorOfEntry(entry("F4", {32}, 0, 16)).kind, ErrorKind::Unsupported);
}

TEST(SafetensorsFile, RefusesOverlapsGapsAndBytesOfNoTensor) {
    const auto errorOfTwo = [](uint64_t firstEnd, uint64_t secondBegin, uint64_t secondEnd) {
        return errorOf(SafetensorsBuilder()
                           .entry("a", entry("U8", {firstEnd}, 0, firstEnd))
                           .entry("b", entry("U8", {secondEnd - secondBegin}, secondBegin, secondEnd))
                           .bytes("0123456789abcdef")
                           .build());
    };

    EXPECT_THAT(errorOfTwo(8, 4, 16).message, HasSubstr("'b' lies on the bytes of another"));
    EXPECT_THAT(errorOfTwo(4, 8, 16).message, HasSubstr("'b' does not follow"));
    EXPECT_THAT(errorOfTwo(8, 8, 12).message, HasSubstr("last 4 bytes belong to no tensor"));
    EXPECT_EQ(errorOfTwo(8, 8, 16).message, "was accepted");
}

}  // namespace
}  // namespace crystallite
