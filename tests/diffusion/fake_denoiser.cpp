#include "tests/diffusion/fake_denoiser.h"

#include "engine/base/rng.h"
#include "engine/text/byte_alphabet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace crystallite {

namespace {

/// The letters first, then the other bytes: a byte-level vocabulary has one token for each of the 256.
std::string bytesInIdOrder() {
    std::string bytes;
    for (uint32_t letter = 0; letter < FakeDenoiser::kLetters; ++letter) {
        bytes += static_cast<char>('a' + letter);
    }
    for (uint32_t byte = 0; byte < 256; ++byte) {
        if (bytes.find(static_cast<char>(byte)) == std::string::npos) {
            bytes += static_cast<char>(byte);
        }
    }
    return bytes;
}

std::shared_ptr<const Tokenizer> letterTokenizer(std::optional<TokenId> bos, std::optional<TokenId> eot) {
    TokenizerData data{.model = "gpt2", .preTokenizer = "gpt-2", .tokens = {"<mask>", "<end>"}};
    data.eos = FakeDenoiser::kEnd;
    data.mask = FakeDenoiser::kMask;
    data.kinds = {TokenKind::Control, TokenKind::Control};
    for (const char byte : bytesInIdOrder()) {
        data.tokens.push_back(writtenBytes(std::string_view(&byte, 1)));
        data.kinds.push_back(TokenKind::Normal);
    }
    data.tokens.emplace_back("<|expand|>");
    data.kinds.push_back(TokenKind::Control);
    data.eot = eot;
    data.bos = bos;
    data.addBos = bos.has_value();
    Result<std::shared_ptr<const Tokenizer>> tokenizer = Tokenizer::create(std::move(data));
    EXPECT_TRUE(tokenizer) << tokenizer.error().message;
    return *tokenizer;
}

/// A distribution in double precision over the ids that are left.
struct Distribution {
    std::vector<Candidate> falling;  ///< ties by id
    std::map<TokenId, double> probability;
    std::map<TokenId, double> logit;
    double logSumExp = 0.0;
    double entropy = 0.0;

    [[nodiscard]] float margin() const { return falling[0].probability - (falling.size() > 1 ? falling[1].probability : 0.0F); }
};

Distribution distributionOf(std::map<TokenId, double> logits) {
    Distribution distribution;
    double sum = 0.0;
    for (const auto& [id, logit] : logits) {
        sum += std::exp(logit);
    }
    distribution.logSumExp = std::log(sum);
    for (const auto& [id, logit] : logits) {
        const double probability = std::exp(logit) / sum;
        distribution.probability[id] = probability;
        distribution.entropy -= probability * std::log(probability);
        distribution.falling.push_back({.id = id, .probability = static_cast<float>(probability)});
    }
    std::stable_sort(distribution.falling.begin(), distribution.falling.end(),
                     [&](const Candidate& a, const Candidate& b) { return logits[a.id] > logits[b.id]; });
    distribution.logit = std::move(logits);
    return distribution;
}

std::map<TokenId, double> without(const std::map<TokenId, float>& row, std::span<const TokenId> forbidden) {
    std::map<TokenId, double> rest(row.begin(), row.end());
    for (const TokenId id : forbidden) {
        rest.erase(id);
    }
    return rest;
}

/// The definition of SamplingNoise in backend.h.
TokenId draw(const Distribution& distribution, uint32_t position, float temperature, const SamplingNoise& noise) {
    TokenId best = distribution.falling.front().id;
    double bestDraw = -HUGE_VAL;
    for (const auto& [id, logit] : distribution.logit) {
        const float exponential = exponentialFrom(randomWords(noise.seed, noise.step, position, DrawPurpose::Gumbel, id / 4)[id % 4]);
        const double noisy = logit - static_cast<double>(temperature * std::log(exponential));
        if (noisy > bestDraw) {
            bestDraw = noisy;
            best = id;
        }
    }
    return best;
}

/// The definition of TruncateArgs in backend.h.
Distribution cut(const Distribution& whole, float temperature, const TokenFilter& filter) {
    std::map<TokenId, double> tempered = whole.logit;
    for (auto& [id, logit] : tempered) {
        logit /= temperature > 0.0F ? static_cast<double>(temperature) : 1.0;
    }
    const Distribution all = distributionOf(tempered);
    std::map<TokenId, double> kept;
    double before = 0.0;
    for (const Candidate& candidate : all.falling) {
        if ((filter.topP < 1.0 && before > filter.topP) || (filter.topK > 0 && kept.size() >= filter.topK)) {
            break;
        }
        kept[candidate.id] = tempered[candidate.id];
        before += all.probability.at(candidate.id);
    }
    return distributionOf(std::move(kept));
}

SlotBelief beliefFrom(const Distribution& distribution, uint32_t position, uint32_t candidates, TokenId sampled) {
    SlotBelief belief{.position = position,
                      .candidates = distribution.falling,
                      .logSumExp = static_cast<float>(distribution.logSumExp),
                      .entropy = static_cast<float>(distribution.entropy),
                      .margin = distribution.margin(),
                      .sampledId = sampled,
                      .sampledProbability = static_cast<float>(distribution.probability.at(sampled))};
    belief.candidates.resize(std::min<size_t>(candidates, belief.candidates.size()));
    return belief;
}

Drawn drawnFrom(const Distribution& distribution, TokenId sampled) {
    const auto found = distribution.probability.find(sampled);
    return {.probability = found == distribution.probability.end() ? 0.0F : static_cast<float>(found->second),
            .margin = distribution.margin(),
            .entropy = static_cast<float>(distribution.entropy)};
}

/// MurmurHash3's finaliser: every bit of the result depends on every bit of x.
uint32_t mixed(uint32_t x) {
    x ^= x >> 16;
    x *= 0x85EBCA6BU;
    x ^= x >> 13;
    x *= 0xC2B2AE35U;
    x ^= x >> 16;
    return x;
}

}  // namespace

FakeDenoiser::FakeDenoiser(Logit logit) : logit_(std::move(logit)), tokenizer_(letterTokenizer(std::nullopt, std::nullopt)) {
    config_.vocabulary = kExpand + 1;
    config_.outputVocabulary = config_.vocabulary;
    config_.contextLength = 64;
    config_.maskId = kMask;
    config_.endIds = {kEnd};
    config_.forbiddenIds = {kMask};
    for (TokenId id = kLetterA + kLetters; id < config_.vocabulary; ++id) {
        config_.forbiddenIds.push_back(id);
    }
    ids_.resize(kLetterA + kLetters);
    std::iota(ids_.begin(), ids_.end(), 0U);
    identity_.modelName = "fake";
    identity_.modelFingerprint = "f00d";
    identity_.vocabulary = config_.vocabulary;
    identity_.maskId = kMask;
    identity_.endIds = {kEnd};
    identity_.device = "paper";
}

void FakeDenoiser::setBos(TokenId bos) {
    tokenizer_ = letterTokenizer(bos, std::nullopt);
}

void FakeDenoiser::setEot(TokenId eot) {
    tokenizer_ = letterTokenizer(std::nullopt, eot);
}

void FakeDenoiser::allowExpand() {
    config_.forbiddenIds.pop_back();
    ids_.push_back(kExpand);
}

FakeDenoiser::Row FakeDenoiser::rowOf(std::span<const TokenId> tokens, uint32_t position) const {
    Row row;
    for (const TokenId id : ids_) {
        row[id] = logit_(tokens, position, id);
    }
    return row;
}

void FakeDenoiser::attend(Visibility visibility, uint32_t blockLength, bool shift) {
    config_.visibility = visibility;
    config_.blockLength = blockLength;
    config_.shiftLogits = shift;
    attends_ = true;
}

uint32_t FakeDenoiser::rowsSeen(const ForwardRequest& request, uint32_t position) const {
    const auto text = static_cast<uint32_t>(request.tokens.size());
    switch (config_.visibility) {
        case Visibility::Causal: return position + 1;
        case Visibility::BlockCausal: {
            const uint32_t length = request.blockLength == 0 ? config_.blockLength : request.blockLength;
            return std::min(((position + request.blockOffset) / length + 1) * length - request.blockOffset, text);
        }
        default: return text;
    }
}

FakeDenoiser::KeptRows FakeDenoiser::computeRows(const ForwardRequest& request, uint32_t begin, uint32_t end, KeptRows rows) const {
    for (uint32_t row = begin; row < end; ++row) {
        rows[row].first = request.tokens[row];
    }
    for (uint32_t row = begin; row < end; ++row) {
        uint32_t state = mixed(request.tokens[row] + 1) ^ mixed(row + 77);
        for (uint32_t other = 0; other < rowsSeen(request, row); ++other) {
            const auto found = rows.find(other);
            if (found == rows.end()) {
                ADD_FAILURE() << "row " << row << " sees row " << other << ", which is neither computed nor kept";
                return rows;
            }
            state = mixed(state ^ (found->second.first + 3));
        }
        rows[row].second = state;
    }
    return rows;
}

/// Passes without CachedRows neither see the store nor change it.
Result<void> FakeDenoiser::runLayers(const ForwardRequest& request) {
    const auto text = static_cast<uint32_t>(request.tokens.size());
    if (!request.cached) {
        seen_ = computeRows(request, 0, text, {});
        return {};
    }
    if (owner_ != request.cached->owner) {
        store_.clear();
    }
    owner_ = request.cached->owner;
    KeptRows rows = computeRows(request, request.cached->begin, request.cached->end, std::exchange(store_, {}));
    if (passesUntilStop_ && (*passesUntilStop_)-- == 0) {
        passesUntilStop_.reset();
        return Error{.kind = ErrorKind::Cancelled, .message = "Stopped."};
    }
    seen_ = rows;
    store_ = std::move(rows);
    cachedPasses_.push_back(*request.cached);
    return {};
}

FakeDenoiser::Row FakeDenoiser::rowFromLayers(const ForwardRequest& request, uint32_t position) const {
    const uint32_t predicting = config_.shiftLogits && position > 0 ? position - 1 : position;
    const bool isComputed = !request.cached || (predicting >= request.cached->begin && predicting < request.cached->end);
    EXPECT_TRUE(isComputed) << "slot " << position << " is predicted by row " << predicting << ", which the pass does not compute";
    std::vector<TokenId> view;
    for (uint32_t row = 0; row < rowsSeen(request, predicting); ++row) {
        view.push_back(seen_.at(row).second);
    }
    view.push_back(seen_.at(predicting).second);
    return rowOf(view, position);
}

FakeDenoiser::Row FakeDenoiser::guidedRow(const ForwardRequest& request, uint32_t position) const {
    if (attends_) {
        return rowFromLayers(request, position);
    }
    Row row = rowOf(request.tokens, position);
    if (!request.unconditional.empty()) {
        for (const auto& [id, plain] : rowOf(request.unconditional, position)) {
            row[id] = plain + (request.cfgScale + 1.0F) * (row[id] - plain);
        }
    }
    return row;
}

float FakeDenoiser::compare(const ForwardRequest& request, uint32_t position, const Row& row) {
    const std::span<const TokenId> forbidden = request.forbidden ? *request.forbidden : std::span<const TokenId>(config_.forbiddenIds);
    float drift = std::nanf("");
    if (const auto last = kept_.find(position); last != kept_.end()) {
        const Distribution now = distributionOf(without(row, forbidden));
        const Distribution then = distributionOf(without(last->second, forbidden));
        double sum = 0.0;
        for (const auto& [id, p] : now.probability) {
            sum += p * std::log(p / then.probability.at(id));
        }
        drift = static_cast<float>(sum);
    }
    kept_[position] = row;
    return drift;
}

Result<ForwardResult> FakeDenoiser::forward(const ForwardRequest& request, std::stop_token stop) {
    EXPECT_TRUE(request.comparison != Comparison::Continue || holdsComparisonOf(request.comparedBy)) << "compares with another's pass";
    const bool compares = request.comparison != Comparison::None;
    comparedBy_ = compares ? std::nullopt : comparedBy_;
    if (stop.stop_requested()) {
        store_.clear();
        return Error{.kind = ErrorKind::Cancelled, .message = "Stopped."};
    }
    EXPECT_FALSE(request.attentionOf) << "it looks nowhere";
    if (attends_) {
        if (const Result<void> ran = runLayers(request); !ran) {
            return ran.error();
        }
    }
    passes_.emplace_back(request.tokens.begin(), request.tokens.end());
    if (request.comparison == Comparison::Begin) {
        kept_.clear();
    }
    const std::span<const TokenId> forbidden = request.forbidden ? *request.forbidden : std::span<const TokenId>(config_.forbiddenIds);
    ForwardResult result;
    for (const uint32_t position : request.openSlots) {
        const Row row = guidedRow(request, position);
        const Distribution own = distributionOf(without(row, forbidden));
        const SamplingNoise& noise = request.noise;
        if (request.filter) {
            const Distribution left = cut(own, noise.temperature, *request.filter);
            const TokenId sampled = draw(left, position, noise.temperature > 0.0F ? 1.0F : 0.0F, noise);
            result.beliefs.push_back(beliefFrom(own, position, request.candidates, sampled));
            result.drawn.push_back(drawnFrom(left, sampled));
        } else {
            result.beliefs.push_back(beliefFrom(own, position, request.candidates, draw(own, position, noise.temperature, noise)));
        }
        if (request.confidenceWithout) {
            Row rest = row;
            rest.erase(*request.confidenceWithout);
            result.drawn.push_back(drawnFrom(distributionOf(without(rest, forbidden)), result.beliefs.back().sampledId));
        }
        if (!request.asked.empty()) {
            const TokenId id = request.asked[result.asked.size()];
            const auto place = std::find_if(own.falling.begin(), own.falling.end(), [id](const Candidate& one) { return one.id == id; });
            result.asked.push_back({.id = id,
                                    .probability = static_cast<float>(own.probability.at(id)),
                                    .rank = static_cast<uint32_t>(place - own.falling.begin()) + 1});
        }
        if (compares) {
            const bool isCompared = position >= request.comparedBegin && position < request.comparedEnd;
            result.drift.push_back(isCompared ? compare(request, position, row) : std::nanf(""));
        }
    }
    comparedBy_ = compares ? std::optional(request.comparedBy) : comparedBy_;
    for (uint32_t row = 0; row < request.shadow.rows; ++row) {
        const uint32_t position = request.shadow.begin + row;
        std::vector<TokenId> tokens(request.tokens.begin(), request.tokens.end());
        const TokenId token = tokens[position];
        tokens[position] = kMask;
        const Distribution rest = distributionOf(without(rowOf(tokens, position), forbidden));
        const auto found = rest.probability.find(token);
        result.confirmed.push_back(found == rest.probability.end() ? 0.0F : static_cast<float>(found->second));
    }
    return result;
}

float scrambledLogit(std::span<const TokenId> tokens, uint32_t position, TokenId id) {
    uint32_t state = position;
    for (const TokenId token : tokens) {
        state = philox4x32({state, token, position, id}, {1, 2})[0];
    }
    return static_cast<float>(3.0 * uniformFrom(state));
}

FakeDenoiser::Logit hashedLogits(uint32_t seed, uint32_t calm) {
    return [seed, calm](std::span<const TokenId> tokens, uint32_t position, TokenId id) {
        const uint32_t slot = mixed(seed ^ mixed(position + 1));
        const auto part = [](uint32_t bits, float size) { return static_cast<float>(bits >> 16) * size * 0x1p-16F; };
        uint32_t canvas = seed + 0x9E3779B9U;
        for (const TokenId token : tokens) {
            canvas = mixed(canvas ^ (token + 1));
        }
        const bool standsOut = slot % 16 == id || (id == FakeDenoiser::kExpand && slot % 4 == 0);
        const float own = part(mixed(slot ^ mixed(id + 77)), standsOut ? 8.0F : 2.0F);
        return own + std::ldexp(part(mixed(canvas ^ mixed(slot + id)), 4.0F), -static_cast<int>(calm));
    };
}

}  // namespace crystallite
