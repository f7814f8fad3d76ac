#include "engine/model/model.h"
#include "tests/model/npy.h"
#include "tests/model/rewritten_source.h"
#include "tests/support/backends.h"
#include "tests/support/shared_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>

namespace crystallite {
namespace {

struct Deviation {
    double rms = 0.0;
    double largest = 0.0;
};

Deviation deviation(const std::vector<double>& a, const std::vector<double>& b) {
    ENGINE_ASSERT(a.size() == b.size());
    Deviation found;
    double squares = 0.0;
    for (size_t index = 0; index < a.size(); ++index) {
        const double difference = std::abs(a[index] - b[index]);
        // A comparison with NaN is false: keep it as the largest, so that it fails every bound.
        found.largest = difference <= found.largest ? found.largest : difference;
        squares += difference * difference;
    }
    found.rms = std::sqrt(squares / static_cast<double>(a.size()));
    return found;
}

size_t argmax(std::span<const double> row) {
    return static_cast<size_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

nlohmann::json readJson(const std::filesystem::path& path) {
    std::ifstream file(path);
    return nlohmann::json::parse(file);
}

std::vector<uint32_t> everySlot(size_t count) {
    std::vector<uint32_t> slots(count);
    std::iota(slots.begin(), slots.end(), 0U);
    return slots;
}

std::unique_ptr<Model> mustLoad(Backend& backend, const Result<std::shared_ptr<const ModelSource>>& source) {
    EXPECT_TRUE(source) << source.error().message;
    Result<std::unique_ptr<Model>> model = Model::load(backend, *source);
    EXPECT_TRUE(model) << model.error().message;
    return std::move(*model);
}

std::vector<double> mustComputeLogits(Model& model, const std::vector<TokenId>& tokens, const std::vector<uint32_t>& slots) {
    const Result<std::vector<float>> logits = model.logits(tokens, slots, {});
    EXPECT_TRUE(logits) << logits.error().message;
    return {logits->begin(), logits->end()};
}

class ModelOn : public ::testing::TestWithParam<std::string> {
protected:
    [[nodiscard]] static Backend& backend() { return backendNamed(GetParam()); }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }
};

INSTANTIATE_TEST_SUITE_P(Backends, ModelOn, ::testing::ValuesIn(availableBackends()), [](const auto& instance) { return instance.param; });

/// An untied head and interleaved rotations, in F32, against a forward in double precision. llama.cpp's F32 result is a second witness of
/// what the arithmetic costs; another order of sums may cost some more, so four times its error is allowed.
TEST_P(ModelOn, ComputesTheReferenceLogitsOfLlada) {
    REQUIRE_SHARED_DATA(data);
    const std::unique_ptr<Model> model = mustLoad(backend(), openModel(data / "cases" / "tiny-llada-f32.gguf"));
    uint32_t cases = 0;
    for (const nlohmann::json& entry : readJson(data / "cases" / "cases_tokens.json")) {
        const auto name = entry.at("case").get<std::string>();
        if (entry.at("model").get<std::string>() != "tiny-llada-f32.gguf") {
            continue;
        }
        const auto tokens = entry.at("tokens").get<std::vector<TokenId>>();
        const NpyMatrix reference = readNpy(data / "cases" / (name + "__f64.npy"));
        const Deviation witness = deviation(readNpy(data / "cases" / (name + ".npy")).values, reference.values);

        const Deviation ours = deviation(mustComputeLogits(*model, tokens, everySlot(tokens.size())), reference.values);

        EXPECT_LE(ours.rms, 4.0 * witness.rms) << name;
        EXPECT_LE(ours.largest, 4.0 * witness.largest) << name;
        ++cases;
    }
    EXPECT_EQ(cases, 2U);
}

/// The bar for published cases, a thousandth of the logits' standard deviation, on every raw row of every one: a head of its own and
/// interleaved pairs (llada), a tied head, biases, grouped heads and half-split pairs (dream).
TEST_P(ModelOn, MatchesThePublishedCases) {
    REQUIRE_SHARED_DATA(data);
    uint32_t cases = 0;
    for (const nlohmann::json& entry : readJson(data / "cases" / "cases_tokens.json")) {
        const std::unique_ptr<Model> model = mustLoad(backend(), openModel(data / "cases" / entry.at("model").get<std::string>()));
        const auto tokens = entry.at("tokens").get<std::vector<TokenId>>();
        const NpyMatrix reference = readNpy(data / "cases" / (entry.at("case").get<std::string>() + "__f64.npy"));

        const Result<std::vector<float>> rows = model->rowLogits(tokens, everySlot(tokens.size()), {});

        ASSERT_TRUE(rows) << rows.error().message;
        const double spread = deviation(reference.values, std::vector<double>(reference.values.size())).rms;
        EXPECT_LE(deviation({rows->begin(), rows->end()}, reference.values).largest, 1e-3 * spread) << entry.at("case");
        ++cases;
    }
    EXPECT_EQ(cases, 4U);
}

/// What a quantised file must be measured by, in one case of the checkpoint that it was made from.
struct QuantizedCase {
    std::vector<TokenId> tokens;
    NpyMatrix unquantized;            ///< logits of the F32 weights, by a forward in double precision
    std::vector<double> dequantized;  ///< of what the blocks stand for, written out as F32
    std::vector<double> noisy;        ///< of the F32 weights with noise as large as the quantisation's
};

/// Both by the CPU backend in F32, which the cases of the F32 checkpoint prove.
std::vector<QuantizedCase> quantizedCases(const std::filesystem::path& folder, const std::string& name) {
    const auto file = openModel(folder / name);
    const auto exact = openModel(folder / "tiny-llada-f32.gguf");
    const auto written = dequantized(*file);
    const std::unique_ptr<Model> model = mustLoad(backendNamed("Cpu"), written);
    const std::unique_ptr<Model> noisyModel = mustLoad(backendNamed("Cpu"), withNoiseLike(*exact, *written));
    std::vector<QuantizedCase> cases;
    for (const nlohmann::json& entry : readJson(folder / "cases_tokens.json")) {
        if (entry.at("model").get<std::string>() == "tiny-llada-f32.gguf") {
            const auto tokens = entry.at("tokens").get<std::vector<TokenId>>();
            cases.push_back({.tokens = tokens,
                             .unquantized = readNpy(folder / (entry.at("case").get<std::string>() + "__f64.npy")),
                             .dequantized = mustComputeLogits(*model, tokens, everySlot(tokens.size())),
                             .noisy = mustComputeLogits(*noisyModel, tokens, everySlot(tokens.size()))});
        }
    }
    return cases;
}

/// Computing on blocks costs what computing on the same weights in F32 costs: 1e-4 of the logits' standard deviation at most. Against the
/// weights before quantising a format costs what its own error costs: as far as independent noise of that size moves the logits. Two noises
/// of one size differ by few percent; the errors of a block share a scale and are no noise quite, which is why a quarter is allowed.
TEST_P(ModelOn, ComputesOnTheBlocksOfQuantizedFiles) {
    REQUIRE_SHARED_DATA(data);
    for (const std::string name : {"tiny-llada-q8_0.gguf", "tiny-llada-q4_0.gguf", "tiny-llada-q4_k_m.gguf"}) {
        SCOPED_TRACE(name);
        static std::map<std::string, std::vector<QuantizedCase>> cases;
        if (!cases.contains(name)) {
            cases[name] = quantizedCases(data / "cases", name);
        }
        ASSERT_EQ(cases[name].size(), 2U);
        const std::unique_ptr<Model> model = mustLoad(backend(), openModel(data / "cases" / name));
        for (const QuantizedCase& each : cases[name]) {
            const double spread = deviation(each.unquantized.values, std::vector<double>(each.unquantized.values.size())).rms;

            const std::vector<double> logits = mustComputeLogits(*model, each.tokens, everySlot(each.tokens.size()));

            EXPECT_LE(deviation(logits, each.dequantized).largest, 1e-4 * spread);
            const double noise = deviation(each.noisy, each.unquantized.values).rms;
            EXPECT_NEAR(deviation(logits, each.unquantized.values).rms, noise, 0.25 * noise);
        }
    }
}

/// The checkpoint itself, in F32 as it was trained: what is left is the arithmetic, 2e-5 to 6e-5 rms on either side.
TEST_P(ModelOn, ComputesTheReferenceLogitsOfAHuggingFaceFolder) {
    REQUIRE_SHARED_DATA(data);
    constexpr double kArithmetic = 6e-5;
    const std::filesystem::path folder = data / "models" / "stories-first";
    const std::unique_ptr<Model> model = mustLoad(backend(), openModel(folder));
    EXPECT_EQ(model->config().architecture, "llada");
    const nlohmann::json references = readJson(folder / "reference.json");
    for (const auto& [name, entry] : references.items()) {
        const auto tokens = entry.at("ids").get<std::vector<TokenId>>();
        const NpyMatrix reference = readNpy(folder / entry.at("logits").get<std::string>());

        const Deviation ours = deviation(mustComputeLogits(*model, tokens, everySlot(tokens.size())), reference.values);

        EXPECT_LE(ours.rms, 2.0 * kArithmetic) << "case " << name;
    }
}

/// Beliefs are the softmax of the logits of the same rows, whatever rows are asked; f32 and another order of sums: 1e-5 absolute.
TEST_P(ModelOn, BelievesWhatItsLogitsSay) {
    const std::unique_ptr<Model> model = mustLoad(backend(), openEmbeddedModel(kDefaultModel));
    const std::vector<TokenId> tokens = {937, 738, 263, 448, 0, 0, 0, 404, 0, 295, 0};
    const std::vector<uint32_t> open = {4, 6, 8, 10};
    const std::vector<double> logits = mustComputeLogits(*model, tokens, open);

    const Result<ForwardResult> result = model->forward({.tokens = tokens, .openSlots = open, .candidates = 8}, {});

    ASSERT_TRUE(result) << result.error().message;
    ASSERT_EQ(result->beliefs.size(), open.size());
    const uint32_t vocabulary = model->config().vocabulary;
    for (size_t index = 0; index < open.size(); ++index) {
        const SlotBelief& belief = result->beliefs[index];
        std::vector<double> row(logits.begin() + static_cast<std::ptrdiff_t>(index * vocabulary),
                                logits.begin() + static_cast<std::ptrdiff_t>((index + 1) * vocabulary));
        for (const TokenId id : model->config().forbiddenIds) {
            row[id] = -HUGE_VAL;
        }
        double sum = 0.0;
        for (const double logit : row) {
            sum += std::exp(logit);
        }
        EXPECT_EQ(belief.position, open[index]);
        EXPECT_EQ(belief.sampledId, argmax(row)) << "temperature 0 draws the best";
        EXPECT_NEAR(static_cast<double>(belief.logSumExp), std::log(sum), 1e-5 * std::log(sum));
        ASSERT_EQ(belief.candidates.size(), 8U);
        for (const Candidate& candidate : belief.candidates) {
            EXPECT_NEAR(static_cast<double>(candidate.probability), std::exp(row[candidate.id]) / sum, 1e-5) << "slot " << open[index];
        }
    }
}

TEST_P(ModelOn, ReusesItsBuffersForShorterCanvasesWithoutATrace) {
    const std::unique_ptr<Model> model = mustLoad(backend(), openEmbeddedModel(kDefaultModel));
    const std::vector<TokenId> shortCanvas = {937, 738, 0, 0, 0};
    const std::vector<double> fresh = mustComputeLogits(*model, shortCanvas, {2, 3, 4});
    const std::vector<TokenId> longCanvas(100, 77);
    mustComputeLogits(*model, longCanvas, everySlot(100));

    EXPECT_EQ(mustComputeLogits(*model, shortCanvas, {2, 3, 4}), fresh);
}

TEST_P(ModelOn, StopsWhenAskedAndGoesOnAfterwards) {
    const std::unique_ptr<Model> model = mustLoad(backend(), openEmbeddedModel(kDefaultModel));
    const std::vector<TokenId> tokens = {937, 738, 0};
    const std::vector<uint32_t> open = {2};
    std::stop_source source;
    source.request_stop();

    const auto stopped = model->forward({.tokens = tokens, .openSlots = open}, source.get_token());

    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
    EXPECT_TRUE(model->forward({.tokens = tokens, .openSlots = open}, {}));
}

TEST_P(ModelOn, EstimatesMoreMemoryForLongerCanvasesAndNamesItsIdentity) {
    const std::unique_ptr<Model> model = mustLoad(backend(), openEmbeddedModel(kDefaultModel));

    const MemoryEstimate need = model->planFor(128).shares.front().need;
    EXPECT_GT(need.activationBytes, model->planFor(64).shares.front().need.activationBytes);
    EXPECT_EQ(need.total(), need.weightBytes + need.activationBytes);
    EXPECT_EQ(model->identity().device, backend().device().name);
    EXPECT_EQ(model->identity().modelFingerprint, model->source().fingerprint());
    EXPECT_EQ(model->identity().modelFormat, "F16");
}

}  // namespace
}  // namespace crystallite
