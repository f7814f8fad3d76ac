#include "engine/model/forward_pass.h"

#include "engine/base/assert.h"
#include "engine/model/asked_tokens.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace crystallite {
namespace {

constexpr uint32_t kJudgedWords = candidateRowWords(1);

float floatFrom(uint32_t word) {
    float value = 0.0F;
    std::memcpy(&value, &word, sizeof value);
    return value;
}

/// What follows the candidates in a row of the operation's result.
struct Summary {
    float logSumExp;
    float entropy;
    float margin;
    uint32_t sampledId;
    float sampledProbability;
};

Summary summaryFrom(const uint32_t* words, uint32_t count) {
    const uint32_t* rest = words + size_t{2} * count;
    return {.logSumExp = floatFrom(rest[0]),
            .entropy = floatFrom(rest[1]),
            .margin = floatFrom(rest[2]),
            .sampledId = rest[3],
            .sampledProbability = floatFrom(rest[4])};
}

SlotBelief beliefFrom(const uint32_t* words, uint32_t count, uint32_t position) {
    SlotBelief belief{.position = position};
    belief.candidates.resize(count);
    for (uint32_t i = 0; i < count; ++i) {
        belief.candidates[i] = {.id = words[i], .probability = floatFrom(words[count + i])};
    }
    const Summary summary = summaryFrom(words, count);
    belief.logSumExp = summary.logSumExp;
    belief.entropy = summary.entropy;
    belief.margin = summary.margin;
    belief.sampledId = summary.sampledId;
    belief.sampledProbability = summary.sampledProbability;
    return belief;
}

const uint32_t* wordsOf(const std::unique_ptr<Buffer>& buffer) {
    return reinterpret_cast<const uint32_t*>(buffer->hostBytes().data());
}

/// The model's own probability of an id that was drawn from the cut distribution: its logit follows from there, because the operations
/// report no logits.
float ownProbability(const SlotBelief& belief, const Summary& cut, float temperature) {
    const auto listed = std::find_if(belief.candidates.begin(), belief.candidates.end(),
                                     [&](const Candidate& candidate) { return candidate.id == cut.sampledId; });
    if (listed != belief.candidates.end()) {
        return listed->probability;
    }
    const double scale = temperature > 0.0F ? static_cast<double>(temperature) : 1.0;
    const double logit = scale * (std::log(static_cast<double>(cut.sampledProbability)) + static_cast<double>(cut.logSumExp));
    return static_cast<float>(std::exp(logit - static_cast<double>(belief.logSumExp)));
}

}  // namespace

ForwardPass::ForwardPass(const ModelConfig& config, const Activations& activations, ForwardBuffers& buffers, const ForwardRequest& request)
    : config_(config), activations_(activations), buffers_(buffers), request_(request) {
    ENGINE_ASSERT(!(request.filter && request.confidenceWithout));
    ENGINE_ASSERT(!isConfirmed() || (!isJudged() && request.unconditional.empty()));
    ENGINE_ASSERT(request.shadow.begin + request.shadow.rows <= request.tokens.size());
    ENGINE_ASSERT(request.asked.empty() || request.asked.size() == request.openSlots.size());
    open_ = static_cast<uint32_t>(request.openSlots.size());
    const std::span<const TokenId> forbidden = request.forbidden ? *request.forbidden : std::span<const TokenId>(config.forbiddenIds);
    forbidden_.assign(forbidden.begin(), forbidden.end());
    ENGINE_ASSERT(forbidden_.size() < config.outputVocabulary);
    judgedForbidden_ = forbidden_;
    if (request.confidenceWithout) {
        const auto place = std::lower_bound(judgedForbidden_.begin(), judgedForbidden_.end(), *request.confidenceWithout);
        if (place == judgedForbidden_.end() || *place != *request.confidenceWithout) {
            judgedForbidden_.insert(place, *request.confidenceWithout);
        }
    }
    candidates_ = std::min(request.candidates, config.outputVocabulary - static_cast<uint32_t>(forbidden_.size()));
    ENGINE_ASSERT(candidates_ >= 1 && candidates_ <= kMaxCandidates);
    if (request.comparison != Comparison::None) {
        const auto indexOf = [&](uint32_t slot) {
            return static_cast<uint32_t>(std::lower_bound(request.openSlots.begin(), request.openSlots.end(), slot) -
                                         request.openSlots.begin());
        };
        comparedFirst_ = indexOf(request.comparedBegin);
        comparedLast_ = indexOf(request.comparedEnd);
    }
}

Result<void> ForwardPass::prepare(Backend& backend) {
    struct Need {
        std::unique_ptr<Buffer>& buffer;
        uint64_t words;
        MemoryUse use;
    };
    const uint64_t slots = activations_.slots();
    std::vector<Need> needs = {{buffers_.forbidden, forbidden_.size(), MemoryUse::Upload}};
    if (isJudged() || isConfirmed()) {
        needs.push_back({buffers_.judged, slots * kJudgedWords, MemoryUse::Readback});
        needs.push_back({buffers_.judgedForbidden, judgedForbidden_.size(), MemoryUse::Upload});
    }
    if (isConfirmed()) {
        needs.push_back({buffers_.pickedIds, request_.shadow.rows, MemoryUse::Upload});
        needs.push_back({buffers_.picked, request_.shadow.rows, MemoryUse::Readback});
    }
    if (!request_.asked.empty()) {
        needs.push_back({buffers_.askedLogits, uint64_t{open_} * config_.outputVocabulary, MemoryUse::Readback});
    }
    if (!request_.unconditional.empty()) {
        needs.push_back({buffers_.unconditionalRows, slots * config_.width, MemoryUse::Activations});
        needs.push_back(
            {buffers_.unconditionalLogits, uint64_t{activations_.logitRows()} * config_.outputVocabulary, MemoryUse::Activations});
    }
    if (request_.comparison != Comparison::None) {
        const uint64_t compared = request_.comparedEnd - request_.comparedBegin;
        needs.push_back({buffers_.kept, compared * config_.outputVocabulary, MemoryUse::Activations});
        needs.push_back({buffers_.drift, slots, MemoryUse::Readback});
    }
    for (const Need& need : needs) {
        if (Result<void> ensured = ensureWords(backend, need.buffer, need.words, need.use); !ensured) {
            return ensured;
        }
    }
    writeWords(*buffers_.forbidden, forbidden_);
    if (isJudged()) {
        writeWords(*buffers_.judgedForbidden, judgedForbidden_);
    }
    if (isConfirmed()) {
        // Some families' masks lie beyond the head; any logit will do for them, see confirmationOf().
        std::vector<TokenId> ids;
        for (const TokenId id : confirmedTokens()) {
            ids.push_back(std::min(id, config_.outputVocabulary - 1));
        }
        writeWords(*buffers_.pickedIds, ids);
    }
    return {};
}

IndexView ForwardPass::positionsOf(uint32_t first, uint32_t rows) const {
    return {.buffer = activations_.openSlots.get(), .offsetBytes = first * sizeof(uint32_t), .count = rows};
}

void ForwardPass::recordUnconditional(Pass& pass, const Transformer& transformer) const {
    pass.gatherRows({.x = transformer.residual(),
                     .rows = {.buffer = activations_.openRows.get(), .count = open_},
                     .out = denseTensor(*buffers_.unconditionalRows, open_, config_.width)});
}

void ForwardPass::recordUse(Pass& pass, const Transformer& transformer, const Tensor& logits, uint32_t first) const {
    if (first >= open_) {
        recordConfirmation(pass, logits, first - open_);
        return;
    }
    if (!request_.unconditional.empty()) {
        const Tensor rows = denseTensor(*buffers_.unconditionalRows, static_cast<uint32_t>(request_.openSlots.size()), config_.width)
                                .rowRange(first, logits.rows);
        const Tensor unconditional = denseTensor(*buffers_.unconditionalLogits, logits.rows, config_.outputVocabulary);
        transformer.recordLogits(pass, rows, unconditional);
        pass.guide({.with = logits, .without = unconditional, .scale = request_.cfgScale, .out = logits});
    }
    if (!request_.asked.empty()) {
        pass.readTensor(logits, *buffers_.askedLogits, uint64_t{first} * config_.outputVocabulary * sizeof(float));
    }
    SamplingNoise noise = request_.noise;
    if (request_.filter) {
        noise.temperature = 0.0F;  // the draw comes later
    }
    pass.candidates({.logits = logits,
                     .forbidden = {.buffer = buffers_.forbidden.get(), .count = static_cast<uint32_t>(forbidden_.size())},
                     .positions = positionsOf(first, logits.rows),
                     .count = candidates_,
                     .noise = noise,
                     .out = activations_.candidates.get(),
                     .outOffsetBytes = uint64_t{first} * candidateRowWords(candidates_) * sizeof(uint32_t)});
    if (request_.comparison != Comparison::None) {
        recordDrift(pass, logits, first);
    }
    if (isJudged()) {
        recordJudgement(pass, logits, first);
    }
}

void ForwardPass::recordDrift(Pass& pass, const Tensor& logits, uint32_t first) const {
    const uint32_t begin = std::clamp(comparedFirst_, first, first + logits.rows);
    const uint32_t end = std::clamp(comparedLast_, first, first + logits.rows);
    const Tensor kept = denseTensor(*buffers_.kept, request_.comparedEnd - request_.comparedBegin, config_.outputVocabulary);
    // Open slots that stand side by side have rows that do, here and there.
    for (uint32_t index = begin; index < end;) {
        const uint32_t slot = request_.openSlots[index];
        uint32_t count = 1;
        while (index + count < end && request_.openSlots[index + count] == slot + count) {
            ++count;
        }
        pass.drift({.logits = logits.rowRange(index - first, count),
                    .kept = kept.rowRange(slot - request_.comparedBegin, count),
                    .forbidden = {.buffer = buffers_.forbidden.get(), .count = static_cast<uint32_t>(forbidden_.size())},
                    .out = buffers_.drift.get(),
                    .outOffsetBytes = uint64_t{index - comparedFirst_} * sizeof(float)});
        index += count;
    }
}

void ForwardPass::recordJudgement(Pass& pass, const Tensor& logits, uint32_t first) const {
    const IndexView forbidden{.buffer = buffers_.judgedForbidden.get(), .count = static_cast<uint32_t>(judgedForbidden_.size())};
    SamplingNoise noise{.seed = request_.noise.seed, .step = request_.noise.step};
    if (request_.filter) {
        pass.truncate({.logits = logits,
                       .forbidden = forbidden,
                       .temperature = request_.noise.temperature,
                       .topP = static_cast<float>(request_.filter->topP),
                       .topK = request_.filter->topK});
        // The largest of logits with Gumbel noise of temperature 1 is a draw from their softmax.
        noise.temperature = request_.noise.temperature > 0.0F ? 1.0F : 0.0F;
    }
    pass.candidates({.logits = logits,
                     .forbidden = forbidden,
                     .positions = positionsOf(first, logits.rows),
                     .count = 1,
                     .noise = noise,
                     .out = buffers_.judged.get(),
                     .outOffsetBytes = uint64_t{first} * kJudgedWords * sizeof(uint32_t)});
}

void ForwardPass::recordConfirmation(Pass& pass, const Tensor& logits, uint32_t first) const {
    pass.candidates({.logits = logits,
                     .forbidden = {.buffer = buffers_.forbidden.get(), .count = static_cast<uint32_t>(forbidden_.size())},
                     .positions = positionsOf(open_ + first, logits.rows),
                     .count = 1,
                     .out = buffers_.judged.get(),
                     .outOffsetBytes = uint64_t{first} * kJudgedWords * sizeof(uint32_t)});
    pass.pick({.logits = logits,
               .ids = {.buffer = buffers_.pickedIds.get(), .offsetBytes = first * sizeof(uint32_t), .count = logits.rows},
               .out = buffers_.picked.get(),
               .outOffsetBytes = first * sizeof(float)});
}

Drawn ForwardPass::judge(SlotBelief& belief, const uint32_t* words) const {
    const Summary judged = summaryFrom(words, 1);
    if (request_.filter) {
        belief.sampledProbability = ownProbability(belief, judged, request_.noise.temperature);
        belief.sampledId = judged.sampledId;
        return {.probability = judged.sampledProbability, .margin = judged.margin, .entropy = judged.entropy};
    }
    const double share = std::exp(static_cast<double>(belief.logSumExp) - static_cast<double>(judged.logSumExp));
    const bool isLeftOut = belief.sampledId == *request_.confidenceWithout;
    return {.probability = isLeftOut ? 0.0F : static_cast<float>(static_cast<double>(belief.sampledProbability) * share),
            .margin = judged.margin,
            .entropy = judged.entropy};
}

ForwardResult ForwardPass::read() const {
    ForwardResult result;
    const uint32_t open = open_;
    const uint32_t* words = wordsOf(activations_.candidates);
    for (uint32_t index = 0; index < open; ++index) {
        result.beliefs.push_back(
            beliefFrom(words + size_t{index} * candidateRowWords(candidates_), candidates_, request_.openSlots[index]));
        if (isJudged()) {
            result.drawn.push_back(judge(result.beliefs.back(), wordsOf(buffers_.judged) + size_t{index} * kJudgedWords));
        }
    }
    if (!request_.asked.empty()) {
        result.asked = askedTokens(*buffers_.askedLogits, request_.asked, forbidden_, result.beliefs, config_.outputVocabulary);
    }
    if (request_.comparison != Comparison::None) {
        result.drift.assign(open, std::numeric_limits<float>::quiet_NaN());
        for (uint32_t index = comparedFirst_; request_.comparison == Comparison::Continue && index < comparedLast_; ++index) {
            result.drift[index] = floatFrom(wordsOf(buffers_.drift)[index - comparedFirst_]);
        }
    }
    for (uint32_t row = 0; row < request_.shadow.rows; ++row) {
        result.confirmed.push_back(confirmationOf(row));
    }
    return result;
}

float ForwardPass::confirmationOf(uint32_t row) const {
    if (confirmedTokens()[row] >= config_.outputVocabulary) {
        return 0.0F;
    }
    const Summary summary = summaryFrom(wordsOf(buffers_.judged) + size_t{row} * kJudgedWords, 1);
    return std::exp(floatFrom(wordsOf(buffers_.picked)[row]) - summary.logSumExp);
}

}  // namespace crystallite
