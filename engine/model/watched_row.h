#pragma once

#include "engine/backend/backend.h"
#include "engine/model/layer_range.h"
#include "engine/model/model_config.h"

#include <memory>
#include <vector>

namespace crystallite {

/// Where one row of a pass looks in the layers of one device: measured beside the attention itself, which it does not touch. Passes that
/// nobody asked this of have none.
class WatchedRow {
public:
    /// `row` counts from the first of the pass; its attention has `keys` keys.
    static Result<WatchedRow> create(Backend& backend, const ModelConfig& config, LayerRange layers, uint32_t row, uint32_t keys);

    /// Beside the attention of the pass's rows, `attention`, in the layer `index` of the range.
    void record(Pass& pass, const AttentionArgs& attention, uint32_t index) const;
    /// Behind the last layer.
    void recordRead(Pass& pass) const;
    /// [layers of the range, heads, keys], after the pass.
    [[nodiscard]] std::vector<float> weights() const;

private:
    WatchedRow(std::unique_ptr<Buffer> onDevice, std::unique_ptr<Buffer> onHost, const Tensor& all, uint32_t row);

    std::unique_ptr<Buffer> onDevice_;  // [layers * heads, keys] f32
    std::unique_ptr<Buffer> onHost_;    // the same, host
    Tensor all_;                        // of onDevice_
    uint32_t row_;
};

}  // namespace crystallite
