#include "engine/diffusion/session.h"
#include "tests/diffusion/fake_denoiser.h"
#include "tests/support/finished_session.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace crystallite {
namespace {

constexpr uint32_t kLength = 12;

/// KLASS waits for distributions to settle, so that it looks at what the model holds of the last pass. All distributions of the fake move
/// with every token by some 0.8 nats, some less and some more.
DecodeRequest klass(CacheKind cache = CacheKind::None, std::vector<OptionValue> more = {}) {
    DecodeRequest request{.length = kLength, .policy = DecodePolicy::Klass, .cache = cache, .stopsAtEnd = false};
    request.options = {{"kl_bound", 0.8}, {"threshold", 0.1}};
    request.options.insert(request.options.end(), more.begin(), more.end());
    return request;
}

DecodeRequest inBlocks(DecodeRequest request, uint32_t blockLength) {
    request.blockLength = blockLength;
    return request;
}

struct Turns {
    std::string name;
    DecodeRequest first;
    DecodeRequest second;
};

void PrintTo(const Turns& turns, std::ostream* out) {
    *out << turns.name;
}

class TakingTurns : public ::testing::TestWithParam<Turns> {};

INSTANTIATE_TEST_SUITE_P(Klass, TakingTurns,
                         ::testing::Values(Turns{"WithItself", klass(), klass()},  //
                                           Turns{"InBlocks", inBlocks(klass(), 6), inBlocks(klass(), 4)},
                                           Turns{"OverALongerBlock", inBlocks(klass(), 4), klass()},
                                           Turns{"AsPublished", inBlocks(klass(CacheKind::None, {{"strict_reference", 1.0}}), 6), klass()},
                                           Turns{"LookingFurtherBack", klass(CacheKind::None, {{"kl_history", 1.0}}),
                                                 klass(CacheKind::None, {{"kl_history", 3.0}})},
                                           Turns{"WithACache", klass(), inBlocks(klass(CacheKind::Dual), 6)},
                                           Turns{"WithCaches", inBlocks(klass(CacheKind::Prefix), 6), inBlocks(klass(CacheKind::Dual), 6)},
                                           Turns{"WithoutComparing", klass(), {.length = kLength, .policy = DecodePolicy::Llada}}),
                         [](const auto& instance) { return instance.param.name; });

/// One after the other they need not catch up with anything.
TEST_P(TakingTurns, IsTheSameAsAlone) {
    FakeDenoiser model(scrambledLogit);
    model.attend(Visibility::Full, 0, false);
    const auto start = [&model](const char* prompt, const DecodeRequest& request) {
        return Session::start(model, std::string_view(prompt), request);
    };
    const Trace alone = finishedRun(start("abc", GetParam().first));
    const Trace otherAlone = finishedRun(start("cbade", GetParam().second));
    ASSERT_LT(alone.steps(), kLength) << "nothing was settled";

    const auto first = start("abc", GetParam().first);
    const auto second = start("cbade", GetParam().second);
    ASSERT_TRUE(first && second);
    takeTurns(**first, **second);

    expectSameDecisions((*first)->trace(), alone);
    expectSameDecisions((*second)->trace(), otherAlone);
}

}  // namespace
}  // namespace crystallite
