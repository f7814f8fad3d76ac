#include "engine/model/model.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"
#include "engine/model/activations.h"
#include "engine/model/transformer.h"
#include "engine/model/weights.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace crystallite {
namespace {

constexpr uint64_t kMegabyte = 1'000'000;

SlotBelief beliefFromWords(const uint32_t* words, uint32_t count, uint32_t position) {
    const auto floatAt = [words](uint32_t index) {
        float value = 0.0F;
        std::memcpy(&value, words + index, sizeof value);
        return value;
    };
    SlotBelief belief;
    belief.position = position;
    belief.candidates.resize(count);
    for (uint32_t i = 0; i < count; ++i) {
        belief.candidates[i] = {.id = words[i], .probability = floatAt(count + i)};
    }
    belief.logSumExp = floatAt(2 * count);
    belief.entropy = floatAt(2 * count + 1);
    belief.margin = floatAt(2 * count + 2);
    belief.sampledId = words[2 * count + 3];
    belief.sampledProbability = floatAt(2 * count + 4);
    return belief;
}

/// With a shift nothing stands before slot 0; its own row is the best there is.
uint32_t predictingRow(const ModelConfig& config, uint32_t slot) {
    return config.shiftLogits && slot > 0 ? slot - 1 : slot;
}

std::vector<uint32_t> predictingRows(const ModelConfig& config, std::span<const uint32_t> slots) {
    std::vector<uint32_t> rows(slots.size());
    std::transform(slots.begin(), slots.end(), rows.begin(), [&config](uint32_t slot) { return predictingRow(config, slot); });
    return rows;
}

/// The rows of the last block that go through the head.
struct HeadRows {
    std::span<const uint32_t> rows;   ///< rising
    std::span<const uint32_t> slots;  ///< the position that each is asked for
};

/// Transformer rows needed for a head row: all of them, or with causal attention those up to it.
uint32_t rowsUpTo(const ModelConfig& config, uint32_t slots, uint32_t lastRow) {
    return config.isAutoregressive() ? lastRow + 1 : slots;
}

/// The format that most bytes of the weights are stored in.
std::string formatOf(const ModelSource& source) {
    std::map<WeightFormat, size_t> bytesOf;
    for (const StoredTensor& tensor : source.tensors()) {
        bytesOf[tensor.format] += tensor.bytes.size();
    }
    const auto most = std::max_element(bytesOf.begin(), bytesOf.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return std::string(layoutOf(most->first).name);
}

}  // namespace

MemoryEstimate estimateMemory(const ModelSource& source, const ModelConfig& config, uint32_t canvasLength) {
    return {.weightBytes = weightBytes(source), .activationBytes = Activations::bytesFor(config, canvasLength)};
}

uint32_t rowsComputed(const ModelConfig& config, uint32_t slots, std::span<const uint32_t> openSlots) {
    return rowsUpTo(config, slots, predictingRow(config, openSlots.back()));
}

struct Model::State {
    Backend& backend;
    std::shared_ptr<const ModelSource> source;
    ModelConfig config;
    std::shared_ptr<const Tokenizer> tokenizer;
    Weights weights;
    std::unique_ptr<Activations> activations;

    /// Called while the pass is recorded, with the logits of head rows [first, first + logits.rows).
    using UseLogits = std::function<void(Pass&, const Tensor& logits, uint32_t first)>;
    Result<void> run(std::span<const TokenId> tokens, HeadRows head, const UseLogits& use, std::stop_token stop);
    Result<std::vector<float>> readLogits(std::span<const TokenId> tokens, HeadRows head, std::stop_token stop);

    Result<void> prepare(uint32_t slots);
    void upload(std::span<const TokenId> tokens, HeadRows head);
    [[nodiscard]] MemoryEstimate memoryFor(uint32_t slots) const { return estimateMemory(*source, config, slots); }
    [[nodiscard]] Result<void> checkFits(uint32_t slots) const;
};

/// Against the budget that the driver stated when the device was opened, before this model took its part of it.
Result<void> Model::State::checkFits(uint32_t slots) const {
    const MemoryEstimate need = memoryFor(slots);
    const uint64_t free = usableBytes(backend.device());
    if (need.total() <= free) {
        return {};
    }
    return Error{ErrorKind::OutOfMemory, inQuotes(source->displayName()) + " needs " + std::to_string(need.total() / kMegabyte) + " MB (" +
                                             std::to_string(need.weightBytes / kMegabyte) + " MB of weights and " +
                                             std::to_string(need.activationBytes / kMegabyte) + " MB to work on " + std::to_string(slots) +
                                             " slots), but " + backend.device().name + " offers " + std::to_string(free / kMegabyte) +
                                             " MB. Choose another device, a smaller model or a shorter canvas"};
}

Result<void> Model::State::prepare(uint32_t slots) {
    if (activations && activations->slots() >= slots) {
        return {};
    }
    activations.reset();
    const auto fits = checkFits(slots);
    if (!fits) {
        return fits;
    }
    auto created = Activations::create(backend, config, slots);
    if (!created) {
        return created.error();
    }
    activations = std::move(*created);
    return {};
}

void Model::State::upload(std::span<const TokenId> tokens, HeadRows head) {
    ENGINE_ASSERT(std::all_of(tokens.begin(), tokens.end(), [this](TokenId id) { return id < config.vocabulary; }));
    ENGINE_ASSERT(std::all_of(head.rows.begin(), head.rows.end(), [&](uint32_t row) { return row < tokens.size(); }));
    writeWords(*activations->tokens, tokens);
    writeWords(*activations->openSlots, head.slots);
    writeWords(*activations->openRows, head.rows);
}

Result<void> Model::State::run(std::span<const TokenId> tokens, HeadRows head, const UseLogits& use, std::stop_token stop) {
    const auto slots = static_cast<uint32_t>(tokens.size());
    const auto open = static_cast<uint32_t>(head.rows.size());
    ENGINE_ASSERT(slots > 0 && open > 0);
    if (config.learnedPositions && slots > config.contextLength) {
        return Error{ErrorKind::InvalidArgument, inQuotes(source->displayName()) + " has learned positions for " +
                                                     std::to_string(config.contextLength) + " slots; a canvas of " + std::to_string(slots) +
                                                     " is too long for it"};
    }
    const auto prepared = prepare(slots);
    if (!prepared) {
        return prepared;
    }
    upload(tokens, head);

    const Transformer transformer(config, weights, *activations, rowsUpTo(config, slots, head.rows.back()));
    const auto record = [&](Pass& pass) {
        transformer.recordBlocks(pass);
        for (uint32_t first = 0; first < open; first += activations->logitRows()) {
            const uint32_t rows = std::min(activations->logitRows(), open - first);
            use(pass, transformer.recordHead(pass, first, rows), first);
        }
    };
    return backend.run(record, std::move(stop));
}

Result<std::vector<float>> Model::State::readLogits(std::span<const TokenId> tokens, HeadRows head, std::stop_token stop) {
    std::vector<float> values(head.rows.size() * config.outputVocabulary);
    auto readback = backend.allocate(values.size() * sizeof(float), MemoryUse::Readback);
    if (!readback) {
        return readback.error();
    }
    const auto recordRead = [&](Pass& pass, const Tensor& logits, uint32_t first) {
        pass.readTensor(logits, **readback, uint64_t{first} * logits.columns * sizeof(float));
    };
    const auto ran = run(tokens, head, recordRead, std::move(stop));
    if (!ran) {
        return ran.error();
    }
    std::memcpy(values.data(), (*readback)->hostBytes().data(), values.size() * sizeof(float));
    return values;
}

Model::Model(std::unique_ptr<State> state) : state_(std::move(state)) {}
Model::~Model() = default;

Result<std::unique_ptr<Model>> Model::load(Backend& backend, std::shared_ptr<const ModelSource> source, const Progress& progress,
                                           std::stop_token stop) {
    auto config = readModelConfig(*source);
    if (!config) {
        return config.error();
    }
    auto data = source->tokenizer();
    if (!data) {
        return data.error();
    }
    auto tokenizer = Tokenizer::create(std::move(*data));
    if (!tokenizer) {
        return tokenizer.error();
    }
    std::unique_ptr<State> state(new State{.backend = backend,
                                           .source = std::move(source),
                                           .config = std::move(*config),
                                           .tokenizer = std::move(*tokenizer),
                                           .weights = {},
                                           .activations = nullptr});
    const auto fits = state->checkFits(1);
    if (!fits) {
        return fits.error();
    }
    auto weights = loadWeights(backend, *state->source, state->config, progress, std::move(stop));
    if (!weights) {
        return weights.error();
    }
    state->weights = std::move(*weights);
    return std::unique_ptr<Model>(new Model(std::move(state)));
}

const ModelConfig& Model::config() const {
    return state_->config;
}

const ModelSource& Model::source() const {
    return *state_->source;
}

std::shared_ptr<const Tokenizer> Model::tokenizer() const {
    return state_->tokenizer;
}

Backend& Model::backend() const {
    return state_->backend;
}

MemoryEstimate Model::memoryFor(uint32_t canvasLength) const {
    return state_->memoryFor(canvasLength);
}

TraceHeader Model::identity() const {
    const ModelConfig& config = state_->config;
    const DeviceInfo& device = state_->backend.device();
    TraceHeader header;
    header.appVersion = CRYSTALLITE_VERSION;
    header.modelName = config.name;
    header.modelFingerprint = state_->source->fingerprint();
    header.modelFormat = formatOf(*state_->source);
    header.architecture = config.architecture;
    header.parameters = config.parameters;
    header.vocabulary = config.vocabulary;
    header.device = device.name;
    header.driver = device.driver;
    header.maskId = config.maskId;
    header.endIds = config.endIds;
    header.layout = config.layout;
    return header;
}

Result<std::vector<SlotBelief>> Model::forward(const ForwardRequest& request, std::stop_token stop) {
    const ModelConfig& config = state_->config;
    const auto forbidden = static_cast<uint32_t>(config.forbiddenIds.size());
    const uint32_t count = std::min(request.candidates, config.outputVocabulary - forbidden);
    ENGINE_ASSERT(count >= 1 && count <= kMaxCandidates);
    const uint32_t rowWords = candidateRowWords(count);

    const auto recordCandidates = [&](Pass& pass, const Tensor& logits, uint32_t first) {
        const Activations& buffers = *state_->activations;
        pass.candidates({.logits = logits,
                         .forbidden = {.buffer = buffers.forbidden.get(), .count = forbidden},
                         .positions = {.buffer = buffers.openSlots.get(), .offsetBytes = first * sizeof(uint32_t), .count = logits.rows},
                         .count = count,
                         .noise = request.noise,
                         .out = buffers.candidates.get(),
                         .outOffsetBytes = uint64_t{first} * rowWords * sizeof(uint32_t)});
    };
    const std::vector<uint32_t> rows = predictingRows(config, request.openSlots);
    const auto ran = state_->run(request.tokens, {.rows = rows, .slots = request.openSlots}, recordCandidates, std::move(stop));
    if (!ran) {
        return ran.error();
    }

    const auto* words = reinterpret_cast<const uint32_t*>(state_->activations->candidates->hostBytes().data());
    std::vector<SlotBelief> beliefs;
    beliefs.reserve(request.openSlots.size());
    for (const uint32_t position : request.openSlots) {
        beliefs.push_back(beliefFromWords(words, count, position));
        words += rowWords;
    }
    return beliefs;
}

Result<std::vector<float>> Model::logits(std::span<const TokenId> tokens, std::span<const uint32_t> openSlots, std::stop_token stop) {
    const std::vector<uint32_t> rows = predictingRows(state_->config, openSlots);
    return state_->readLogits(tokens, {.rows = rows, .slots = openSlots}, std::move(stop));
}

Result<std::vector<float>> Model::rowLogits(std::span<const TokenId> tokens, std::span<const uint32_t> rows, std::stop_token stop) {
    return state_->readLogits(tokens, {.rows = rows, .slots = rows}, std::move(stop));
}

}  // namespace crystallite
