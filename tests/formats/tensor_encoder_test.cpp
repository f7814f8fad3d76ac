#include "engine/formats/tensor_encoder.h"

#include "engine/formats/quantize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace crystallite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

StoredTensor named(const std::string& name, std::vector<uint64_t> dimensions, WeightFormat format = WeightFormat::BF16) {
    return {.name = name, .format = format, .dimensions = std::move(dimensions), .bytes = {}};
}

/// What llama.cpp writes for a 12-block model as Q4_K_M: blocks 1 (before the first eighth there is one), those from 7/8 on and every
/// third.
TEST(FormatWhenQuantized, GivesTheSensitiveMatricesMoreBits) {
    const auto formatOf = [](const std::string& name) { return formatWhenQuantized(named(name, {256, 8}), WeightFormat::Q4_K, false, 12); };

    for (uint64_t block = 0; block < 12; ++block) {
        const bool more = block < 1 || block >= 10 || (block - 1) % 3 == 2;
        const std::string prefix = "blk." + std::to_string(block);
        EXPECT_EQ(formatOf(prefix + ".ffn_down.weight"), more ? WeightFormat::Q6_K : WeightFormat::Q4_K) << block;
        EXPECT_EQ(formatOf(prefix + ".ffn_down_exps.weight"), more ? WeightFormat::Q6_K : WeightFormat::Q4_K) << block;
        EXPECT_EQ(formatOf(prefix + ".ffn_down_shexp.weight"), more ? WeightFormat::Q6_K : WeightFormat::Q4_K) << block;
        EXPECT_EQ(formatOf(prefix + ".attn_v.weight"), more ? WeightFormat::Q6_K : WeightFormat::Q4_K) << block;
        EXPECT_EQ(formatOf(prefix + ".attn_q.weight"), WeightFormat::Q4_K);
    }
    EXPECT_EQ(formatOf("output.weight"), WeightFormat::Q6_K);
    EXPECT_EQ(formatOf("token_embd.weight"), WeightFormat::Q4_K);
}

TEST(FormatWhenQuantized, LeavesWhatCannotOrMustNotBeQuantized) {
    const auto formatOf = [](const StoredTensor& tensor, WeightFormat wanted) { return formatWhenQuantized(tensor, wanted, true, 2); };

    EXPECT_EQ(formatOf(named("blk.0.attn_norm.weight", {256}, WeightFormat::F32), WeightFormat::Q8_0), WeightFormat::F32);
    EXPECT_EQ(formatOf(named("position_embd.weight", {256, 64}), WeightFormat::Q8_0), WeightFormat::BF16);
    EXPECT_EQ(formatOf(named("blk.0.attn_q.weight", {256, 8}, WeightFormat::Q5_0), WeightFormat::Q4_0), WeightFormat::Q5_0);
    EXPECT_EQ(formatOf(named("blk.0.attn_q.weight", {96, 8}), WeightFormat::Q4_K), WeightFormat::Q8_0) << "no whole blocks of 256";
    EXPECT_EQ(formatOf(named("blk.0.attn_q.weight", {48, 8}), WeightFormat::Q4_0), WeightFormat::BF16) << "no whole blocks of 32";
    EXPECT_EQ(formatOf(named("token_embd.weight", {256, 8}), WeightFormat::Q4_0), WeightFormat::Q6_K) << "it is the head too";
    EXPECT_EQ(formatOf(named("token_embd.weight", {256, 8}), WeightFormat::Q8_0), WeightFormat::Q8_0);
}

TEST(ParseQuantization, KnowsTheFormatsThatCanBeWritten) {
    const Result<WeightFormat> q4 = parseQuantization("q4_k");
    const Result<WeightFormat> upper = parseQuantization("Q8_0");
    const Result<WeightFormat> none = parseQuantization("q2_k");

    ASSERT_TRUE(q4);
    EXPECT_EQ(*q4, WeightFormat::Q4_K);
    ASSERT_TRUE(upper);
    EXPECT_EQ(*upper, WeightFormat::Q8_0);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(none.error().message, AllOf(HasSubstr("'q2_k'"), HasSubstr("q8_0"), HasSubstr("q4_k"), HasSubstr("q4_0")));
}

class Encoding : public testing::Test {
protected:
    Encoding() {
        for (size_t i = 0; i < values_.size(); ++i) {
            values_[i] = std::sin(static_cast<float>(i));
        }
    }
    [[nodiscard]] StoredTensor tensor() const {
        return {.name = "w", .format = WeightFormat::F32, .dimensions = {kColumns, kRows}, .bytes = std::as_bytes(std::span(values_))};
    }

    static constexpr uint64_t kColumns = 64;
    static constexpr uint64_t kRows = 5;
    std::vector<float> values_ = std::vector<float>(kColumns * kRows);
    ThreadPool pool_ = ThreadPool(3);
};

TEST_F(Encoding, QuantizesEveryRowAsTheQuantizerDoes) {
    const StoredTensor source = tensor();
    const TensorEncoder encoder(source, WeightFormat::Q8_0);
    ASSERT_EQ(encoder.rows(), kRows);
    ASSERT_EQ(encoder.bytesPerRow(), rowBytes(WeightFormat::Q8_0, kColumns));
    std::vector<std::byte> out(encoder.bytes());

    ASSERT_TRUE(encoder.encode(pool_, 0, 2, std::span(out).first(2 * encoder.bytesPerRow())));
    ASSERT_TRUE(encoder.encode(pool_, 2, 3, std::span(out).subspan(2 * encoder.bytesPerRow())));

    for (uint64_t row = 0; row < kRows; ++row) {
        std::vector<std::byte> expected(encoder.bytesPerRow());
        ASSERT_TRUE(quantizeRow(WeightFormat::Q8_0, std::span(values_).subspan(row * kColumns, kColumns), expected));
        EXPECT_EQ(std::memcmp(expected.data(), out.data() + row * encoder.bytesPerRow(), expected.size()), 0) << "row " << row;
    }
}

TEST_F(Encoding, TakesRowsInTheOrderThatIsGiven) {
    const StoredTensor source = tensor();
    const TensorEncoder encoder(source, WeightFormat::F32, [](uint64_t row) { return kRows - 1 - row; });
    std::vector<float> out(values_.size());

    ASSERT_TRUE(encoder.encode(pool_, 0, kRows, std::as_writable_bytes(std::span(out))));

    for (uint64_t row = 0; row < kRows; ++row) {
        EXPECT_EQ(out[row * kColumns + 7], values_[(kRows - 1 - row) * kColumns + 7]);
    }
}

TEST_F(Encoding, NamesTheTensorOfAWeightThatIsNoNumber) {
    values_[3 * kColumns + 1] = std::numeric_limits<float>::quiet_NaN();
    const StoredTensor source = tensor();
    const TensorEncoder encoder(source, WeightFormat::Q8_0);
    std::vector<std::byte> out(encoder.bytes());

    const Result<void> encoded = encoder.encode(pool_, 0, kRows, out);

    ASSERT_FALSE(encoded);
    EXPECT_EQ(encoded.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(encoded.error().message, HasSubstr("row 3 of tensor 'w'"));
}

}  // namespace
}  // namespace crystallite
