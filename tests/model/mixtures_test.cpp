#include "engine/formats/metadata.h"
#include "engine/model/gguf_export.h"
#include "engine/model/model.h"
#include "tests/model/npy.h"
#include "tests/model/rewritten_source.h"
#include "tests/support/backends.h"
#include "tests/support/operation_test.h"
#include "tests/trace/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

namespace crystallite {
namespace {

using testing::HasSubstr;

std::filesystem::path folder() {
    return CRYSTALLITE_REFERENCE_CHECKPOINTS;
}

std::shared_ptr<const ModelSource> opened(const std::filesystem::path& path, const OpenOptions& options = {}) {
    const auto source = openModel(path, options);
    EXPECT_TRUE(source) << source.error().message;
    return source ? *source : nullptr;
}

/// A file that says something else about itself.
class EditedSource final : public ModelSource {
public:
    using EditTensor = std::function<bool(StoredTensor&)>;  ///< false: the tensor goes

    EditedSource(std::shared_ptr<const ModelSource> file, Metadata values, const EditTensor& edit)
        : file_(std::move(file)), values_(std::move(values)) {
        for (StoredTensor tensor : file_->tensors()) {
            if (!edit || edit(tensor)) {
                tensors_.push_back(std::move(tensor));
            }
        }
    }

    [[nodiscard]] const std::string& displayName() const override { return file_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return file_->fileBytes(); }
    [[nodiscard]] const std::string& fingerprint() const override { return file_->fingerprint(); }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override {
        return or_(values_.find<std::string>(key), file_->findString(key));
    }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override {
        return or_(values_.find<uint64_t>(key), file_->findUnsigned(key));
    }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override {
        return or_(values_.find<double>(key), file_->findFloat(key));
    }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override {
        return or_(values_.find<bool>(key), file_->findBool(key));
    }
    [[nodiscard]] std::vector<std::string> keys() const override { return file_->keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return file_->tokenizer(); }

private:
    template <typename T>
    static std::optional<T> or_(std::optional<T> first, std::optional<T> second) {
        return first ? first : second;
    }

    std::shared_ptr<const ModelSource> file_;
    Metadata values_;
    std::vector<StoredTensor> tensors_;
};

/// Something that a file of llada2 says, and what must be answered.
struct Contradiction {
    std::string key;  ///< behind the architecture; empty: a tensor is edited
    MetadataValue value;
    ErrorKind kind = ErrorKind::Corrupt;
    std::string message;
    EditedSource::EditTensor edit = {};
};

EditedSource::EditTensor without(std::string name) {
    return [name = std::move(name)](const StoredTensor& tensor) { return tensor.name != name; };
}

EditedSource::EditTensor reshaped(std::string name, std::vector<uint64_t> dimensions) {
    return [name = std::move(name), dimensions = std::move(dimensions)](StoredTensor& tensor) {
        if (tensor.name == name) {
            tensor.dimensions = dimensions;
        }
        return true;
    };
}

/// 3 layers of width 48, the first dense; 4 of 16 experts of width 20 from 2 of 4 groups, a shared one.
std::vector<Contradiction> contradictions() {
    const uint64_t huge = std::numeric_limits<int32_t>::max();
    const auto halfBias = [](StoredTensor& tensor) {
        tensor.format = tensor.name == "blk.1.exp_probs_b.bias" ? WeightFormat::F16 : tensor.format;
        return true;
    };
    return {
        {"expert_count", uint64_t{0}, ErrorKind::Corrupt, "which no model has"},
        {"expert_count", uint64_t{8}, ErrorKind::Corrupt, "its metadata needs"},
        {"expert_count", uint64_t{17}, ErrorKind::Corrupt, "17 experts do not divide into 4 groups"},
        {"expert_count", uint64_t{2048}, ErrorKind::Corrupt, "at most 1024"},
        {"expert_count", huge, ErrorKind::Corrupt, "at most 1024"},
        {"expert_used_count", uint64_t{0}, ErrorKind::Corrupt, "which no model has"},
        {"expert_used_count", uint64_t{17}, ErrorKind::Corrupt, "asks 17 of 16 experts"},
        {"expert_used_count", uint64_t{9}, ErrorKind::Corrupt, "9 experts cannot be chosen from 2 of 4 groups"},
        {"expert_feed_forward_length", huge, ErrorKind::Corrupt, "more than any model has"},
        {"expert_feed_forward_length", uint64_t{21}, ErrorKind::Corrupt, "its metadata needs"},
        {"expert_group_count", uint64_t{3}, ErrorKind::Corrupt, "do not divide into 3 groups"},
        {"expert_group_count", uint64_t{128}, ErrorKind::Corrupt, "do not divide into 128 groups"},
        {"expert_group_used_count", uint64_t{5}, ErrorKind::Corrupt, "from 5 of 4 groups"},
        {"expert_gating_func", uint64_t{3}, ErrorKind::Unsupported, "softmax (1) and sigmoid (2)"},
        {"expert_weights_scale", -1.0, ErrorKind::Corrupt, "not a positive number"},
        {"expert_weights_scale", HUGE_VAL, ErrorKind::Corrupt, "not a positive number"},
        {"expert_shared_feed_forward_length", uint64_t{7}, ErrorKind::Corrupt, "ffn_up_shexp.weight has 20 rows"},
        {"leading_dense_block_count", uint64_t{3}, ErrorKind::Corrupt, "3 of its 3 layers have no experts"},
        {"leading_dense_block_count", uint64_t{0}, ErrorKind::Corrupt, "blk.0.ffn_up_shexp.weight has 0 rows"},
        {"leading_dense_block_count", uint64_t{2}, ErrorKind::Corrupt, "has no tensor blk.1.ffn_gate.weight"},
        {"feed_forward_length", uint64_t{0}, ErrorKind::Corrupt, "feed_forward_length is missing"},
        {"", uint64_t{0}, ErrorKind::Corrupt, "has no tensor blk.1.ffn_gate_inp.weight", without("blk.1.ffn_gate_inp.weight")},
        {"", uint64_t{0}, ErrorKind::Corrupt, "has no tensor blk.2.exp_probs_b.bias", without("blk.2.exp_probs_b.bias")},
        {"", uint64_t{0}, ErrorKind::Unsupported, "blk.2.exp_probs_b.bias", without("blk.1.exp_probs_b.bias")},
        {"", uint64_t{0}, ErrorKind::Corrupt, "blk.2.ffn_up_exps.weight of shape [48, 320]",
         reshaped("blk.2.ffn_up_exps.weight", {48, 320})},
        {"", uint64_t{0}, ErrorKind::Corrupt, "blk.2.ffn_down_exps.weight of shape [48, 20, 16]",
         reshaped("blk.2.ffn_down_exps.weight", {48, 20, 16})},
        {"", uint64_t{0}, ErrorKind::Unsupported, "norms and biases must be F32", halfBias},
    };
}

TEST(MixtureFile, IsRefusedWithASentenceWhenItContradictsItself) {
    const auto file = opened(folder() / "llada2.llada2.F32.gguf");
    ASSERT_TRUE(readModelConfig(*file)) << readModelConfig(*file).error().message;
    for (const Contradiction& wrong : contradictions()) {
        Metadata values;
        if (!wrong.key.empty()) {
            values.set("llada2." + wrong.key, wrong.value);
        }
        const EditedSource source(file, std::move(values), wrong.edit);

        const Result<ModelConfig> config = readModelConfig(source);

        ASSERT_FALSE(config) << wrong.message;
        EXPECT_EQ(config.error().kind, wrong.kind) << config.error().message;
        EXPECT_THAT(config.error().message, HasSubstr(wrong.message));
    }
}

TEST(MixtureFile, HasABlockLengthThatAModelCanHave) {
    const auto file = opened(folder() / "llada2.llada2.F32.gguf");
    for (const uint64_t length : {uint64_t{0}, uint64_t{1} << 40U}) {
        Metadata values;
        values.set("diffusion.block_length", length);

        const Result<ModelConfig> config = readModelConfig(EditedSource(file, std::move(values), {}));

        ASSERT_FALSE(config);
        EXPECT_THAT(config.error().message, HasSubstr("diffusion.block_length is " + std::to_string(length)));
    }
}

/// Converters write the width of all shared experts together or of one.
TEST(MixtureFile, SaysTheWidthOfItsSharedExpertsInEitherWay) {
    const auto file = opened(folder() / "llada2-ties.llada2.F32.gguf");  // two shared ones of width 20
    for (const uint64_t declared : {uint64_t{20}, uint64_t{40}}) {
        Metadata values;
        values.set("llada2.expert_shared_feed_forward_length", declared);

        const Result<ModelConfig> config = readModelConfig(EditedSource(file, std::move(values), {}));

        ASSERT_TRUE(config) << config.error().message;
        EXPECT_EQ(config->mixture->sharedWidth, 40U);
    }
}

TEST(MixtureFile, IsReadWithEveryPartOfItsRouting) {
    const Result<ModelConfig> config = readModelConfig(*opened(folder() / "llada2.llada2.F32.gguf"));

    ASSERT_TRUE(config) << config.error().message;
    const Mixture& mixture = *config->mixture;
    EXPECT_EQ(mixture.experts, 16U);
    EXPECT_EQ(mixture.used, 4U);
    EXPECT_EQ(mixture.width, 20U);
    EXPECT_EQ(mixture.sharedWidth, 20U);
    EXPECT_EQ(mixture.denseLayers, 1U);
    EXPECT_TRUE(mixture.selectionBias);
    EXPECT_EQ(mixture.rule.score, RouterScore::Sigmoid);
    EXPECT_EQ(mixture.rule.groups, 4U);
    EXPECT_EQ(mixture.rule.groupsUsed, 2U);
    EXPECT_EQ(mixture.rule.scale, 2.5F);
    EXPECT_FALSE(config->hasExperts(0));
    EXPECT_TRUE(config->hasExperts(1));
    // Of 16 experts 4 are asked, in two of three layers: three matrices of 20 x width each.
    EXPECT_EQ(config->parameters - config->activeParameters, uint64_t{2} * 12 * 3 * 20 * config->width);
}

/// The experts of a folder are not put together: they stay where they lie, and nothing is held in memory for them.
TEST(MixtureFolder, LeavesEveryExpertWhereItLies) {
    for (const char* const name : {"llada-moe.BF16", "rnd1.BF16", "sdar-moe.BF16", "llada2.BF16"}) {
        const std::string family = std::string(name).substr(0, std::string(name).find('.'));
        const auto source = opened(folder() / name, {.tokenizer = folder() / (family + "." + family + ".BF16.gguf")});
        const StoredTensor* const stack = source->findTensor("blk.1.ffn_down_exps.weight");

        ASSERT_NE(stack, nullptr) << name;
        ASSERT_EQ(stack->dimensions.size(), 3U);
        EXPECT_EQ(stack->bytes.pieceBytes() * stack->dimensions[2], stack->bytes.size());
        EXPECT_EQ(source->ownedBytes(), 0U) << name;
    }
}

double deviationOf(const std::vector<double>& values) {
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return std::sqrt(squares / static_cast<double>(values.size()));
}

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

    /// The bar of the reference: 1e-4 of the logits' standard deviation.
    static void expectNear(const std::vector<float>& actual, const std::vector<double>& expected, double bar = 1e-4) {
        ASSERT_EQ(actual.size(), expected.size());
        double largest = 0.0;
        for (size_t i = 0; i < actual.size(); ++i) {
            const double difference = std::abs(double{actual[i]} - expected[i]);
            largest = difference <= largest ? largest : std::isnan(difference) ? HUGE_VAL : difference;
        }
        EXPECT_LE(largest / deviationOf(expected), bar);
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
    std::ifstream stream(folder() / "routings.json");
    const nlohmann::json routings = nlohmann::json::parse(stream, nullptr, false);
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
    if (GetParam() != "Cpu" && GetParam() != "Vulkan0") {
        GTEST_SKIP() << "the parts are the model's, whatever the variant of the device";
    }
    std::ifstream stream(folder() / "forwards.json");
    const nlohmann::json forwards = nlohmann::json::parse(stream, nullptr, false);
    const auto found = std::find_if(forwards.begin(), forwards.end(), [](const auto& each) { return each.at("name") == "rnd1-full"; });
    ASSERT_NE(found, forwards.end());
    const auto model = load(opened(folder() / found->at("model").get<std::string>()));

    const auto actual = rowsOf(*model, found->at("tokens").get<std::vector<TokenId>>());

    expectNear(actual, readNpy(folder() / found->at("logits").get<std::string>()).values);
}

/// A folder of experts in BF16 becomes one file with a tensor for all experts of a layer, and means the same.
TEST_P(MixtureOn, MeansTheSameAfterItWasWrittenAsOneFile) {
    std::ifstream stream(folder() / "cases.json");
    const nlohmann::json cases = nlohmann::json::parse(stream, nullptr, false);
    const TemporaryFolder temporary;
    for (const std::string family : {"llada-moe", "rnd1", "sdar-moe", "llada2"}) {
        const std::string file = family + "." + family + ".BF16.gguf";
        const auto source = opened(folder() / (family + ".BF16"), {.tokenizer = folder() / file});
        const auto config = readModelConfig(*source);
        ASSERT_TRUE(config) << config.error().message;
        const auto plan = GgufExport::plan(*source, *config, std::nullopt);
        ASSERT_TRUE(plan) << plan.error().message;
        const std::filesystem::path path = temporary / (family + ".gguf").c_str();
        const auto written = plan->write(path, {}, {});
        ASSERT_TRUE(written) << written.error().message;
        EXPECT_EQ(std::filesystem::file_size(path), plan->sizes().fileBytes);
        const auto entry = std::find_if(cases.begin(), cases.end(), [&](const auto& each) { return each.at("file") == file; });
        ASSERT_NE(entry, cases.end());

        const auto model = load(opened(path));

        EXPECT_EQ(model->config().family, family);
        expectNear(rowsOf(*model, entry->at("tokens").get<std::vector<TokenId>>()), readNpy(folder() / (family + ".BF16.npy")).values);
    }
}

/// Blocks of experts are decoded where they lie: the same as the file with every weight written out by another reader. The products are
/// summed in the same order, so that what is left is the rounding of a weight to F32, and that the panels differ.
TEST_P(MixtureOn, ComputesWithQuantisedExperts) {
    const auto file = opened(folder().parent_path() / "tiny-mixture-q4_k_m.gguf");
    const auto quantised = load(file);
    const auto exact = load(dequantized(file));
    std::vector<TokenId> tokens(40);
    std::iota(tokens.begin(), tokens.end(), 17U);

    const std::vector<float> expected = rowsOf(*exact, tokens);

    EXPECT_EQ(file->findTensor("blk.1.ffn_up_exps.weight")->format, WeightFormat::Q4_K);
    expectNear(rowsOf(*quantised, tokens), {expected.begin(), expected.end()});
}

/// The first layers, dense ones and one with experts, on the processor.
TEST_P(MixtureOn, IsSplitAtEveryBorder) {
    const auto source = opened(folder() / "llada2.llada2.F32.gguf");
    const NpyMatrix reference = readNpy(folder() / "llada2.F32.npy");
    std::ifstream stream(folder() / "cases.json");
    const nlohmann::json cases = nlohmann::json::parse(stream, nullptr, false);
    const auto entry =
        std::find_if(cases.begin(), cases.end(), [](const auto& each) { return each.at("file") == "llada2.llada2.F32.gguf"; });
    const auto tokens = entry->at("tokens").get<std::vector<TokenId>>();
    for (const uint32_t gpuLayers : {1U, 2U}) {
        const auto model = load({backend(), &backendNamed("Cpu")}, source, {.gpuLayers = gpuLayers});

        expectNear(rowsOf(*model, tokens), reference.values);
    }
}

}  // namespace
}  // namespace crystallite
