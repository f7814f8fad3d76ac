#include "engine/base/rng.h"
#include "engine/model/model.h"
#include "tests/support/backends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crystallite {
namespace {

using Row = std::vector<double>;  // logits by id, -infinity where forbidden

// Logits of two passes over the same rows are the same to the bit; a probability of them in f32, with sums in another order, is off by
// less.
constexpr double kProbabilityError = 1e-5;

class ForwardRequestOn : public ::testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        const auto source = openEmbeddedModel(kDefaultModel);
        ASSERT_TRUE(source) << source.error().message;
        auto model = Model::load(backendNamed(GetParam()), *source);
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
    }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    ForwardResult mustForward(const ForwardRequest& request) {
        Result<ForwardResult> result = model_->forward(request, {});
        EXPECT_TRUE(result) << result.error().message;
        return std::move(*result);
    }

    std::vector<Row> rowsOf(const std::vector<TokenId>& tokens) {
        const Result<std::vector<float>> logits = model_->logits(tokens, open_, {});
        EXPECT_TRUE(logits) << logits.error().message;
        const size_t vocabulary = model_->config().vocabulary;
        std::vector<Row> rows;
        for (size_t row = 0; row < open_.size(); ++row) {
            const auto first = logits->begin() + static_cast<std::ptrdiff_t>(row * vocabulary);
            rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(vocabulary));
        }
        return rows;
    }

    void forbid(Row& row) const {
        for (const TokenId id : model_->config().forbiddenIds) {
            row[id] = -HUGE_VAL;
        }
    }

    std::unique_ptr<Model> model_;
    const std::vector<TokenId> tokens_ = {937, 738, 263, 448, 0, 0, 0, 404, 0, 295, 0};
    const std::vector<TokenId> changed_ = {937, 738, 263, 448, 0, 51, 0, 404, 0, 295, 0};
    const std::vector<TokenId> unconditional_ = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    const std::vector<uint32_t> open_ = {4, 6, 8, 10};
};

INSTANTIATE_TEST_SUITE_P(Backends, ForwardRequestOn, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

Row softmax(const Row& logits) {
    const double largest = *std::max_element(logits.begin(), logits.end());
    Row p;
    double sum = 0.0;
    for (const double logit : logits) {
        p.push_back(std::exp(logit - largest));
        sum += p.back();
    }
    for (double& value : p) {
        value /= sum;
    }
    return p;
}

double entropyOf(const Row& p) {
    double entropy = 0.0;
    for (const double value : p) {
        entropy -= value > 0.0 ? value * std::log(value) : 0.0;
    }
    return entropy;
}

/// The logits divided by the temperature, -infinity outside the nucleus.
Row cut(Row logits, float temperature, const TokenFilter& filter) {
    for (double& logit : logits) {
        logit /= temperature > 0.0F ? double{temperature} : 1.0;
    }
    const Row p = softmax(logits);
    std::vector<size_t> ids(logits.size());
    std::iota(ids.begin(), ids.end(), size_t{0});
    std::stable_sort(ids.begin(), ids.end(), [&](size_t a, size_t b) { return logits[a] > logits[b]; });
    double before = 0.0;
    for (size_t rank = 0; rank < ids.size(); ++rank) {
        const bool isCut = (filter.topP < 1.0 && before > filter.topP) || (filter.topK > 0 && rank >= filter.topK);
        before += p[ids[rank]];
        logits[ids[rank]] = isCut ? -HUGE_VAL : logits[ids[rank]];
    }
    return logits;
}

/// The definition of SamplingNoise in backend.h.
TokenId drawOf(const Row& logits, uint32_t position, float temperature, const SamplingNoise& noise) {
    TokenId best = 0;
    double bestDraw = -HUGE_VAL;
    for (TokenId id = 0; id < logits.size(); ++id) {
        const uint32_t bits = randomWords(noise.seed, noise.step, position, DrawPurpose::Gumbel, id / 4)[id % 4];
        const double draw = logits[id] - double{temperature} * std::log(-std::log1p(-uniformFrom(bits)));
        if (draw > bestDraw) {
            bestDraw = draw;
            best = id;
        }
    }
    return best;
}

TEST_P(ForwardRequestOn, DrawsFromWhatTheFilterLeavesAndBelievesAsBefore) {
    const ForwardResult plain = mustForward({.tokens = tokens_, .openSlots = open_});
    std::vector<Row> rows = rowsOf(tokens_);
    for (Row& row : rows) {
        forbid(row);
    }
    for (const float temperature : {0.0F, 0.7F, 1.5F}) {
        for (const TokenFilter& filter :
             {TokenFilter{.topP = 0.8}, TokenFilter{.topK = 5}, TokenFilter{.topP = 0.95, .topK = 12}, TokenFilter{}}) {
            const SamplingNoise noise{.temperature = temperature, .seed = 77, .step = 3};
            const ForwardResult result = mustForward({.tokens = tokens_, .openSlots = open_, .noise = noise, .filter = filter});
            ASSERT_EQ(result.drawn.size(), open_.size());
            for (size_t index = 0; index < open_.size(); ++index) {
                SCOPED_TRACE("slot " + std::to_string(open_[index]) + ", temperature " + std::to_string(temperature));
                const SlotBelief& belief = result.beliefs[index];
                EXPECT_EQ(belief.candidates, plain.beliefs[index].candidates);
                EXPECT_EQ(belief.entropy, plain.beliefs[index].entropy);
                const Row left = cut(rows[index], temperature, filter);
                const Row p = softmax(left);
                EXPECT_EQ(belief.sampledId, drawOf(left, open_[index], temperature > 0.0F ? 1.0F : 0.0F, noise));
                EXPECT_NEAR(double{belief.sampledProbability}, softmax(rows[index])[belief.sampledId], kProbabilityError);
                EXPECT_NEAR(double{result.drawn[index].probability}, p[belief.sampledId], kProbabilityError);
                EXPECT_NEAR(double{result.drawn[index].entropy}, entropyOf(p), 10 * kProbabilityError);
            }
        }
    }
}

TEST_P(ForwardRequestOn, GuidesByTheTextWithoutItsPrompt) {
    constexpr float kScale = 1.5F;
    const std::vector<Row> with = rowsOf(tokens_);
    const std::vector<Row> without = rowsOf(unconditional_);

    const ForwardResult result = mustForward({.tokens = tokens_, .openSlots = open_, .unconditional = unconditional_, .cfgScale = kScale});

    for (size_t index = 0; index < open_.size(); ++index) {
        Row guided;
        for (size_t id = 0; id < with[index].size(); ++id) {
            guided.push_back(without[index][id] + (double{kScale} + 1.0) * (with[index][id] - without[index][id]));
        }
        forbid(guided);
        const Row p = softmax(guided);
        const SlotBelief& belief = result.beliefs[index];
        EXPECT_EQ(belief.sampledId, static_cast<TokenId>(std::max_element(p.begin(), p.end()) - p.begin()));
        for (const Candidate& candidate : belief.candidates) {
            EXPECT_NEAR(double{candidate.probability}, p[candidate.id], 3 * kProbabilityError) << "slot " << open_[index];
        }
    }
    EXPECT_EQ(mustForward({.tokens = tokens_, .openSlots = open_}).beliefs, mustForward({.tokens = tokens_, .openSlots = open_}).beliefs)
        << "and leaves nothing behind";
}

TEST_P(ForwardRequestOn, ComparesWithTheLastPass) {
    const auto compared = [&](const std::vector<TokenId>& tokens, Comparison comparison) {
        return mustForward({.tokens = tokens, .openSlots = open_, .comparison = comparison, .comparedBegin = 5, .comparedEnd = 9});
    };
    std::vector<Row> first = rowsOf(tokens_);
    std::vector<Row> second = rowsOf(changed_);

    const ForwardResult begun = compared(tokens_, Comparison::Begin);
    const ForwardResult continued = compared(changed_, Comparison::Continue);
    const ForwardResult again = compared(changed_, Comparison::Continue);

    for (size_t index = 0; index < open_.size(); ++index) {
        const bool isInside = open_[index] >= 5 && open_[index] < 9;
        EXPECT_TRUE(std::isnan(begun.drift[index])) << "nothing came before";
        EXPECT_EQ(std::isnan(continued.drift[index]), !isInside);
        if (!isInside) {
            continue;
        }
        forbid(first[index]);
        forbid(second[index]);
        const Row p = softmax(second[index]);
        const Row q = softmax(first[index]);
        double divergence = 0.0;
        for (size_t id = 0; id < p.size(); ++id) {
            divergence += p[id] > 0.0 ? p[id] * std::log(p[id] / q[id]) : 0.0;
        }
        EXPECT_NEAR(double{continued.drift[index]}, divergence, kProbabilityError) << "slot " << open_[index];
        EXPECT_NEAR(double{again.drift[index]}, 0.0, kProbabilityError);
    }
}

TEST_P(ForwardRequestOn, KnowsWhoseLastPassItComparesWith) {
    constexpr uint64_t kOurs = 7;
    constexpr uint64_t kTheirs = 8;
    const auto compared = [&](uint64_t owner, const std::stop_token& stop = {}) {
        ForwardRequest request{.tokens = tokens_, .openSlots = open_, .comparison = Comparison::Begin, .comparedBy = owner};
        request.comparedEnd = static_cast<uint32_t>(tokens_.size());
        return model_->forward(request, stop).has_value();
    };
    std::stop_source stopped;
    stopped.request_stop();

    EXPECT_FALSE(model_->holdsComparisonOf(kOurs));
    ASSERT_TRUE(compared(kOurs));
    EXPECT_TRUE(model_->holdsComparisonOf(kOurs));
    mustForward({.tokens = changed_, .openSlots = open_});
    EXPECT_TRUE(model_->holdsComparisonOf(kOurs)) << "a pass that compares nothing";
    ASSERT_TRUE(compared(kTheirs));
    EXPECT_FALSE(model_->holdsComparisonOf(kOurs)) << "another owner came between";
    EXPECT_TRUE(model_->holdsComparisonOf(kTheirs));
    EXPECT_FALSE(compared(kTheirs, stopped.get_token()));
    EXPECT_FALSE(model_->holdsComparisonOf(kTheirs)) << "a pass of its own was stopped";
}

/// To the bit, because the head is computed as before; and a caller that is wrong about the last text gets the right answer all the same.
TEST_P(ForwardRequestOn, UsesTheBlocksOfTheLastPassAgain) {
    const ForwardResult first = mustForward({.tokens = tokens_, .openSlots = open_});
    const ForwardResult again = mustForward({.tokens = tokens_, .openSlots = open_, .repeatsText = true});
    const ForwardResult other = mustForward({.tokens = changed_, .openSlots = open_, .repeatsText = true});
    mustForward({.tokens = tokens_, .openSlots = open_, .shadow = {.rows = 5, .begin = 5}});
    const ForwardResult behindShadow = mustForward({.tokens = tokens_, .openSlots = open_, .repeatsText = true});

    EXPECT_EQ(again.beliefs, first.beliefs);
    EXPECT_EQ(other.beliefs, mustForward({.tokens = changed_, .openSlots = open_}).beliefs);
    EXPECT_NE(other.beliefs, first.beliefs);
    EXPECT_EQ(behindShadow.beliefs, first.beliefs);
}

TEST_P(ForwardRequestOn, LeavesOutWhatItIsTold) {
    const ForwardResult plain = mustForward({.tokens = tokens_, .openSlots = open_});
    const TokenId best = plain.beliefs[0].sampledId;
    const std::vector<TokenId> forbidden = {0, best};

    const ForwardResult without = mustForward({.tokens = tokens_, .openSlots = open_, .forbidden = forbidden});
    const ForwardResult judged = mustForward({.tokens = tokens_, .openSlots = open_, .confidenceWithout = best});
    const ForwardResult everything = mustForward({.tokens = tokens_, .openSlots = open_, .forbidden = std::span<const TokenId>()});

    EXPECT_EQ(without.beliefs[0].sampledId, plain.beliefs[0].candidates[1].id);
    EXPECT_EQ(judged.beliefs, plain.beliefs) << "it may still be drawn";
    EXPECT_EQ(judged.drawn[0].probability, 0.0F);
    for (size_t index = 1; index < open_.size(); ++index) {
        if (plain.beliefs[index].sampledId != best) {
            EXPECT_NEAR(judged.drawn[index].probability, without.beliefs[index].sampledProbability, kProbabilityError);
        }
    }
    const Row row = softmax(rowsOf(tokens_)[0]);
    EXPECT_NEAR(double{everything.beliefs[0].candidates[0].probability}, *std::max_element(row.begin(), row.end()), kProbabilityError);
}

/// A shadow row over a slot that is masked itself is a second mask in the same place, which sees all others and itself: layer for layer it
/// is the row that it repeats, so that it says the same of the mask's own id. That id is forbidden, and counts for nothing in the sum.
TEST_P(ForwardRequestOn, AShadowOfAMaskSaysWhatTheMaskSays) {
    const ForwardResult plain = mustForward({.tokens = tokens_, .openSlots = open_});
    const std::vector<Row> rows = rowsOf(tokens_);
    for (size_t index = 0; index < open_.size(); ++index) {
        SCOPED_TRACE("slot " + std::to_string(open_[index]));

        const ForwardResult result = mustForward({.tokens = tokens_, .openSlots = open_, .shadow = {.rows = 1, .begin = open_[index]}});

        for (size_t other = 0; other < open_.size(); ++other) {
            // Another number of rows may sum in another order.
            EXPECT_EQ(result.beliefs[other].sampledId, plain.beliefs[other].sampledId) << "no row of the text sees the shadow";
            EXPECT_NEAR(result.beliefs[other].entropy, plain.beliefs[other].entropy, 10 * kProbabilityError);
        }
        ASSERT_EQ(result.confirmed.size(), 1U);
        const double expected = std::exp(rows[index][model_->config().maskId] - double{plain.beliefs[index].logSumExp});
        // Relative, because the mask is all but impossible; a logit is off by some 1e-5.
        ASSERT_GT(expected, 0.0);
        EXPECT_NEAR(double{result.confirmed[0]} / expected, 1.0, 1e-3);
    }
}

TEST_P(ForwardRequestOn, ConfirmsAWholeBlockAtOnce) {
    const ForwardResult block = mustForward({.tokens = tokens_, .openSlots = open_, .shadow = {.rows = 5, .begin = 5}});

    ASSERT_EQ(block.confirmed.size(), 5U);
    for (const float probability : block.confirmed) {
        EXPECT_TRUE(probability >= 0.0F && probability <= 1.0F + 1e-3F);
    }
    // The shadow rows see each other, so that this differs from asking one by one; that it is no constant shows that each judges its own
    // slot.
    EXPECT_NE(block.confirmed[2], block.confirmed[4]);
}

}  // namespace
}  // namespace crystallite
