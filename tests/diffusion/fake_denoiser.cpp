#include "tests/diffusion/fake_denoiser.h"

#include "engine/base/rng.h"
#include "engine/text/byte_alphabet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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

std::shared_ptr<const Tokenizer> letterTokenizer(std::optional<TokenId> bos) {
    TokenizerData data{.model = "gpt2", .preTokenizer = "gpt-2", .tokens = {"<mask>", "<end>"}, .mask = FakeDenoiser::kMask};
    data.kinds = {TokenKind::Control, TokenKind::Control};
    for (const char byte : bytesInIdOrder()) {
        data.tokens.push_back(writtenBytes(std::string_view(&byte, 1)));
        data.kinds.push_back(TokenKind::Normal);
    }
    data.bos = bos;
    data.addBos = bos.has_value();
    Result<std::shared_ptr<const Tokenizer>> tokenizer = Tokenizer::create(std::move(data));
    EXPECT_TRUE(tokenizer) << tokenizer.error().message;
    return *tokenizer;
}

/// The definition of CandidatesArgs in backend.h, in double precision; the ids that may be emitted are 1 .. logits.size().
SlotBelief beliefFrom(const std::vector<float>& logits, uint32_t position, uint32_t candidates, const SamplingNoise& noise) {
    double sum = 0.0;
    for (TokenId id = 1; id < logits.size(); ++id) {
        sum += std::exp(static_cast<double>(logits[id]));
    }
    SlotBelief belief{.position = position, .logSumExp = static_cast<float>(std::log(sum))};
    std::vector<Candidate> all;
    double entropy = 0.0;
    double bestDraw = -HUGE_VAL;
    for (TokenId id = 1; id < logits.size(); ++id) {
        const double probability = std::exp(static_cast<double>(logits[id])) / sum;
        entropy -= probability * std::log(probability);
        all.push_back({.id = id, .probability = static_cast<float>(probability)});
        const float exponential = exponentialFrom(randomWords(noise.seed, noise.step, position, DrawPurpose::Gumbel, id / 4)[id % 4]);
        const double draw = static_cast<double>(logits[id]) - static_cast<double>(noise.temperature * std::log(exponential));
        if (draw > bestDraw) {
            bestDraw = draw;
            belief.sampledId = id;
            belief.sampledProbability = static_cast<float>(probability);
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return a.probability > b.probability; });
    belief.entropy = static_cast<float>(entropy);
    belief.margin = all[0].probability - all[1].probability;
    all.resize(candidates);
    belief.candidates = std::move(all);
    return belief;
}

}  // namespace

FakeDenoiser::FakeDenoiser(Logit logit) : logit_(std::move(logit)), tokenizer_(letterTokenizer(std::nullopt)) {
    config_.vocabulary = kLetterA + 256;
    config_.contextLength = 64;
    config_.maskId = kMask;
    config_.endIds = {kEnd};
    config_.forbiddenIds = {kMask};
    for (TokenId id = kLetterA + kLetters; id < config_.vocabulary; ++id) {
        config_.forbiddenIds.push_back(id);
    }
    identity_.modelName = "fake";
    identity_.modelFingerprint = "f00d";
    identity_.vocabulary = config_.vocabulary;
    identity_.maskId = kMask;
    identity_.endIds = {kEnd};
    identity_.device = "paper";
}

void FakeDenoiser::setBos(TokenId bos) {
    tokenizer_ = letterTokenizer(bos);
}

Result<std::vector<SlotBelief>> FakeDenoiser::forward(const ForwardRequest& request, std::stop_token stop) {
    if (stop.stop_requested()) {
        return Error{.kind = ErrorKind::Cancelled, .message = "Stopped."};
    }
    passes_.emplace_back(request.tokens.begin(), request.tokens.end());
    std::vector<SlotBelief> beliefs;
    for (const uint32_t position : request.openSlots) {
        std::vector<float> logits(kLetterA + kLetters);
        for (TokenId id = 0; id < logits.size(); ++id) {
            logits[id] = logit_(request.tokens, position, id);
        }
        beliefs.push_back(beliefFrom(logits, position, request.candidates, request.noise));
    }
    return beliefs;
}

float scrambledLogit(std::span<const TokenId> tokens, uint32_t position, TokenId id) {
    uint32_t state = position;
    for (const TokenId token : tokens) {
        state = philox4x32({state, token, position, id}, {1, 2})[0];
    }
    return static_cast<float>(3.0 * uniformFrom(state));
}

}  // namespace crystallite
