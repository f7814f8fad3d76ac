#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/diffusion/run_plan.h"
#include "engine/model/denoiser.h"
#include "engine/trace/canvas.h"
#include "engine/trace/decode_settings.h"
#include "engine/trace/trace.h"

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// A run in progress: a canvas that is denoised step by step, or written from left to right by a causal model. Inference thread only; the
/// model must outlive it.
class Session {
public:
    /// `prompt` as typed; InvalidArgument when it and what is asked for do not fit the model, see planRun().
    static Result<std::unique_ptr<Session>> start(Denoiser& model, std::string_view prompt, const DecodeRequest& request);
    /// The same with a prompt of token ids, all of the model's vocabulary; the trace keeps as prompt what they are written as.
    static Result<std::unique_ptr<Session>> start(Denoiser& model, std::span<const TokenId> prompt, const DecodeRequest& request);
    /// Continues `trace` after step `step` as if the later steps had not happened: the continuation is bit-identical to the original on the
    /// same device and settings. Steps by hand are taken over as they are; after the last step it is the run that a person changed which
    /// continues. InvalidArgument when the trace was made with other weights.
    static Result<std::unique_ptr<Session>> restore(Denoiser& model, const Trace& trace, uint32_t step);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] bool finished() const;
    /// Computes one step and appends it to trace(). Cancelled leaves the session as it was, so that step() may be called again.
    Result<void> step(std::stop_token stop = {});
    /// Appends a step in which a person changed `events`, as appendByHand() of trace/branch.h; the next step() works on what it leaves.
    Result<void> changeByHand(std::vector<SlotEvent> events);
    [[nodiscard]] const Trace& trace() const;

private:
    struct State;
    static std::unique_ptr<Session> begin(Denoiser& model, RunPlan plan, std::string prompt);
    explicit Session(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Re-runs a trace step by step and compares. The number of reproduced steps, and what differed first.
struct Verification {
    uint32_t reproduced = 0;
    uint32_t total = 0;
    std::string firstDifference;  ///< empty when every step is reproduced
};
Result<Verification> verifyTrace(Denoiser& model, const Trace& trace, const Progress& progress = {}, std::stop_token stop = {});

}  // namespace crystallite
