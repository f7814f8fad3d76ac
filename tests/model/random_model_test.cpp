#include "engine/formats/random_model.h"

#include "engine/cpu/cpu_backend.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/model.h"
#include "tests/model/reference_checkpoints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numeric>

namespace crystallite {
namespace {

using testing::HasSubstr;

std::shared_ptr<const ModelSource> made(std::string_view shape, WeightFormat format) {
    const auto model = makeRandomModel(*findRandomShape(shape), format, {});
    EXPECT_TRUE(model) << model.error().message;
    return *model;
}

/// The numbers of a matrix as they are stored.
std::vector<float> numbersOf(const StoredTensor& tensor) {
    const uint64_t columns = tensor.dimensions.front();
    std::vector<float> numbers(countElements(tensor));
    for (uint64_t first = 0; first < numbers.size(); first += columns) {
        unpackRow(tensor.format, tensor.bytes.at(first / columns * rowBytes(tensor.format, columns)), numbers.data() + first, columns);
    }
    return numbers;
}

double deviation(const std::vector<float>& numbers) {
    return std::sqrt(std::inner_product(numbers.begin(), numbers.end(), numbers.begin(), 0.0) / static_cast<double>(numbers.size()));
}

class RandomModelOfFile : public testing::TestWithParam<std::string> {};

TEST_P(RandomModelOfFile, HasTheTensorsAndKeysOfTheFile) {
    const auto file = openReference(referenceFolder().parent_path() / (GetParam() + "-q4_k_m.gguf"));
    ASSERT_NE(file, nullptr);

    const auto model = made(GetParam(), WeightFormat::Q4_K);

    ASSERT_EQ(model->tensors().size(), file->tensors().size());
    for (const StoredTensor& stored : file->tensors()) {
        const StoredTensor* const tensor = model->findTensor(stored.name);
        ASSERT_NE(tensor, nullptr) << stored.name;
        EXPECT_EQ(tensor->format, stored.format) << stored.name;
        EXPECT_EQ(tensor->dimensions, stored.dimensions) << stored.name;
        EXPECT_EQ(tensor->bytes.size(), stored.bytes.size()) << stored.name;
    }
    for (const std::string& key : file->keys()) {
        if (key.starts_with("tokenizer.")) {
            continue;  // compared below, as what they say
        }
        EXPECT_EQ(model->findString(key), file->findString(key)) << key;
        EXPECT_EQ(model->findUnsigned(key), file->findUnsigned(key)) << key;
        EXPECT_EQ(model->findBool(key), file->findBool(key)) << key;
        if (file->findFloat(key) && !file->findUnsigned(key)) {
            ASSERT_TRUE(model->findFloat(key)) << key;
            EXPECT_FLOAT_EQ(static_cast<float>(*model->findFloat(key)), static_cast<float>(*file->findFloat(key))) << key;
        }
    }
    const auto expected = file->tokenizer();
    const auto tokenizer = model->tokenizer();
    ASSERT_TRUE(expected && tokenizer);
    EXPECT_EQ(tokenizer->model, expected->model);
    EXPECT_EQ(tokenizer->preTokenizer, expected->preTokenizer);
    EXPECT_EQ(tokenizer->tokens, expected->tokens);
    EXPECT_EQ(tokenizer->kinds, expected->kinds);
    EXPECT_EQ(tokenizer->merges, expected->merges);
    EXPECT_EQ(tokenizer->mask, expected->mask);
    EXPECT_EQ(tokenizer->eos, expected->eos);
    EXPECT_TRUE(readModelConfig(*model));
}

INSTANTIATE_TEST_SUITE_P(Shapes, RandomModelOfFile, testing::Values("tiny", "tiny-mixture"));

TEST(RandomModel, WeightsHaveTheDeviationThatKeepsActivationsFinite) {
    for (const WeightFormat format :
         {WeightFormat::F32, WeightFormat::F16, WeightFormat::BF16, WeightFormat::Q8_0, WeightFormat::Q6_K, WeightFormat::Q4_0}) {
        const auto model = made("tiny", format);
        const StoredTensor& tensor = *model->findTensor("blk.3.ffn_down.weight");
        ASSERT_EQ(tensor.format, format);

        const std::vector<float> numbers = numbersOf(tensor);

        // 131,072 uniform numbers, of which pieces repeat: the deviation is known to 1 %, and four bits add about as much again.
        EXPECT_NEAR(deviation(numbers) * std::sqrt(512.0), 1.0, 0.03) << layoutOf(format).name;
        EXPECT_NEAR(std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size()), 0.0, 0.001);
        const auto row = static_cast<std::ptrdiff_t>(tensor.dimensions.front());
        EXPECT_FALSE(std::equal(numbers.begin(), numbers.begin() + row, numbers.begin() + row)) << "two rows are the same";
    }
}

TEST(RandomModel, IsTheSameEveryTime) {
    const auto first = made("tiny-mixture", WeightFormat::Q4_K);
    const auto second = made("tiny-mixture", WeightFormat::Q4_K);

    EXPECT_EQ(first->fingerprint(), second->fingerprint());
    EXPECT_NE(first->fingerprint(), made("tiny-mixture", WeightFormat::Q8_0)->fingerprint());
    for (size_t i = 0; i < first->tensors().size(); ++i) {
        const auto a = first->tensors()[i].bytes.whole();
        const auto b = second->tensors()[i].bytes.whole();
        EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end())) << first->tensors()[i].name;
    }
    const auto other = made("tiny", WeightFormat::F16);
    EXPECT_NE(std::memcmp(other->findTensor("blk.0.attn_q.weight")->bytes.whole().data(),
                          other->findTensor("blk.1.attn_q.weight")->bytes.whole().data(), 4096),
              0);
}

TEST(RandomModel, IsKnownBeforeItIsMade) {
    for (const RandomShape& shape : randomShapes()) {
        const auto plan = planRandomModel(shape, WeightFormat::Q4_K);
        const auto config = readModelConfig(*plan);

        ASSERT_TRUE(config) << shape.name << ": " << config.error().message;
        EXPECT_EQ(config->layers, shape.layers);
        EXPECT_EQ(config->maskId, shape.mask);
        EXPECT_EQ(plan->ownedBytes(), 0U);
    }
    // The published sizes: LLaDA-8B has 8.02e9 parameters, Dream-7B 7.62e9, LLaDA2.0-mini 16.26e9.
    EXPECT_NEAR(static_cast<double>(countParameters(*planRandomModel(*findRandomShape("llada-8b"), WeightFormat::F16))), 8.02e9, 0.01e9);
    EXPECT_NEAR(static_cast<double>(countParameters(*planRandomModel(*findRandomShape("dream-7b"), WeightFormat::F16))), 7.62e9, 0.01e9);
    EXPECT_NEAR(static_cast<double>(countParameters(*planRandomModel(*findRandomShape("llada2-mini"), WeightFormat::F16))), 16.26e9,
                0.05e9);
    EXPECT_EQ(planRandomModel(*findRandomShape("tiny"), WeightFormat::Q4_K)->fileBytes(), made("tiny", WeightFormat::Q4_K)->ownedBytes());
}

TEST(RandomModel, APassOverItHasFiniteLogitsThatDiffer) {
    const auto backend = openCpuBackend();
    ASSERT_TRUE(backend);
    for (const char* shape : {"tiny", "tiny-mixture"}) {
        const auto model = Model::load(**backend, made(shape, WeightFormat::Q4_K));
        ASSERT_TRUE(model) << model.error().message;
        const std::vector<TokenId> tokens = {5, 302, 17, 302, 302, 40, 302, 9};

        const auto logits = (*model)->logits(tokens, std::vector<uint32_t>{1, 3, 4, 6}, {});

        ASSERT_TRUE(logits);
        const double spread = deviation(*logits);
        EXPECT_GT(spread, 0.1) << shape;
        EXPECT_LT(spread, 10.0) << shape;
    }
}

TEST(RandomModel, GivesUpTheBytesThatADeviceHasCopied) {
    const auto model = made("tiny", WeightFormat::F16);

    const auto rest = model->withoutBytesOf([](const StoredTensor& tensor) { return tensor.name != "token_embd.weight"; });

    ASSERT_NE(rest, nullptr);
    EXPECT_EQ(rest->ownedBytes(), storedBytes(*model->findTensor("token_embd.weight")));
    EXPECT_TRUE(rest->findTensor("output.weight")->bytes.empty());
    EXPECT_FALSE(rest->findTensor("token_embd.weight")->bytes.empty());
}

TEST(RandomModel, StopsAndRefusesWhatItDoesNotKnow) {
    std::stop_source source;
    source.request_stop();
    OpenOptions options;
    options.stop = source.get_token();
    const auto stopped = makeRandomModel(*findRandomShape("tiny"), WeightFormat::F16, options);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);

    const auto shape = findRandomShape("llada-9b");
    ASSERT_FALSE(shape);
    EXPECT_EQ(shape.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(shape.error().message, HasSubstr("llada-8b, dream-7b"));
    const auto format = parseRandomFormat("q3");
    ASSERT_FALSE(format);
    EXPECT_THAT(format.error().message, HasSubstr("f32, f16, bf16"));
}

}  // namespace
}  // namespace crystallite
