#include "engine/model/watched_row.h"

#include "engine/base/assert.h"

#include <cstring>
#include <utility>

namespace crystallite {

WatchedRow::WatchedRow(std::unique_ptr<Buffer> onDevice, std::unique_ptr<Buffer> onHost, const Tensor& all, uint32_t row)
    : onDevice_(std::move(onDevice)), onHost_(std::move(onHost)), all_(all), row_(row) {}

Result<WatchedRow> WatchedRow::create(Backend& backend, const ModelConfig& config, LayerRange layers, uint32_t row, uint32_t keys) {
    ENGINE_ASSERT(row < keys);
    const uint32_t rows = layers.count() * config.heads;
    const uint64_t bytes = uint64_t{rows} * keys * sizeof(float);
    auto onDevice = backend.allocate(bytes, MemoryUse::Activations);
    if (!onDevice) {
        return onDevice.error();
    }
    auto onHost = backend.allocate(bytes, MemoryUse::Readback);
    if (!onHost) {
        return onHost.error();
    }
    const Tensor all = denseTensor(**onDevice, rows, keys);
    return WatchedRow(std::move(*onDevice), std::move(*onHost), all, row);
}

void WatchedRow::record(Pass& pass, const AttentionArgs& attention, uint32_t index) const {
    const uint32_t heads = attention.queries.columns / attention.headDim;
    AttentionArgs ofRow = attention;
    ofRow.queries = attention.queries.rowRange(row_, 1);
    ofRow.firstQuery = attention.firstQuery + row_;
    pass.attentionWeights({.attention = ofRow, .out = all_.rowRange(index * heads, heads)});
}

void WatchedRow::recordRead(Pass& pass) const {
    pass.readTensor(all_, *onHost_, 0);
}

std::vector<float> WatchedRow::weights() const {
    std::vector<float> values(size_t{all_.rows} * all_.columns);
    std::memcpy(values.data(), onHost_->hostBytes().data(), values.size() * sizeof(float));
    return values;
}

}  // namespace crystallite
