#include "engine/diffusion/probe.h"

#include "engine/diffusion/samplers/policy.h"
#include "engine/diffusion/session.h"
#include "tests/diffusion/fake_denoiser.h"
#include "tests/golden/finished_run.h"
#include "tests/model/cached_passes.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kPrompt = "abcdefg";
// A probability moves by less than this when sums are in another order, or a row goes through the head alone.
constexpr float kProbabilityError = 1e-5F;

ProbeRequest asking(const Trace& trace, uint32_t frame, ProbeKind kind, uint32_t position) {
    return {.at = probedFrame(trace, frame), .kind = kind, .position = position};
}

/// A way to decode on a small random model.
struct Decode {
    std::string name;
    CachedModel model;
    DecodeRequest request;
};

DecodeRequest wanted(DecodePolicy policy, CacheKind cache = CacheKind::None, std::vector<OptionValue> options = {}) {
    return {.length = 12, .seed = 5, .policy = policy, .cache = cache, .stopsAtEnd = false, .options = std::move(options)};
}

CachedModel shiftedCanvas() {
    CachedModel model = fullCanvas(3);
    model.sizes.architecture = "crystallite";
    model.sizes.shiftLogits = true;
    return model;
}

/// What a session may leave in its model between two steps: nothing, the rows of a store, the logits that the next pass is compared with,
/// the text of the last pass.
std::vector<Decode> runs() {
    DecodeRequest dual = wanted(DecodePolicy::Threshold, CacheKind::Dual);
    dual.blockLength = 6;
    return {
        {"llada", fullCanvas(3), wanted(DecodePolicy::Llada)},
        {"shifted", shiftedCanvas(), wanted(DecodePolicy::Llada)},
        {"guided", fullCanvas(3), wanted(DecodePolicy::Llada, CacheKind::None, {{"cfg_scale", 1.5}})},
        {"never_ends", fullCanvas(3), wanted(DecodePolicy::Llada, CacheKind::None, {{"logits_eos_inf", 1.0}})},
        {"compared", fullCanvas(3), wanted(DecodePolicy::Klass, CacheKind::None, {{"kl_bound", 1.0}, {"threshold", 0.01}})},
        {"shadowed", fullCanvas(3), wanted(DecodePolicy::Wino)},
        {"remasked", fullCanvas(3), wanted(DecodePolicy::Remdm)},
        {"dual", fullCanvas(3), dual},
        {"blocks", blocksOf(4), wanted(DecodePolicy::Llada, CacheKind::Exact)},
        {"shifted_blocks", blocksOf(4, true), wanted(DecodePolicy::Dynamic, CacheKind::Exact)},
        {"padded", blocksOf(4, true), wanted(DecodePolicy::Bd3lm)},
        {"left_to_right", causalModel(false), wanted(DecodePolicy::LeftToRight, CacheKind::Exact)},
    };
}

class ProbeOn : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), IsEmpty()); }

    static std::unique_ptr<Model> load(const CachedModel& which, uint32_t gpuLayers = kAllLayers) {
        auto model = Model::load({backendNamed(GetParam()), &backendNamed("Cpu")}, which.source(), {.gpuLayers = gpuLayers});
        EXPECT_TRUE(model) << model.error().message;
        return std::move(*model);
    }
    static std::unique_ptr<Session> start(Model& model, const Decode& run) {
        auto session = Session::start(model, std::string_view(kPrompt), run.request);
        EXPECT_TRUE(session) << session.error().message;
        return std::move(*session);
    }
    static Trace finished(Model& model, const Decode& run) {
        return finishedRun(Session::start(model, std::string_view(kPrompt), run.request));
    }
    static ProbeResult mustProbe(Denoiser& model, const ProbeRequest& request) {
        Result<ProbeResult> result = probe(model, request);
        EXPECT_TRUE(result) << result.error().message;
        return result ? std::move(*result) : ProbeResult{};
    }
};

INSTANTIATE_TEST_SUITE_P(Backends, ProbeOn, ::testing::ValuesIn(plainBackends()), [](const auto& instance) { return instance.param; });

/// Everything that can be asked at a frame; returns how much of it was answered.
uint32_t probeEverything(Model& model, const Trace& trace, uint32_t frame) {
    std::stop_source stopped;
    stopped.request_stop();
    uint32_t answered = 0;
    for (const ProbeKind kind : {ProbeKind::Attention, ProbeKind::LeaveOneOut, ProbeKind::Candidates}) {
        for (uint32_t position = 0; position < trace.slots(); position += 3) {
            const Result<ProbeResult> result = probe(model, asking(trace, frame, kind, position));
            answered += result ? 1 : 0;
            EXPECT_TRUE(result || result.error().kind == ErrorKind::InvalidArgument) << result.error().message;
            EXPECT_FALSE(probe(model, asking(trace, frame, kind, position), stopped.get_token()));
        }
    }
    return answered;
}

TEST_P(ProbeOn, LeavesARunningSessionAsItIsToTheBit) {
    for (const Decode& run : runs()) {
        SCOPED_TRACE(run.name);
        const std::unique_ptr<Model> model = load(run.model);
        const Trace undisturbed = finished(*model, run);
        const std::unique_ptr<Session> session = start(*model, run);
        uint32_t answered = 0;
        while (!session->finished()) {
            const uint32_t steps = session->trace().steps();
            answered += probeEverything(*model, session->trace(), steps) + probeEverything(*model, session->trace(), steps / 2);
            ASSERT_TRUE(session->step());
        }

        EXPECT_GT(answered, 2 * undisturbed.steps());
        ASSERT_EQ(session->trace().steps(), undisturbed.steps());
        for (uint32_t step = 1; step <= undisturbed.steps(); ++step) {
            ASSERT_TRUE(sameDecision(session->trace().record(step), undisturbed.record(step))) << "step " << step;
        }
    }
}

/// An exact cache gives what no cache gives, an approximate one does not.
TEST_P(ProbeOn, FindsTheCandidatesThatTheNextStepRecorded) {
    uint32_t compared = 0;
    for (const Decode& run : runs()) {
        SCOPED_TRACE(run.name);
        const std::unique_ptr<Model> model = load(run.model);
        const Trace trace = finished(*model, run);
        for (uint32_t step = 1; step <= trace.steps() && run.name != "dual"; ++step) {
            for (const SlotBelief& recorded : trace.record(step).beliefs) {
                if (!trace.canvas(step - 1).isMasked(recorded.position)) {
                    continue;
                }
                const ProbeResult result = mustProbe(*model, asking(trace, step - 1, ProbeKind::Candidates, recorded.position));
                ASSERT_TRUE(result.belief);
                ASSERT_EQ(result.belief->candidates.size(), kProbedCandidates);
                EXPECT_NEAR(result.belief->entropy, recorded.entropy, 10 * kProbabilityError);
                for (size_t rank = 0; rank < recorded.candidates.size(); ++rank) {
                    const Candidate& found = result.belief->candidates[rank];
                    EXPECT_NEAR(found.probability, recorded.candidates[rank].probability, kProbabilityError);
                    EXPECT_TRUE(result.pieces.contains(found.id));
                }
                EXPECT_EQ(result.belief->candidates.front().id, recorded.candidates.front().id);
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 100U);
}

/// Against the logits of a plain pass over the text with the slot masked, by the softmax's definition in double precision.
TEST_P(ProbeOn, LeavesATokenOutAsAPlainPassOverTheEditedText) {
    for (const CachedModel& which : {fullCanvas(3), shiftedCanvas(), blocksOf(4, true)}) {
        const std::unique_ptr<Model> model = load(which);
        const ModelConfig& config = model->config();
        const DecodePolicy policy = which.blockLength > 0 ? DecodePolicy::Dynamic : DecodePolicy::Llada;
        const Trace trace = finished(*model, {"", which, wanted(policy)});
        const Canvas& canvas = trace.canvas(trace.steps());
        for (const uint32_t position : {0U, 3U, 6U, 7U, 11U, canvas.textLength() - 1}) {
            const ProbeResult result = mustProbe(*model, asking(trace, trace.steps(), ProbeKind::LeaveOneOut, position));

            std::vector<TokenId> edited(canvas.text().begin(), canvas.text().end());
            edited[position] = config.maskId;
            const std::vector<uint32_t> open = {position};
            const auto logits = model->logits(edited, open, {});
            ASSERT_TRUE(logits) << logits.error().message;
            const TokenId token = canvas.token(position);
            const float own = (*logits)[token];
            double sum = 0.0;
            uint32_t ahead = 0;
            for (TokenId id = 0; id < config.outputVocabulary; ++id) {
                const bool isForbidden = std::binary_search(config.forbiddenIds.begin(), config.forbiddenIds.end(), id) && id != token;
                sum += isForbidden ? 0.0 : std::exp(static_cast<double>((*logits)[id]));
                ahead += !isForbidden && (*logits)[id] > own ? 1 : 0;
            }
            ASSERT_TRUE(result.leftOut && result.belief);
            EXPECT_EQ(result.leftOut->id, token);
            EXPECT_NEAR(result.leftOut->probability, std::exp(static_cast<double>(own)) / sum, 1e-5);
            EXPECT_EQ(result.leftOut->rank, ahead + 1);
            EXPECT_GE(result.leftOut->of, result.leftOut->rank);
            if (result.leftOut->rank <= result.belief->candidates.size()) {
                const Candidate& listed = result.belief->candidates[result.leftOut->rank - 1];
                EXPECT_EQ(listed.id, token);
                EXPECT_NEAR(listed.probability, result.leftOut->probability, 1e-6);
            }
        }
    }
}

/// The tokens of the prompt's bytes may come out of this model; its pad may not.
TEST_P(ProbeOn, LeavesOutATokenThatTheModelNeverWrites) {
    const std::unique_ptr<Model> model = load(fullCanvas(2));
    const TokenId pad = 1;
    ASSERT_TRUE(std::binary_search(model->config().forbiddenIds.begin(), model->config().forbiddenIds.end(), model->config().maskId));
    DecodeRequest request = wanted(DecodePolicy::Llada);
    const std::vector<TokenId> prompt = {70, pad, 71};
    const Trace trace = finishedRun(Session::start(*model, prompt, request));

    const ProbeResult result = mustProbe(*model, asking(trace, 0, ProbeKind::LeaveOneOut, 1));

    EXPECT_EQ(result.leftOut->id, pad);
    EXPECT_GT(result.leftOut->probability, 0.0F);
    EXPECT_LT(result.leftOut->probability, 1.0F);
}

TEST_P(ProbeOn, SaysWhereASlotLooks) {
    for (const Decode& run : runs()) {
        SCOPED_TRACE(run.name);
        const std::unique_ptr<Model> model = load(run.model);
        const ModelConfig& config = model->config();
        const Trace trace = finished(*model, run);
        const uint32_t position = trace.promptLength() + 2;

        const ProbeResult result = mustProbe(*model, asking(trace, trace.steps(), ProbeKind::Attention, position));

        ASSERT_TRUE(result.attention);
        const SlotAttention& attention = *result.attention;
        EXPECT_EQ(attention.layers, config.layers);
        EXPECT_EQ(attention.heads, config.heads);
        EXPECT_EQ(attention.slots, trace.slots());
        EXPECT_EQ(attention.row, config.shiftLogits ? position - 1 : position);
        EXPECT_EQ(result.passes, 1U);
        const uint32_t seen = rowsSeen(config, {.blockOffset = trace.header().settings.blockOffset}, trace.slots(), attention.row);
        for (uint32_t layer = 0; layer < attention.layers; ++layer) {
            for (uint32_t head = 0; head < attention.heads; ++head) {
                const std::vector<float> weights = attention.mean(layer, head);
                EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 1.0, 1e-5);
                for (uint32_t slot = 0; slot < attention.slots; ++slot) {
                    EXPECT_EQ(weights[slot] > 0.0F, slot < seen) << "slot " << slot;
                }
            }
        }
        const std::vector<float> all = attention.mean({}, {});
        EXPECT_NEAR(std::accumulate(all.begin(), all.end(), 0.0), 1.0, 1e-5);
    }
}

TEST_P(ProbeOn, LooksThroughASplitModelAsThroughAWholeOne) {
    const std::unique_ptr<Model> whole = load(shiftedCanvas());
    const Trace trace = finished(*whole, {"", shiftedCanvas(), wanted(DecodePolicy::Llada)});
    const ProbeResult expected = mustProbe(*whole, asking(trace, 4, ProbeKind::Attention, 9));
    for (const uint32_t gpuLayers : {1U, 2U}) {
        const std::unique_ptr<Model> split = load(shiftedCanvas(), gpuLayers);

        const ProbeResult actual = mustProbe(*split, asking(trace, 4, ProbeKind::Attention, 9));

        ASSERT_TRUE(actual.attention && expected.attention);
        ASSERT_EQ(actual.attention->weights.size(), expected.attention->weights.size());
        for (size_t i = 0; i < actual.attention->weights.size(); ++i) {
            ASSERT_NEAR(actual.attention->weights[i], expected.attention->weights[i], kProbabilityError) << i;
        }
    }
}

TEST(SlotAttentionMean, IsOverTheLayersAndHeadsThatAreChosen) {
    const SlotAttention attention{
        .layers = 2, .heads = 2, .slots = 2, .row = 0, .weights = {1.0F, 0.0F, 0.5F, 0.5F, 0.25F, 0.75F, 0.0F, 1.0F}};

    EXPECT_EQ(attention.mean(0, 1), (std::vector<float>{0.5F, 0.5F}));
    EXPECT_EQ(attention.mean(1, {}), (std::vector<float>{0.125F, 0.875F}));
    EXPECT_EQ(attention.mean({}, 0), (std::vector<float>{0.625F, 0.375F}));
    EXPECT_EQ(attention.mean({}, {}), (std::vector<float>{0.4375F, 0.5625F}));
}

class Refusals : public ::testing::Test {
protected:
    static std::string refusalOf(Denoiser& model, const ProbeRequest& request) {
        const Result<ProbeResult> result = probe(model, request);
        EXPECT_FALSE(result) << "was answered";
        return result ? std::string() : result.error().message;
    }
    static Trace halfDone(FakeDenoiser& model, const DecodeRequest& request) {
        auto session = Session::start(model, std::string_view(kPrompt), request);
        EXPECT_TRUE(session) << session.error().message;
        for (uint32_t step = 0; step < 4; ++step) {
            EXPECT_TRUE((*session)->step());
        }
        return (*session)->trace();
    }

    FakeDenoiser model_{scrambledLogit};
};

TEST_F(Refusals, NameWhatCannotBeMeasuredOfASlot) {
    const Trace trace = halfDone(model_, wanted(DecodePolicy::Llada));
    const uint32_t open = trace.canvas(4).maskedSlots().front();

    EXPECT_THAT(refusalOf(model_, asking(trace, 4, ProbeKind::Attention, 500)), HasSubstr("there is no slot 500"));
    EXPECT_THAT(refusalOf(model_, asking(trace, 4, ProbeKind::LeaveOneOut, open)), HasSubstr("is masked, so that there is no token"));
    EXPECT_THAT(refusalOf(model_, asking(trace, 4, ProbeKind::Candidates, 0)), HasSubstr("slot 0 holds a token"));
    ProbeRequest many = asking(trace, 4, ProbeKind::Candidates, open);
    many.candidates = 65;
    EXPECT_THAT(refusalOf(model_, many), HasSubstr("is 65, but must be in 1..64"));
}

TEST_F(Refusals, NameTheModelThatMadeTheTrace) {
    const Trace trace = halfDone(model_, wanted(DecodePolicy::Llada));
    const ProbeRequest request = asking(trace, 4, ProbeKind::LeaveOneOut, 0);
    ASSERT_TRUE(probe(model_, request));

    model_.identity().modelFingerprint = "beef";
    EXPECT_THAT(refusalOf(model_, request), HasSubstr("load the model that made it"));
    model_.identity().modelFingerprint = trace.header().modelFingerprint;
    model_.identity().vocabulary += 1;
    EXPECT_THAT(refusalOf(model_, request), HasSubstr("contradicts its own model"));
}

TEST_F(Refusals, NameSlotsBehindTheText) {
    model_.allowExpand();
    model_.setBos(FakeDenoiser::kLetterA);
    DecodeRequest growing = wanted(DecodePolicy::DreamOn, CacheKind::None, {{"max_length", 20}, {"expand_budget", 8}});
    const Trace trace = halfDone(model_, growing);
    ASSERT_LT(trace.canvas(4).textLength(), trace.slots());

    EXPECT_THAT(refusalOf(model_, asking(trace, 4, ProbeKind::Candidates, trace.slots() - 1)), HasSubstr("the text ends before slot"));
}

TEST_F(Refusals, NameWhatAModelThatWritesFromLeftToRightDoesNotKnow) {
    model_.attend(Visibility::Causal, 0, true);
    const Trace trace = halfDone(model_, wanted(DecodePolicy::LeftToRight));
    const uint32_t next = trace.canvas(4).maskedSlots().front();

    EXPECT_THAT(refusalOf(model_, asking(trace, 4, ProbeKind::LeaveOneOut, 3)), HasSubstr("knows nothing of what follows"));
    EXPECT_THAT(refusalOf(model_, asking(trace, 4, ProbeKind::Attention, 0)), HasSubstr("no row predicts slot 0"));
    EXPECT_THAT(refusalOf(model_, asking(trace, 4, ProbeKind::Candidates, next + 1)), HasSubstr("choose slot " + std::to_string(next)));
    EXPECT_TRUE(probe(model_, asking(trace, 4, ProbeKind::Candidates, next)));
}

/// Whether the token that makes a text grow may come out depends on the budget that is left at the frame.
TEST_F(Refusals, FollowTheBudgetOfATextThatGrows) {
    // Every slot wants to grow, until it may not.
    FakeDenoiser model([](std::span<const TokenId> tokens, uint32_t position, TokenId id) {
        return id == FakeDenoiser::kExpand ? 9.0F : scrambledLogit(tokens, position, id);
    });
    model.allowExpand();
    const Trace trace =
        finishedRun(Session::start(model, std::string_view(kPrompt),
                                   {.length = 4, .policy = DecodePolicy::DreamOn, .options = {{"max_length", 20}, {"expand_budget", 3}}}));
    uint32_t grew = 0;
    for (uint32_t frame = 0; frame < trace.steps(); ++frame) {
        const uint32_t open = trace.canvas(frame).maskedSlots().front();
        const Result<ProbeResult> result = probe(model, asking(trace, frame, ProbeKind::Candidates, open));
        ASSERT_TRUE(result) << result.error().message;
        const bool mayGrow = result->belief->candidates.front().id == FakeDenoiser::kExpand;
        EXPECT_EQ(mayGrow, insertionsUpTo(trace, frame) < 3) << "frame " << frame;
        EXPECT_EQ(result->belief->candidates.front(), trace.belief(frame + 1, open, frame)->candidates.front());
        grew += mayGrow ? 1 : 0;
    }
    EXPECT_EQ(grew, 3U);
    EXPECT_LT(grew, trace.steps());
}

TEST(PassesOfAProbe, AreTwoWithGuidanceButForAttention) {
    DecodeSettings settings;
    EXPECT_EQ(passesOf(ProbeKind::Candidates, settings), 1U);
    settings.cfgScale = 0.5;
    EXPECT_EQ(passesOf(ProbeKind::Candidates, settings), 2U);
    EXPECT_EQ(passesOf(ProbeKind::LeaveOneOut, settings), 2U);
    EXPECT_EQ(passesOf(ProbeKind::Attention, settings), 1U);
}

}  // namespace
}  // namespace crystallite
