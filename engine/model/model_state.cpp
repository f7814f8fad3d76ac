#include "engine/model/model_state.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <utility>

namespace crystallite {

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
    const bool isHeld = isWhole && rows.watch == nullptr && holds(rows);
    held = {};
    const WatchedRow* const watchedFront = rows.watch != nullptr && rows.watch->front ? &*rows.watch->front : nullptr;
    const WatchedRow* const watched = rows.watch != nullptr ? &rows.watch->own : nullptr;
    Result<void> ran = front && !isHeld ? front->run(ids, pass, *activations->border, stop, watchedFront) : Result<void>();
    if (ran) {
        ran = runStored(store, pass, [&](const KvStore* joined) {
            const Transformer transformer(config, weights, *activations, pass, joined, watched);
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

/// The slot's row must be among those of the pass over `rows`.
Result<Model::State::Watch> Model::State::watch(const Rows& rows, uint32_t slot) {
    ENGINE_ASSERT(!rows.cached && rows.shadow.rows == 0);
    const uint32_t row = predictingRow(config, slot);
    const uint32_t keys = passRows(rows).seen;
    auto own = WatchedRow::create(backend, config, layers, row, keys);
    if (!own) {
        return own.error();
    }
    Watch watch{.front = {}, .own = std::move(*own)};
    if (front) {
        auto before = WatchedRow::create(front->backend(), config, front->layers(), row, keys);
        if (!before) {
            return before.error();
        }
        watch.front = std::move(*before);
    }
    return watch;
}

std::vector<float> Model::State::Watch::weights(const ModelConfig& model, uint32_t slots) const {
    std::vector<float> seen = front ? front->weights() : std::vector<float>();
    const std::vector<float> last = own.weights();
    seen.insert(seen.end(), last.begin(), last.end());
    const size_t rows = size_t{model.layers} * model.heads;
    const size_t keys = seen.size() / rows;
    std::vector<float> all(rows * slots, 0.0F);
    for (size_t row = 0; row < rows; ++row) {
        std::copy_n(seen.data() + row * keys, keys, all.data() + row * slots);
    }
    return all;
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

}  // namespace crystallite
