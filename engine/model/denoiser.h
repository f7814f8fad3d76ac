#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/model/model_config.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/step_record.h"
#include "engine/trace/trace.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// One forward pass over a canvas.
struct ForwardRequest {
    std::span<const TokenId> tokens;      ///< the whole canvas, mask ids included
    std::span<const uint32_t> openSlots;  ///< positions whose distribution is wanted, rising
    uint32_t candidates = 8;              ///< k; fewer are reported where fewer may be emitted
    SamplingNoise noise;
};

/// Transformer rows of a pass over a canvas of `slots`: all of it, or with causal attention those up to the last that is asked.
uint32_t rowsComputed(const ModelConfig& config, uint32_t slots, std::span<const uint32_t> openSlots);

/// What a decoding session needs of a model: beliefs about masked slots, and who it is. Inference thread only.
class Denoiser {
public:
    Denoiser() = default;
    Denoiser(const Denoiser&) = delete;
    Denoiser& operator=(const Denoiser&) = delete;
    virtual ~Denoiser() = default;

    [[nodiscard]] virtual const ModelConfig& config() const = 0;
    [[nodiscard]] virtual std::shared_ptr<const Tokenizer> tokenizer() const = 0;
    /// The fields of a trace's header that name the weights, their special ids and the device; the rest is left to the run.
    [[nodiscard]] virtual TraceHeader identity() const = 0;
    /// The beliefs at the open slots, in their order, scores unset. The logits stay on the device.
    virtual Result<std::vector<SlotBelief>> forward(const ForwardRequest& request, std::stop_token stop) = 0;
};

}  // namespace crystallite
