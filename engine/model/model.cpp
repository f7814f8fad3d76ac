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

/// Device and driver as a trace names them.
struct ComputedBy {
    std::string device;
    std::string driver;
};

}  // namespace

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
    KvStore store;  ///< of the backend's layers; the front has its own
    /// The text whose residual stream the activations hold, and what its rows see; no tokens: none.
    struct Held {
        std::vector<TokenId> tokens;
        TextVisibility visibility;
    } held;

    /// What a pass is for: a text, the slots of it that are asked for with the rows (rising) that go through the head for them, and the
    /// slots that are repeated behind the text.
    struct Rows {
        std::span<const TokenId> tokens;
        std::span<const uint32_t> openSlots;
        std::span<const uint32_t> headRows;
        ShadowRows shadow = {};
        bool repeatsText = false;
        TextVisibility visibility = {};
        std::optional<CachedRows> cached = {};

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

    Result<void> prepare(uint32_t slots, bool stored);
    void forgetStores();
    [[nodiscard]] PassRows passRows(const Rows& rows) const;
    /// Returns the ids of all rows.
    std::vector<TokenId> upload(const Rows& rows, const PassRows& pass);
    [[nodiscard]] bool holds(const Rows& rows) const;
    Result<void> load(Backend* host, const Progress& progress, std::stop_token stop);
    void releaseCopied();
    [[nodiscard]] LoadPlan planFor(uint32_t slots, bool stored) const;
    [[nodiscard]] Result<void> checkRoom(uint32_t slots, bool stored) const;
    [[nodiscard]] ComputedBy computedBy() const;
};

LoadPlan Model::State::planFor(uint32_t slots, bool stored) const {
    const OfferedDevices devices{.device = backend.device(), .host = front ? &front->backend().device() : nullptr};
    return planLoad(*source, config, devices, layers.count(), slots, stored ? StoreRoom::Always : StoreRoom::WhereExact);
}

/// Against the budget that the driver stated when the device was opened, before this model took its part of it.
Result<void> Model::State::checkRoom(uint32_t slots, bool stored) const {
    return loadAnyway ? Result<void>() : checkFits(planFor(slots, stored), source->displayName());
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
    if (const auto fits = checkRoom(1, false); !fits) {
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

/// `stored`: some of the rows are to stay in the store.
Result<void> Model::State::prepare(uint32_t slots, bool stored) {
    const bool computes = activations && activations->slots() >= slots;
    const bool keeps = !stored || store.slots() >= slots;
    if (computes && keeps) {
        return {};
    }
    if (!computes) {
        activations.reset();
        held = {};
    }
    if (const auto fits = checkRoom(slots, stored || store.slots() > 0); !fits) {
        return fits;
    }
    if (const auto prepared = front ? front->prepare(slots, stored) : Result<void>(); !prepared) {
        return prepared;
    }
    if (!computes) {
        auto created = Activations::create(backend, config, layers, slots);
        if (!created) {
            return created.error();
        }
        activations = std::move(*created);
    }
    return stored ? store.reserve(slots) : Result<void>();
}

PassRows Model::State::passRows(const Rows& rows) const {
    PassRows pass{.shadow = rows.shadow, .visibility = rows.visibility};
    if (rows.cached) {
        const auto& [begin, end, owner] = *rows.cached;
        ENGINE_ASSERT(begin < end && end <= rows.text() && rows.shadow.rows == 0);
        pass.first = begin;
        pass.text = end - begin;
        pass.seen = rowsSeen(config, rows.visibility, rows.text(), end - 1);
        pass.owner = owner;
    } else {
        pass.text = rowsSeen(config, rows.visibility, rows.text(), rows.headRows.back());
        pass.seen = pass.text;
    }
    ENGINE_ASSERT(rows.headRows.empty() || (rows.headRows.front() >= pass.first && rows.headRows.back() < pass.end()));
    return pass;
}

std::vector<TokenId> Model::State::upload(const Rows& rows, const PassRows& pass) {
    const std::span<const TokenId> tokens = rows.tokens;
    ENGINE_ASSERT(std::all_of(tokens.begin(), tokens.end(), [this](TokenId id) { return id < config.vocabulary; }));
    const std::span<const TokenId> computed = tokens.subspan(pass.first, pass.text);
    std::vector<TokenId> ids(computed.begin(), computed.end());
    std::vector<uint32_t> slots(rows.openSlots.begin(), rows.openSlots.end());
    std::vector<uint32_t> predicting;
    for (const uint32_t row : rows.headRows) {
        predicting.push_back(row - pass.first);
    }
    for (uint32_t row = 0; row < pass.shadow.rows; ++row) {
        ids.push_back(config.maskId);
        slots.push_back(pass.shadow.begin + row);
        predicting.push_back(pass.count(config) - pass.shadow.rows + row);
    }
    for (uint32_t row = 0; config.shiftLogits && row < pass.shadow.rows; ++row) {
        const uint32_t slot = pass.shadow.begin + row;
        ids.push_back(slot == 0 ? config.maskId : tokens[predictingRow(config, slot)]);
    }
    writeWords(*activations->tokens, ids);
    writeWords(*activations->openSlots, slots);
    writeWords(*activations->openRows, predicting);
    return ids;
}

Result<void> Model::State::runBlocks(const Rows& rows, const UseResidual& use, std::stop_token stop) {
    ENGINE_ASSERT(rows.text() > 0 && rows.headRows.size() == rows.openSlots.size() && (rows.cached || !rows.headRows.empty()));
    if (config.learnedPositions && rows.text() > config.contextLength) {
        return Error{ErrorKind::InvalidArgument, inQuotes(source->displayName()) + " has learned positions for " +
                                                     std::to_string(config.contextLength) + " slots; a canvas of " +
                                                     std::to_string(rows.text()) + " is too long for it"};
    }
    const auto prepared = prepare(rows.text() + rowsOfShadow(config, rows.shadow.rows), rows.cached.has_value());
    if (!prepared) {
        return prepared;
    }
    const PassRows pass = passRows(rows);
    const std::vector<TokenId> ids = upload(rows, pass);

    const bool isWhole = !rows.cached && pass.count(config) == rows.text();
    const bool isHeld = isWhole && holds(rows);
    held = {};
    Result<void> ran = front && !isHeld ? front->run(ids, pass, *activations->border, stop) : Result<void>();
    if (ran) {
        ran = runStored(store, pass, [&](const KvStore* joined) {
            const Transformer transformer(config, weights, *activations, pass, joined);
            const auto record = [&](Pass& recorded) {
                if (!isHeld) {
                    transformer.recordBlocks(recorded);
                }
                use(recorded, transformer);
            };
            return backend.run(record, std::move(stop));
        });
    }
    if (ran && isWhole) {
        held = {.tokens = {rows.tokens.begin(), rows.tokens.end()}, .visibility = rows.visibility};
    }
    if (!ran && rows.cached) {
        forgetStores();
    }
    return ran;
}

/// One device may have come further than the other.
void Model::State::forgetStores() {
    store.forget();
    if (front) {
        front->store().forget();
    }
}

bool Model::State::holds(const Rows& rows) const {
    return rows.repeatsText && held.visibility == rows.visibility &&
           std::equal(held.tokens.begin(), held.tokens.end(), rows.tokens.begin(), rows.tokens.end());
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
    Backend& backend = onDevice == 0 ? *backends.host : backends.device;
    const LayerRange layers{.first = onDevice == 0 ? 0 : config->layers - onDevice, .end = config->layers, .of = config->layers};
    const uint32_t keyWidth = config->kvHeads * config->headDim;
    std::unique_ptr<State> state(new State{.backend = backend,
                                           .source = std::move(source),
                                           .config = std::move(*config),
                                           .tokenizer = std::move(*tokenizer),
                                           .layers = layers,
                                           .loadAnyway = options.loadAnyway,
                                           .front = nullptr,
                                           .weights = {},
                                           .activations = nullptr,
                                           .buffers = {},
                                           .store = KvStore(backend, layers.count(), keyWidth),
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
    return state_->planFor(slots, state_->store.slots() > 0);
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
    ENGINE_ASSERT(!request.cached || (request.unconditional.empty() && request.shadow.rows == 0));
    // The buffers of the pass are as large as those of the canvas.
    const uint32_t slots = static_cast<uint32_t>(request.tokens.size()) + rowsOfShadow(state_->config, request.shadow.rows);
    if (const auto prepared = state_->prepare(slots, request.cached.has_value()); !prepared) {
        return prepared.error();
    }
    ForwardPass pass(state_->config, *state_->activations, state_->buffers, request);
    if (const auto prepared = pass.prepare(state_->backend); !prepared) {
        return prepared.error();
    }
    const std::vector<uint32_t> headRows = predictingRows(state_->config, request.openSlots);
    State::Rows rows{
        .tokens = request.tokens,
        .openSlots = request.openSlots,
        .headRows = headRows,
        .shadow = request.shadow,
        .repeatsText = request.repeatsText,
        .visibility = {.blockOffset = request.blockOffset, .blockLength = request.blockLength, .canvasBegin = request.canvasBegin},
        .cached = request.cached};
    if (!request.unconditional.empty()) {
        ENGINE_ASSERT(request.unconditional.size() == request.tokens.size());
        State::Rows without = rows;
        without.tokens = request.unconditional;
        without.repeatsText = false;
        const auto record = [&](Pass& recorded, const Transformer& transformer) { pass.recordUnconditional(recorded, transformer); };
        if (const auto ran = state_->runBlocks(without, record, stop); !ran) {
            return ran.error();
        }
    }
    const auto record = [&](Pass& recorded, const Transformer& transformer, const Tensor& logits, uint32_t first) {
        pass.recordUse(recorded, transformer, logits, first);
    };
    if (const auto ran = state_->run(rows, record, std::move(stop)); !ran) {
        return ran.error();
    }
    return pass.read();
}

bool Model::holdsCacheOf(uint64_t owner) const {
    return state_->store.holdsRowsOf(owner);
}

Result<std::vector<float>> Model::logits(std::span<const TokenId> tokens, std::span<const uint32_t> openSlots, std::stop_token stop) {
    const std::vector<uint32_t> rows = predictingRows(state_->config, openSlots);
    return state_->readLogits({.tokens = tokens, .openSlots = openSlots, .headRows = rows}, std::move(stop));
}

Result<std::vector<float>> Model::rowLogits(std::span<const TokenId> tokens, std::span<const uint32_t> rows, std::stop_token stop,
                                            const RowsSettings& settings) {
    return state_->readLogits(
        {.tokens = tokens, .openSlots = rows, .headRows = rows, .visibility = settings.visibility, .cached = settings.cached},
        std::move(stop));
}

}  // namespace crystallite
