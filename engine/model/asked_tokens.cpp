#include "engine/model/asked_tokens.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <cmath>

namespace crystallite {
namespace {

AskedToken askedToken(std::span<const float> logits, TokenId id, std::span<const TokenId> forbidden, float logSumExp) {
    ENGINE_ASSERT(id < logits.size() && !std::binary_search(forbidden.begin(), forbidden.end(), id));
    const float own = logits[id];
    const auto isAhead = [&](TokenId other) { return logits[other] > own || (logits[other] == own && other < id); };
    uint32_t ahead = 0;
    for (TokenId other = 0; other < logits.size(); ++other) {
        ahead += isAhead(other) ? 1 : 0;
    }
    for (const TokenId impossible : forbidden) {
        ahead -= impossible < logits.size() && isAhead(impossible) ? 1 : 0;
    }
    const double probability = std::exp(static_cast<double>(own) - static_cast<double>(logSumExp));
    return {.id = id, .probability = static_cast<float>(probability), .rank = ahead + 1};
}

}  // namespace

std::vector<AskedToken> askedTokens(Buffer& logits, std::span<const TokenId> ids, std::span<const TokenId> forbidden,
                                    std::span<const SlotBelief> beliefs, uint32_t vocabulary) {
    const auto* const all = reinterpret_cast<const float*>(logits.hostBytes().data());
    std::vector<AskedToken> answers;
    for (size_t row = 0; row < ids.size(); ++row) {
        answers.push_back(askedToken({all + row * vocabulary, vocabulary}, ids[row], forbidden, beliefs[row].logSumExp));
    }
    return answers;
}

}  // namespace crystallite
