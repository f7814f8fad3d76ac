#include "engine/model/gguf_export.h"
#include "engine/model/model.h"
#include "tests/model/npy.h"
#include "tests/model/reference_checkpoints.h"
#include "tests/model/rewritten_source.h"
#include "tests/support/backends.h"
#include "tests/support/operation_test.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace crystallite {
namespace {

constexpr double kBar = 1e-4;  // of the reference, in standard deviations of the logits

class MixtureOn : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    static std::unique_ptr<Model> load(ModelBackends backends, std::shared_ptr<const ModelSource> source, const LoadOptions& options = {}) {
        auto model = Model::load(backends, std::move(source), options);
        EXPECT_TRUE(model) << model.error().message;
        return model ? std::move(*model) : nullptr;
    }
    std::unique_ptr<Model> load(std::shared_ptr<const ModelSource> source) { return load(backend(), std::move(source)); }
    [[nodiscard]] Backend& backend() const { return backendNamed(GetParam()); }

    static std::vector<float> rowsOf(Model& model, const std::vector<TokenId>& tokens) {
        std::vector<uint32_t> rows(tokens.size());
        std::iota(rows.begin(), rows.end(), 0U);
        auto logits = model.rowLogits(tokens, rows, {});
        EXPECT_TRUE(logits) << logits.error().message;
        return logits ? std::move(*logits) : std::vector<float>();
    }
};

INSTANTIATE_TEST_SUITE_P(, MixtureOn, ::testing::ValuesIn(availableBackends()), [](const auto& test) { return test.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(MixtureOn);

RoutingRule ruleOf(const nlohmann::json& routing) {
    return {.score = routing.at("sigmoid").get<bool>() ? RouterScore::Sigmoid : RouterScore::Softmax,
            .renormalise = routing.at("renormalised").get<bool>(),
            .scale = routing.at("scale").get<float>(),
            .groups = routing.at("groups").get<uint32_t>(),
            .groupsUsed = routing.at("groups_used").get<uint32_t>()};
}

FloatMatrix matrixOf(const std::vector<std::vector<double>>& rows) {
    FloatMatrix matrix(static_cast<uint32_t>(rows.size()), static_cast<uint32_t>(rows.front().size()));
    for (uint32_t row = 0; row < matrix.rows; ++row) {
        std::ranges::transform(rows[row], &matrix.at(row, 0), [](double value) { return static_cast<float>(value); });
    }
    return matrix;
}

/// The router alone, without a model: ties, groups that tie, experts that nobody asks, all of them, one. 32 bits give a weight to some 1e-6
/// of its size and, where every p underflows but the first, to the smallest number.
TEST_P(MixtureOn, RoutesLikeTheReferenceWithoutAModel) {
    const nlohmann::json routings = referenceList("routings.json");
    ASSERT_GT(routings.size(), 10U);
    for (const nlohmann::json& routing : routings) {
        DeviceMatrices device(backend());
        const FloatMatrix scores = matrixOf(routing.at("scores").get<std::vector<std::vector<double>>>());
        const auto used = routing.at("used").get<uint32_t>();
        Buffer& chosen = device.readback(uint64_t{scores.rows} * used * sizeof(uint32_t));
        std::optional<Tensor> bias;
        if (!routing.at("bias").is_null()) {
            bias = device.placeVector(matrixOf({routing.at("bias").get<std::vector<double>>()}));
        }
        const RouteArgs args{.scores = device.place(scores, Placement::Strided),
                             .bias = bias,
                             .rule = ruleOf(routing),
                             .experts = {.buffer = &chosen, .count = scores.rows * used},
                             .weights = device.placeEmpty(scores.rows, used, Placement::Dense)};

        runPass(backend(), [&](Pass& pass) { pass.route(args); });

        const std::vector<uint32_t> experts = wordsOf(chosen, 0, args.experts.count);
        const FloatMatrix weights = device.read(args.weights);
        for (uint32_t row = 0; row < scores.rows; ++row) {
            for (uint32_t k = 0; k < used; ++k) {
                const double expected = routing.at("weights")[row][k].get<double>();
                ASSERT_EQ(experts[size_t{row} * used + k], routing.at("experts")[row][k].get<uint32_t>())
                    << routing.at("name") << ", row " << row << ", place " << k;
                ASSERT_NEAR(double{weights.at(row, k)}, expected, 5e-6 * expected + 1e-30) << routing.at("name") << ", row " << row;
            }
        }
    }
}

/// More rows than go through the experts at a time.
TEST_P(MixtureOn, ComputesALongCanvasInSeveralParts) {
    if (!std::ranges::count(plainBackends(), GetParam())) {
        GTEST_SKIP() << "the parts are the model's, whatever the variant of the device";
    }
    const nlohmann::json forward = referenceEntry("forwards.json", "name", "rnd1-full");
    const auto model = load(openReference(forward.at("model").get<std::string>()));

    const auto actual = rowsOf(*model, forward.at("tokens").get<std::vector<TokenId>>());

    EXPECT_LE(largestError(actual, readNpy(referenceFolder() / forward.at("logits").get<std::string>()).values), kBar);
}

/// A folder of experts in BF16 becomes one file with a tensor for all experts of a layer, and means the same.
TEST_P(MixtureOn, MeansTheSameAfterItWasWrittenAsOneFile) {
    const TemporaryFolder temporary;
    for (const std::string family : {"llada-moe", "rnd1", "sdar-moe", "llada2"}) {
        const std::string file = family + "." + family + ".BF16.gguf";
        const auto source = openReference((family + ".BF16"), {.tokenizer = referenceFolder() / file});
        const auto config = readModelConfig(*source);
        ASSERT_TRUE(config) << config.error().message;
        const auto plan = GgufExport::plan(*source, *config, std::nullopt);
        ASSERT_TRUE(plan) << plan.error().message;
        const std::filesystem::path path = temporary / (family + ".gguf").c_str();
        const auto written = plan->write(path, {}, {});
        ASSERT_TRUE(written) << written.error().message;
        EXPECT_EQ(std::filesystem::file_size(path), plan->sizes().fileBytes);
        const auto tokens = referenceEntry("cases.json", "file", file).at("tokens").get<std::vector<TokenId>>();

        const auto model = load(openReference(path));

        EXPECT_EQ(model->config().family, family);
        EXPECT_LE(largestError(rowsOf(*model, tokens), readNpy(referenceFolder() / (family + ".BF16.npy")).values), kBar);
    }
}

/// Blocks of experts are decoded where they lie: the same as the file with every weight written out by another reader. The products are
/// summed in the same order, so that what is left is the rounding of a weight to F32, and that the panels differ.
TEST_P(MixtureOn, ComputesWithQuantisedExperts) {
    const auto file = openReference(referenceFolder().parent_path() / "tiny-mixture-q4_k_m.gguf");
    const auto quantised = load(file);
    const auto exact = load(dequantized(file));
    std::vector<TokenId> tokens(40);
    std::iota(tokens.begin(), tokens.end(), 17U);

    const std::vector<float> expected = rowsOf(*exact, tokens);

    EXPECT_EQ(file->findTensor("blk.1.ffn_up_exps.weight")->format, WeightFormat::Q4_K);
    EXPECT_LE(largestError(rowsOf(*quantised, tokens), {expected.begin(), expected.end()}), kBar);
}

/// The first layers, dense ones and one with experts, on the processor.
TEST_P(MixtureOn, IsSplitAtEveryBorder) {
    const auto source = openReference("llada2.llada2.F32.gguf");
    const NpyMatrix reference = readNpy(referenceFolder() / "llada2.F32.npy");
    const auto tokens = referenceEntry("cases.json", "file", "llada2.llada2.F32.gguf").at("tokens").get<std::vector<TokenId>>();
    for (const uint32_t gpuLayers : {1U, 2U}) {
        const auto model = load({backend(), &backendNamed("Cpu")}, source, {.gpuLayers = gpuLayers});

        EXPECT_LE(largestError(rowsOf(*model, tokens), reference.values), kBar);
    }
}

}  // namespace
}  // namespace crystallite
