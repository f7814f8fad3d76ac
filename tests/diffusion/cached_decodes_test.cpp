#include "engine/diffusion/session.h"
#include "engine/model/model.h"
#include "tests/diffusion/reference_decode.h"
#include "tests/model/reference_checkpoints.h"
#include "tests/support/backends.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace crystallite {
namespace {

using nlohmann::json;

/// A model whose texts end where the decode says, whatever its own files say, and which never emits what the reference never does: neither
/// is forbidden under the strict reference.
class AsInReference final : public Denoiser {
public:
    AsInReference(Denoiser& model, std::vector<TokenId> ends) : model_(model), config_(model.config()), identity_(model.identity()) {
        config_.endIds = ends;
        identity_.endIds = std::move(ends);
    }
    [[nodiscard]] const ModelConfig& config() const override { return config_; }
    [[nodiscard]] std::shared_ptr<const Tokenizer> tokenizer() const override { return model_.tokenizer(); }
    [[nodiscard]] TraceHeader identity() const override { return identity_; }
    Result<ForwardResult> forward(const ForwardRequest& request, std::stop_token stop) override {
        ForwardRequest emitting = request;
        std::vector<TokenId> forbidden;
        std::set_union(request.forbidden->begin(), request.forbidden->end(), config_.forbiddenIds.begin(), config_.forbiddenIds.end(),
                       std::back_inserter(forbidden));
        emitting.forbidden = forbidden;
        return model_.forward(emitting, stop);
    }
    [[nodiscard]] bool holdsCacheOf(uint64_t owner) const override { return model_.holdsCacheOf(owner); }
    [[nodiscard]] bool holdsComparisonOf(uint64_t owner) const override { return model_.holdsComparisonOf(owner); }

private:
    Denoiser& model_;
    ModelConfig config_;
    TraceHeader identity_;
};

/// What the engine calls the policies of decodes.json.
DecodePolicy policyOf(const std::string& name) {
    const std::map<std::string, DecodePolicy> ours = {{"low-confidence-static", DecodePolicy::Llada},
                                                      {"sequential", DecodePolicy::Llada},
                                                      {"rnd1", DecodePolicy::Llada},
                                                      {"low-confidence-dynamic", DecodePolicy::Dynamic}};
    const auto found = ours.find(name);
    return found == ours.end() ? *parseDecodePolicy(name) : found->second;
}

DecodeRequest requestOfDecode(const json& decode, const ModelConfig& config) {
    const json& options = decode.at("options");
    DecodeRequest request{.length = decode.at("length").get<uint32_t>(),
                          .temperature = 0.0F,
                          .policy = policyOf(decode.at("policy")),
                          .cache = *parseCacheKind(decode.at("cache").get<std::string>())};
    if (decode.at("policy") == "sequential") {
        request.order = UnmaskOrder::LeftToRight;
    } else if (decode.at("policy") == "rnd1") {
        request.order = UnmaskOrder::Entropy;
    }
    for (const auto& [name, value] : options.items()) {
        if (name == "block") {
            request.blockLength = value.get<uint32_t>();
        } else if (name == "steps" && config.visibility == Visibility::Full) {
            request.steps = value.get<uint32_t>() * (*request.length / options.at("block").get<uint32_t>());
        } else if (name == "steps") {
            request.options.push_back({.name = "block_steps", .value = value.get<double>()});
        } else if (name != "row_before") {
            request.options.push_back({.name = name, .value = value.get<double>()});
        }
    }
    // Without the row before the block a shifted model's caches are the published ones.
    if (request.cache != CacheKind::None && config.shiftLogits && config.visibility == Visibility::Full &&
        !options.contains("row_before")) {
        request.options.push_back({.name = "strict_reference", .value = 1.0});
    }
    return request;
}

/// [kind, first, rows] of every pass, in order; the reference does not tell a refresh from any other denoising pass.
json passesOf(const Trace& trace) {
    json passes = json::array();
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const PassRecord& pass : trace.record(step).passes) {
            passes.push_back({nameOf(pass.kind == PassKind::Refresh ? PassKind::Denoise : pass.kind), pass.first, pass.rows});
        }
    }
    return passes;
}

json passesOf(const json& decode) {
    json passes = json::array();
    for (const json& pass : decode.at("passes")) {
        passes.push_back({pass.at("kind"), pass.at("first"), pass.at("rows")});
    }
    return passes;
}

/// [index of the pass, [kind, position, id] of every change] of every step.
json stepsOf(const Trace& trace) {
    json steps = json::array();
    size_t passes = 0;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        json changes = json::array();
        for (const SlotEvent& event : trace.record(step).events) {
            changes.push_back({nameOf(event.kind), event.position, event.after});
        }
        passes += trace.record(step).passes.size();
        steps.push_back({passes - 1, changes});
    }
    return steps;
}

json stepsOf(const json& decode) {
    json steps = json::array();
    for (const json& step : decode.at("steps")) {
        json changes = json::array();
        for (const json& change : step.at("changes")) {
            changes.push_back({change[0], change[1], change[2]});
        }
        steps.push_back({step.at("pass"), changes});
    }
    return steps;
}

/// What was never reached is the mask, -1 without one.
json finalOf(const Trace& trace, const json& mask) {
    const Canvas& canvas = trace.canvas(trace.steps());
    json text = json::array();
    for (uint32_t position = 0; position < canvas.size(); ++position) {
        text.push_back(canvas.isMasked(position) ? (mask.is_null() ? json(-1) : mask) : json(canvas.token(position)));
    }
    return text;
}

/// The probabilities of the changes, in order. 1e-4 of the logits' deviation, the bar of families_test, moves none by as much as this.
void expectSameProbabilities(const Trace& trace, const json& decode) {
    constexpr double kTolerance = 2e-3;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const json& changes = decode.at("steps")[step - 1].at("changes");
        for (size_t index = 0; index < changes.size(); ++index) {
            EXPECT_NEAR(trace.record(step).events[index].probability, changes[index][3].get<double>(), kTolerance) << "step " << step;
        }
    }
}

/// Where a family's weights are read from.
enum class Layout { File, Folder };

uint64_t rowsOf(const json& decode) {
    uint64_t rows = 0;
    for (const json& pass : decode.at("passes")) {
        rows += pass.at("rows").get<uint64_t>();
    }
    return rows;
}

class CachedDecodesOn : public ::testing::TestWithParam<std::tuple<std::string, Layout>> {
protected:
    void SetUp() override { decodes_ = referenceList("decodes.json"); }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    [[nodiscard]] static const std::string& backend() { return std::get<0>(GetParam()); }
    [[nodiscard]] static bool isFolder() { return std::get<1>(GetParam()) == Layout::Folder; }

    /// All on the CPU. A software Vulkan device takes ten times as long: there one of every family, from a file the last, which has a
    /// cache, and from a folder the shortest.
    [[nodiscard]] std::vector<json> chosen() const {
        std::map<std::string, std::vector<json>> ofFamily;
        for (const json& decode : decodes_) {
            ofFamily[decode.at("engine_family")].push_back(decode);
        }
        std::vector<json> chosen;
        for (const auto& [family, decodes] : ofFamily) {
            if (backend() == "Cpu") {
                chosen.insert(chosen.end(), decodes.begin(), decodes.end());
            } else if (isFolder()) {
                chosen.push_back(*std::ranges::min_element(decodes, {}, rowsOf));
            } else {
                chosen.push_back(decodes.back());
            }
        }
        return chosen;
    }

    Model& modelOf(const json& decode) {
        const std::string file = decode.at("model");
        if (file != loaded_) {
            OpenOptions options;
            options.family = decode.at("engine_family").get<std::string>();
            if (isFolder()) {
                options.tokenizer = referenceFolder() / file;
            }
            const auto source = openReference(isFolder() ? decode.at("family").get<std::string>() + ".F32" : file, options);
            auto model = Model::load(backendNamed(backend()), source);
            EXPECT_TRUE(model) << model.error().message;
            model_ = std::move(*model);
            loaded_ = file;
        }
        return *model_;
    }

    static Trace run(Denoiser& model, const json& decode) {
        const auto prompt = decode.at("prompt").get<std::vector<TokenId>>();
        return finishedRun(Session::start(model, prompt, requestOfDecode(decode, model.config())));
    }

    json decodes_;
    std::string loaded_;
    std::unique_ptr<Model> model_;
};

std::string nameOfCase(const ::testing::TestParamInfo<std::tuple<std::string, Layout>>& test) {
    return std::get<0>(test.param) + (std::get<1>(test.param) == Layout::Folder ? "_folders" : "_files");
}

INSTANTIATE_TEST_SUITE_P(Files, CachedDecodesOn,
                         ::testing::Combine(::testing::ValuesIn(availableBackends()), ::testing::Values(Layout::File)), nameOfCase);
INSTANTIATE_TEST_SUITE_P(Folders, CachedDecodesOn,
                         ::testing::Combine(::testing::ValuesIn(plainBackends()), ::testing::Values(Layout::Folder)), nameOfCase);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CachedDecodesOn);

/// What a session leaves behind has nothing to do with where its weights came from.
class ContinuedDecodesOn : public CachedDecodesOn {};

INSTANTIATE_TEST_SUITE_P(, ContinuedDecodesOn,
                         ::testing::Combine(::testing::ValuesIn(availableBackends()), ::testing::Values(Layout::File)), nameOfCase);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ContinuedDecodesOn);

/// The reference saw to it that no logits within the bar of families_test could decide otherwise, so that there is no tolerance here.
TEST_P(CachedDecodesOn, MakeThePassesAndChangesOfTheReferenceInTheirOrder) {
    for (const json& decode : chosen()) {
        SCOPED_TRACE(decode.at("name").get<std::string>());
        AsInReference model(modelOf(decode), decode.at("stop").get<std::vector<TokenId>>());

        const Trace trace = run(model, decode);

        EXPECT_EQ(stepsOf(trace), stepsOf(decode));
        EXPECT_EQ(passesOf(trace), passesOf(decode));
        EXPECT_EQ(finalOf(trace, decode.at("mask")), json(decode.at("final")));
        EXPECT_EQ(forwardsOf(trace), decode.at("nfe").get<uint32_t>());
        EXPECT_EQ(trace.header().settings.blockOffset, decode.at("offset").get<uint32_t>());
        if (!HasFailure()) {
            expectSameProbabilities(trace, decode);
        }
    }
}

/// On the real model, too: what a session leaves behind, or another one does to it, changes nothing.
TEST_P(ContinuedDecodesOn, ContinueToTheBitWhenAnotherRunCameBetween) {
    // On a software device from the middle alone, once for each cache.
    const bool isFast = backend() == "Cpu";
    std::set<std::string> seen;
    for (const json& decode : chosen()) {
        const std::string family = isFast ? decode.at("engine_family").get<std::string>() : "";
        const std::string kind = family + decode.at("cache").get<std::string>();
        if (decode.at("cache") == "none" || !seen.insert(kind).second) {
            continue;
        }
        SCOPED_TRACE(decode.at("name").get<std::string>());
        AsInReference model(modelOf(decode), decode.at("stop").get<std::vector<TokenId>>());
        const Trace whole = run(model, decode);
        const uint32_t stride = isFast ? 3 : whole.steps();
        for (uint32_t step = isFast ? 0 : whole.steps() / 2; step < whole.steps(); step += stride) {
            const auto restored = Session::restore(model, whole, step);
            ASSERT_TRUE(restored) << restored.error().message;
            const auto other = Session::restore(model, whole, step / 2);
            ASSERT_TRUE(other) << other.error().message;
            takeTurns(**restored, **other);
            SCOPED_TRACE("from " + std::to_string(step));
            expectSameDecisions((*restored)->trace(), whole);
        }
    }
}

}  // namespace
}  // namespace crystallite
