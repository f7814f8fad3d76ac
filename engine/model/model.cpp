#include "engine/model/model.h"

#include "engine/base/assert.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/forward_pass.h"
#include "engine/model/model_state.h"

#include <utility>

namespace crystallite {

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
                                           .held = {},
                                           .comparedBy = {}});
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
    if (request.comparison != Comparison::None) {
        ENGINE_ASSERT(request.comparison == Comparison::Begin || holdsComparisonOf(request.comparedBy));
        state_->comparedBy.reset();  // until the pass is done
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
    std::optional<State::Watch> watch;
    if (request.attentionOf) {
        auto made = state_->watch(rows, *request.attentionOf);
        if (!made) {
            return made.error();
        }
        watch = std::move(*made);
        rows.watch = &*watch;
    }
    const auto record = [&](Pass& recorded, const Transformer& transformer, const Tensor& logits, uint32_t first) {
        pass.recordUse(recorded, transformer, logits, first);
    };
    if (const auto ran = state_->run(rows, record, std::move(stop)); !ran) {
        return ran.error();
    }
    if (request.comparison != Comparison::None) {
        state_->comparedBy = request.comparedBy;
    }
    ForwardResult result = pass.read();
    if (watch) {
        result.attention = watch->weights(state_->config, rows.text());
    }
    return result;
}

bool Model::holdsCacheOf(uint64_t owner) const {
    return state_->store.holdsRowsOf(owner);
}

bool Model::holdsComparisonOf(uint64_t owner) const {
    return state_->comparedBy == owner;
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
