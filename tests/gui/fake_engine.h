#pragma once

#include "app/engine_door.h"
#include "tests/support/synthetic_trace.h"

#include <optional>
#include <string>

namespace crystallite::testing {

/// What a FakeEngine does besides telling a synthetic run; shared with the test, because the engine lives on the worker's thread.
struct FakeScript {
    SyntheticRun run;
    std::string loadError;     ///< loading fails with this sentence
    std::string failingModel;  ///< that loadError and loadingWaits are about; empty: every one
    /// That its models can run.
    std::vector<DecodePolicy> policies = {DecodePolicy::Llada, DecodePolicy::Dream, DecodePolicy::Threshold, DecodePolicy::DreamOn,
                                          DecodePolicy::Remdm};
    bool makesRoom = false;                  ///< a model gives its memory back before the next one is loaded
    uint64_t graphicsBytes = 8'000'000'000;  ///< that device 1 offers
    uint32_t failingStep = 0;                ///< this step fails for good; 0: none
    uint32_t waitingStep = 0;                ///< this step lasts until it is stopped; 0: none
    bool loadingWaits = false;               ///< loading lasts until it is stopped
    bool probingWaits = false;               ///< so does a probe of slot 0
    std::string probeError;                  ///< a probe fails with this sentence
};

/// An engine without a model: its run is a synthetic trace, told step by step.
class FakeEngine final : public EngineDoor {
public:
    explicit FakeEngine(FakeScript script);

    std::vector<DeviceInfo> devices() override;
    Result<ModelSummary> load(const ModelRequest& request, const std::function<void(double)>& progress, std::stop_token stop) override;
    [[nodiscard]] const ModelSummary* model() const override { return model_ ? &*model_ : nullptr; }
    [[nodiscard]] bool awaitsReload() const override { return waiting_.has_value(); }
    Result<ModelSummary> reload(const std::function<void(double)>& progress, std::stop_token stop) override;
    Result<void> startRun(const std::string& prompt, const DecodeRequest& request) override;
    Result<void> startRun(const std::vector<TokenId>& prompt, const DecodeRequest& request) override;
    /// What goes on is made up as well: each step commits one open slot, those that a person wants first, to the word after its position.
    Result<void> continueRun(const Trace& trace) override;
    Result<void> step(std::stop_token stop) override;
    [[nodiscard]] bool finished() const override;
    [[nodiscard]] const Trace& trace() const override { return told_; }
    /// Attention falls off with the distance from the slot, twice as fast in every further layer; the token that is left out is the second
    /// likeliest of 64.
    Result<ProbeResult> probe(const ProbeRequest& request, std::stop_token stop) override;

private:
    static Result<void> waitUntilStopped(std::stop_token stop);

    FakeScript script_;
    std::optional<ModelSummary> model_;
    std::optional<ModelSummary> waiting_;  ///< made room
    Result<void> stepOn();
    Trace whole_;
    bool continues_ = false;
    Trace told_;
};

}  // namespace crystallite::testing
