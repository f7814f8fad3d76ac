#include "engine/formats/model_source.h"

#include "engine/formats/quantize.h"
#include "engine/formats/quantized_model.h"
#include "engine/formats/weight_shares.h"
#include "tests/support/gguf_builder.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

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
            unpackRow(stored.format, stored.bytes.whole().data() + i * rowBytes(stored.format, columns), row.data(), columns);
            ASSERT_TRUE(quantizeRow(WeightFormat::Q8_0, row, expected));
            const auto actual = tensor.bytes.whole().subspan(i * expected.size(), expected.size());
            ASSERT_TRUE(std::equal(actual.begin(), actual.end(), expected.begin())) << stored.name << ", row " << i;
        }
        owned += tensor.bytes.size();
    }
    EXPECT_EQ(quantized->ownedBytes(), owned);
    EXPECT_EQ(plain->ownedBytes(), 0U);
}

TEST_F(QuantizedModelTest, ItsFormatsAndSizesAreKnownBeforeItIsMade) {
    for (const WeightFormat format : {WeightFormat::Q8_0, WeightFormat::Q6_K, WeightFormat::Q4_K, WeightFormat::Q4_0}) {
        const auto planned = planQuantizedModel(open(), format);
        const auto quantized = open({.family = {}, .tokenizer = {}, .quantize = format});

        ASSERT_EQ(planned->tensors().size(), quantized->tensors().size());
        for (size_t i = 0; i < planned->tensors().size(); ++i) {
            EXPECT_EQ(planned->tensors()[i].format, quantized->tensors()[i].format) << quantized->tensors()[i].name;
            EXPECT_EQ(storedBytes(planned->tensors()[i]), quantized->tensors()[i].bytes.size()) << quantized->tensors()[i].name;
        }
        EXPECT_EQ(planned->ownedBytes(), 0U);
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
    EXPECT_EQ(bytes, std::accumulate(quantized->tensors().begin(), quantized->tensors().end(), uint64_t{0},
                                     [](uint64_t sum, const StoredTensor& tensor) { return sum + tensor.bytes.size(); }));
    EXPECT_EQ(mainFormat(*quantized), WeightFormat::Q8_0);
}

TEST_F(QuantizedModelTest, IsAnotherModelThanTheOneItWasMadeFrom) {
    EXPECT_NE(open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0})->fingerprint(), open()->fingerprint());
    EXPECT_NE(open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0})->fingerprint(),
              open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q4_0})->fingerprint());
}

TEST_F(QuantizedModelTest, GivesUpWhatNobodyReadsAndKeepsTheRest) {
    const auto quantized = open({.family = {}, .tokenizer = {}, .quantize = WeightFormat::Q8_0});
    const uint64_t held = quantized->ownedBytes();
    const std::string kept = "blk.1.ffn_up.weight";

    const auto rest = quantized->withoutBytesOf([&](const StoredTensor& tensor) { return tensor.name != kept; });

    ASSERT_NE(rest, nullptr);
    EXPECT_EQ(rest->ownedBytes(), storedBytes(*rest->findTensor(kept)));
    EXPECT_EQ(quantized->ownedBytes(), held);
    EXPECT_EQ(rest->fingerprint(), quantized->fingerprint());
    EXPECT_EQ(rest->keys(), quantized->keys());
    for (const StoredTensor& tensor : quantized->tensors()) {
        const StoredTensor& left = *rest->findTensor(tensor.name);
        EXPECT_EQ(storedBytes(left), tensor.bytes.size()) << tensor.name;
        EXPECT_EQ(left.format, tensor.format);
        const bool isMapped = tensor.format == WeightFormat::F32;
        EXPECT_EQ(left.bytes.whole().data(), tensor.name == kept || isMapped ? tensor.bytes.whole().data() : nullptr) << tensor.name;
    }
    EXPECT_EQ(open()->withoutBytesOf([](const StoredTensor&) { return true; }), nullptr) << "what is mapped is not held";
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
