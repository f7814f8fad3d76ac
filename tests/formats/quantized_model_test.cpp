#include "engine/formats/model_source.h"

#include "engine/formats/quantize.h"
#include "engine/formats/quantized_model.h"
#include "engine/formats/weight_shares.h"
#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

class QuantizedModelTest : public testing::Test {
protected:
    QuantizedModelTest() { writeFile(folder_ / "model.gguf", randomLlada({}, 1, WeightFormat::F16)); }
    [[nodiscard]] std::shared_ptr<const ModelSource> open(const OpenOptions& options = {}) const {
        const auto source = openModel(folder_ / "model.gguf", options);
        EXPECT_TRUE(source) << source.error().message;
        return *source;
    }

    TemporaryFolder folder_;
};

TEST_F(QuantizedModelTest, HasTheQuantizersBytesOfEveryMatrix) {
    const auto plain = open();

    const auto quantized = open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0});

    uint64_t owned = 0;
    ASSERT_EQ(quantized->tensors().size(), plain->tensors().size());
    for (const StoredTensor& stored : plain->tensors()) {
        const StoredTensor& tensor = *quantized->findTensor(stored.name);
        EXPECT_EQ(tensor.dimensions, stored.dimensions);
        if (stored.dimensions.size() == 1) {
            EXPECT_EQ(tensor.format, WeightFormat::F32);
            continue;
        }
        ASSERT_EQ(tensor.format, WeightFormat::Q8_0) << stored.name;
        const uint64_t columns = stored.dimensions[0];
        std::vector<float> row(columns);
        std::vector<std::byte> expected(rowBytes(WeightFormat::Q8_0, columns));
        for (uint64_t i = 0; i < stored.dimensions[1]; ++i) {
            unpackRow(stored.format, stored.bytes.data() + i * rowBytes(stored.format, columns), row.data(), columns);
            ASSERT_TRUE(quantizeRow(WeightFormat::Q8_0, row, expected));
            const auto actual = tensor.bytes.subspan(i * expected.size(), expected.size());
            ASSERT_TRUE(std::equal(actual.begin(), actual.end(), expected.begin())) << stored.name << ", row " << i;
        }
        owned += tensor.bytes.size();
    }
    EXPECT_EQ(quantized->ownedBytes(), owned);
    EXPECT_EQ(plain->ownedBytes(), 0U);
}

TEST_F(QuantizedModelTest, ItsSizeIsKnownBeforeItIsMade) {
    const auto plain = open();
    for (const WeightFormat format : {WeightFormat::Q8_0, WeightFormat::Q6_K, WeightFormat::Q4_K, WeightFormat::Q4_0}) {
        uint64_t bytes = 0;
        for (const StoredTensor& tensor : open({.family = {}, .tokenizer = {}, .quantize = format})->tensors()) {
            bytes += tensor.bytes.size();
        }
        EXPECT_EQ(bytesWhenQuantized(*plain, format), bytes) << layoutOf(format).name;
    }
}

TEST_F(QuantizedModelTest, SharesOfFormatsAddUpToAllWeights) {
    const auto quantized = open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0});

    size_t tensors = 0;
    uint64_t bytes = 0;
    std::vector<std::string_view> names;
    for (const WeightShare& share : weightShares(*quantized)) {
        tensors += share.tensors;
        bytes += share.bytes;
        names.push_back(layoutOf(share.format).name);
    }

    EXPECT_THAT(names, testing::ElementsAre("F32", "Q8_0"));
    EXPECT_EQ(tensors, quantized->tensors().size());
    EXPECT_EQ(bytes, bytesWhenQuantized(*quantized, WeightFormat::Q8_0)) << "what is quantised stays";
    EXPECT_EQ(mainFormat(*quantized), WeightFormat::Q8_0);
}

TEST_F(QuantizedModelTest, IsAnotherModelThanTheOneItWasMadeFrom) {
    EXPECT_NE(open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0})->fingerprint(), open()->fingerprint());
    EXPECT_NE(open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0})->fingerprint(),
              open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q4_0})->fingerprint());
}

TEST_F(QuantizedModelTest, ShowsItsProgressAndStops) {
    std::stop_source stop;
    double last = 0.0;
    const auto progress = [&](double share) {
        EXPECT_GT(share, last);
        EXPECT_LE(share, 1.0);
        last = share;
        if (share > 0.5) {
            stop.request_stop();
        }
    };

    const auto stopped =
        openModel(folder_ / "model.gguf",
                  {.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q4_0, .progress = progress, .stop = stop.get_token()});

    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
    EXPECT_GT(last, 0.5);
}

}  // namespace
}  // namespace crystallite
