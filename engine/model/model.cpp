#include "engine/model/model.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/activations.h"
#include "engine/model/forward_pass.h"
#include "engine/model/front_layers.h"
#include "engine/model/transformer.h"
#include "engine/model/weights.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <utility>

namespace crystallite {
namespace {

/// With a shift nothing stands before slot 0; its own row is the best there is.
uint32_t predictingRow(const ModelConfig& config, uint32_t slot) {
    return config.shiftLogits && slot > 0 ? slot - 1 : slot;
}

std::vector<uint32_t> predictingRows(const ModelConfig& config, std::span<const uint32_t> slots) {
    std::vector<uint32_t> rows(slots.size());
    std::transform(slots.begin(), slots.end(), rows.begin(), [&config](uint32_t slot) { return predictingRow(config, slot); });
    return rows;
}

/// Transformer rows needed for a head row: all of them, or with causal attention those up to it.
uint32_t rowsUpTo(const ModelConfig& config, uint32_t slots, uint32_t lastRow) {
    return config.isAutoregressive() ? lastRow + 1 : slots;
}

/// Device and driver as a trace names them.
struct ComputedBy {
    std::string device;
    std::string driver;
};

}  // namespace

uint32_t rowsComputed(const ModelConfig& config, uint32_t slots, std::span<const uint32_t> openSlots) {
    return rowsUpTo(config, slots, predictingRow(config, openSlots.back()));
}

uint32_t rowsOfShadow(const ModelConfig& config, uint32_t slots) {
    return config.shiftLogits ? 2 * slots : slots;
}

struct Model::State {
    Backend& backend;  // computes the last layers and the head
    std::shared_ptr<const ModelSource> source;
    ModelConfig config;
    std::shared_ptr<const Tokenizer> tokenizer;
    LayerRange layers;  // of the backend
    bool loadAnyway;
    std::unique_ptr<FrontLayers> front;  // the layers before them, if there are any
    Weights weights;
    std::unique_ptr<Activations> activations;
    ForwardBuffers buffers;
    std::vector<TokenId> held;  ///< the text whose residual stream the activations hold; empty: of none

    /// The rows of a pass: a text, the slots of it that are asked for with the rows (rising) that go through the head for them, and the
    /// slots that are repeated behind the text.
    struct Rows {
        std::span<const TokenId> tokens;
        std::span<const uint32_t> openSlots;
        std::span<const uint32_t> headRows;
        ShadowRows shadow;
        bool repeatsText = false;

        [[nodiscard]] uint32_t text() const { return static_cast<uint32_t>(tokens.size()); }
    };
    /// Called while the pass is recorded, after the blocks.
    using UseResidual = std::function<void(Pass&, const Transformer&)>;
    /// Called while the pass is recorded, with the logits of head rows [first, first + logits.rows); the rows of the shadow follow those of
    /// the open slots.
    using UseLogits = std::function<void(Pass&, const Transformer&, const Tensor& logits, uint32_t first)>;
    Result<void> runBlocks(const Rows& rows, const UseResidual& use, std::stop_token stop);
    Result<void> run(const Rows& rows, const UseLogits& use, std::stop_token stop);
    Result<std::vector<float>> readLogits(const Rows& rows, std::stop_token stop);

    Result<void> prepare(uint32_t slots);
    /// Returns the ids of all rows.
    std::vector<TokenId> upload(const Rows& rows);
    Result<void> load(Backend* host, const Progress& progress, std::stop_token stop);
    void releaseCopied();
    [[nodiscard]] LoadPlan planFor(uint32_t slots) const;
    [[nodiscard]] Result<void> checkRoom(uint32_t slots) const;
    [[nodiscard]] ComputedBy computedBy() const;
};

LoadPlan Model::State::planFor(uint32_t slots) const {
    const OfferedDevices devices{.device = backend.device(), .host = front ? &front->backend().device() : nullptr};
    return planLoad(*source, config, devices, layers.count(), slots);
}

/// Against the budget that the driver stated when the device was opened, before this model took its part of it.
Result<void> Model::State::checkRoom(uint32_t slots) const {
    return loadAnyway ? Result<void>() : checkFits(planFor(slots), source->displayName());
}

/// The weights, if they and one slot have room.
Result<void> Model::State::load(Backend* host, const Progress& progress, std::stop_token stop) {
    if (!layers.embeds()) {
        auto loaded = FrontLayers::load(*host, *source, config, {.first = 0, .end = layers.first, .of = layers.of}, stop);
        if (!loaded) {
            return loaded.error();
        }
        front = std::move(*loaded);
    }
    if (const auto fits = checkRoom(1); !fits) {
        return fits;
    }
    auto loaded = loadWeights(backend, *source, config, layers, progress, std::move(stop));
    if (!loaded) {
        return loaded.error();
    }
    weights = std::move(*loaded);
    releaseCopied();
    return {};
}

/// What a device has copied need not lie in memory too.
void Model::State::releaseCopied() {
    if (weights.store->readsSources()) {
        return;
    }
    const std::set<std::string, std::less<>> read =
        front ? weightNames(*source, config, front->layers()) : std::set<std::string, std::less<>>();
    const auto isDone = [&read](const StoredTensor& tensor) { return !read.contains(tensor.name); };
    if (auto rest = source->withoutBytesOf(isDone)) {
        source = std::move(rest);
    }
}

Result<void> Model::State::prepare(uint32_t slots) {
    if (activations && activations->slots() >= slots) {
        return {};
    }
    activations.reset();
    held.clear();
    if (const auto fits = checkRoom(slots); !fits) {
        return fits;
    }
    if (const auto prepared = front ? front->prepare(slots) : Result<void>(); !prepared) {
        return prepared;
    }
    auto created = Activations::create(backend, config, layers, slots);
    if (!created) {
        return created.error();
    }
    activations = std::move(*created);
    return {};
}

std::vector<TokenId> Model::State::upload(const Rows& rows) {
    const auto& [tokens, openSlots, headRows, shadow, repeatsText] = rows;
    ENGINE_ASSERT(std::all_of(tokens.begin(), tokens.end(), [this](TokenId id) { return id < config.vocabulary; }));
    ENGINE_ASSERT(std::all_of(headRows.begin(), headRows.end(), [&](uint32_t row) { return row < rows.text(); }));
    std::vector<TokenId> ids(tokens.begin(), tokens.end());
    std::vector<uint32_t> slots(openSlots.begin(), openSlots.end());
    std::vector<uint32_t> predicting(headRows.begin(), headRows.end());
    for (uint32_t row = 0; row < shadow.rows; ++row) {
        ids.push_back(config.maskId);
        slots.push_back(shadow.begin + row);
        predicting.push_back(rows.text() + rowsOfShadow(config, shadow.rows) - shadow.rows + row);
    }
    for (uint32_t row = 0; config.shiftLogits && row < shadow.rows; ++row) {
        const uint32_t slot = shadow.begin + row;
        ids.push_back(slot == 0 ? config.maskId : tokens[predictingRow(config, slot)]);
    }
    writeWords(*activations->tokens, ids);
    writeWords(*activations->openSlots, slots);
    writeWords(*activations->openRows, predicting);
    return ids;
}

Result<void> Model::State::runBlocks(const Rows& rows, const UseResidual& use, std::stop_token stop) {
    ENGINE_ASSERT(rows.text() > 0 && !rows.headRows.empty() && rows.headRows.size() == rows.openSlots.size());
    if (config.learnedPositions && rows.text() > config.contextLength) {
        return Error{ErrorKind::InvalidArgument, inQuotes(source->displayName()) + " has learned positions for " +
                                                     std::to_string(config.contextLength) + " slots; a canvas of " +
                                                     std::to_string(rows.text()) + " is too long for it"};
    }
    const uint32_t shadow = rowsOfShadow(config, rows.shadow.rows);
    const auto prepared = prepare(rows.text() + shadow);
    if (!prepared) {
        return prepared;
    }
    const std::vector<TokenId> ids = upload(rows);

    const uint32_t computed = rowsUpTo(config, rows.text(), rows.headRows.back()) + shadow;
    const bool isWhole = shadow == 0 && computed == rows.text();
    const bool isHeld = rows.repeatsText && isWhole && std::equal(held.begin(), held.end(), rows.tokens.begin(), rows.tokens.end());
    held.clear();
    if (front && !isHeld) {
        if (const auto ran = front->run(ids, computed, rows.shadow, *activations->border, stop); !ran) {
            return ran;
        }
    }
    const Transformer transformer(config, weights, *activations, computed, rows.shadow);
    const auto record = [&](Pass& pass) {
        if (!isHeld) {
            transformer.recordBlocks(pass);
        }
        use(pass, transformer);
    };
    Result<void> ran = backend.run(record, std::move(stop));
    if (ran && isWhole) {
        held.assign(rows.tokens.begin(), rows.tokens.end());
    }
    return ran;
}

Result<void> Model::State::run(const Rows& rows, const UseLogits& use, std::stop_token stop) {
    const auto open = static_cast<uint32_t>(rows.openSlots.size());
    const auto recordHeads = [&](Pass& pass, const Transformer& transformer) {
        const auto recordAll = [&](uint32_t begin, uint32_t end) {
            for (uint32_t first = begin; first < end; first += activations->logitRows()) {
                const uint32_t count = std::min(activations->logitRows(), end - first);
                use(pass, transformer, transformer.recordHead(pass, first, count), first);
            }
        };
        recordAll(0, open);
        recordAll(open, open + rows.shadow.rows);
    };
    return runBlocks(rows, recordHeads, std::move(stop));
}

Result<std::vector<float>> Model::State::readLogits(const Rows& rows, std::stop_token stop) {
    std::vector<float> values(rows.headRows.size() * config.outputVocabulary);
    auto readback = backend.allocate(values.size() * sizeof(float), MemoryUse::Readback);
    if (!readback) {
        return readback.error();
    }
    const auto recordRead = [&](Pass& pass, const Transformer&, const Tensor& logits, uint32_t first) {
        pass.readTensor(logits, **readback, uint64_t{first} * logits.columns * sizeof(float));
    };
    const auto ran = run(rows, recordRead, std::move(stop));
    if (!ran) {
        return ran.error();
    }
    std::memcpy(values.data(), (*readback)->hostBytes().data(), values.size() * sizeof(float));
    return values;
}

/// The border belongs to the name: where another device takes over, the last digits of every number after it are others.
ComputedBy Model::State::computedBy() const {
    const DeviceInfo& last = backend.device();
    if (!front) {
        return {.device = last.name, .driver = last.driver};
    }
    const DeviceInfo& first = front->backend().device();
    return {.device = first.name + " (" + textOf(front->layers()) + ") + " + last.name + " (" + textOf(layers) + ")",
            .driver = first.driver + " + " + last.driver};
}

Model::Model(std::unique_ptr<State> state) : state_(std::move(state)) {}
Model::~Model() = default;

Result<std::unique_ptr<Model>> Model::load(ModelBackends backends, std::shared_ptr<const ModelSource> source, const LoadOptions& options,
                                           const Progress& progress, std::stop_token stop) {
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
    const OfferedDevices devices{.device = backends.device.device(), .host = backends.host ? &backends.host->device() : nullptr};
    const uint32_t onDevice = layersOnDevice(*source, *config, devices, options, usualCanvas(*config));
    const uint32_t border = onDevice == 0 ? 0 : config->layers - onDevice;
    std::unique_ptr<State> state(new State{.backend = onDevice == 0 ? *backends.host : backends.device,
                                           .source = std::move(source),
                                           .config = std::move(*config),
                                           .tokenizer = std::move(*tokenizer),
                                           .layers = {.first = border, .end = config->layers, .of = config->layers},
                                           .loadAnyway = options.loadAnyway,
                                           .front = nullptr,
                                           .weights = {},
                                           .activations = nullptr,
                                           .buffers = {},
                                           .held = {}});
    if (const auto loaded = state->load(backends.host, progress, std::move(stop)); !loaded) {
        return loaded.error();
    }
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

std::vector<Backend*> Model::backends() const {
    std::vector<Backend*> all = {&state_->backend};
    if (state_->front) {
        all.insert(all.begin(), &state_->front->backend());
    }
    return all;
}

LoadPlan Model::planFor(uint32_t slots) const {
    return state_->planFor(slots);
}

TraceHeader Model::identity() const {
    const ModelConfig& config = state_->config;
    const ComputedBy by = state_->computedBy();
    TraceHeader header;
    header.appVersion = CRYSTALLITE_VERSION;
    header.modelName = config.name;
    header.modelFingerprint = state_->source->fingerprint();
    header.modelFormat = std::string(layoutOf(mainFormat(*state_->source)).name);
    header.architecture = config.architecture;
    header.parameters = config.parameters;
    header.vocabulary = config.vocabulary;
    header.device = by.device;
    header.driver = by.driver;
    header.maskId = config.maskId;
    header.endIds = config.endIds;
    header.layout = config.layout;
    return header;
}

Result<ForwardResult> Model::forward(const ForwardRequest& request, std::stop_token stop) {
    // The buffers of the pass are as large as those of the canvas.
    const uint32_t rows = static_cast<uint32_t>(request.tokens.size()) + rowsOfShadow(state_->config, request.shadow.rows);
    if (const auto prepared = state_->prepare(rows); !prepared) {
        return prepared.error();
    }
    ForwardPass forward(state_->config, *state_->activations, state_->buffers, request);
    if (const auto prepared = forward.prepare(state_->backend); !prepared) {
        return prepared.error();
    }
    const std::vector<uint32_t> headRows = predictingRows(state_->config, request.openSlots);
    if (!request.unconditional.empty()) {
        ENGINE_ASSERT(request.unconditional.size() == request.tokens.size());
        const auto record = [&](Pass& pass, const Transformer& transformer) { forward.recordUnconditional(pass, transformer); };
        if (const auto ran = state_->runBlocks(
                {.tokens = request.unconditional, .openSlots = request.openSlots, .headRows = headRows, .shadow = {}}, record, stop);
            !ran) {
            return ran.error();
        }
    }
    const auto record = [&](Pass& pass, const Transformer& transformer, const Tensor& logits, uint32_t first) {
        forward.recordUse(pass, transformer, logits, first);
    };
    if (const auto ran =
            state_->run({request.tokens, request.openSlots, headRows, request.shadow, request.repeatsText}, record, std::move(stop));
        !ran) {
        return ran.error();
    }
    return forward.read();
}

Result<std::vector<float>> Model::logits(std::span<const TokenId> tokens, std::span<const uint32_t> openSlots, std::stop_token stop) {
    const std::vector<uint32_t> rows = predictingRows(state_->config, openSlots);
    return state_->readLogits({.tokens = tokens, .openSlots = openSlots, .headRows = rows, .shadow = {}}, std::move(stop));
}

Result<std::vector<float>> Model::rowLogits(std::span<const TokenId> tokens, std::span<const uint32_t> rows, std::stop_token stop) {
    return state_->readLogits({.tokens = tokens, .openSlots = rows, .headRows = rows, .shadow = {}}, std::move(stop));
}

}  // namespace crystallite
