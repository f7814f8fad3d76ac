#pragma once

#include "engine/model/denoiser.h"
#include "engine/model/load_plan.h"
#include "engine/model/pass_rows.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// Where a model may be computed: on a device, and the layers that are not to be there on the host. Without a host all of it on the device.
struct ModelBackends {
    ModelBackends(Backend& onto, Backend* otherwise = nullptr) : device(onto), host(otherwise) {}
    Backend& device;
    Backend* host;
};

/// A loaded model: weights on one backend or two, its tokenizer and its configuration. Inference thread only; the backends must outlive it.
class Model final : public Denoiser {
public:
    static Result<std::unique_ptr<Model>> load(ModelBackends backends, std::shared_ptr<const ModelSource> source,
                                               const LoadOptions& options = {}, const Progress& progress = {}, std::stop_token stop = {});
    ~Model() override;

    [[nodiscard]] const ModelConfig& config() const override;
    [[nodiscard]] std::shared_ptr<const Tokenizer> tokenizer() const override;
    [[nodiscard]] TraceHeader identity() const override;
    /// Without the bytes that a device has copied, see ModelSource::withoutBytesOf().
    [[nodiscard]] const ModelSource& source() const;
    /// Those that compute it, in the order of a pass: the last has the head.
    [[nodiscard]] std::vector<Backend*> backends() const;
    /// What each of them holds for a canvas of this many slots, against what they offered before.
    [[nodiscard]] LoadPlan planFor(uint32_t slots) const;

    Result<ForwardResult> forward(const ForwardRequest& request, std::stop_token stop) override;
    /// Logits [openSlots, outputVocabulary] of the rows that predict the open slots; for checking, not for decoding.
    Result<std::vector<float>> logits(std::span<const TokenId> tokens, std::span<const uint32_t> openSlots, std::stop_token stop);
    [[nodiscard]] bool holdsCacheOf(uint64_t owner) const override;
    [[nodiscard]] bool holdsComparisonOf(uint64_t owner) const override;
    /// Of a pass that looks into single rows; as in ForwardRequest.
    struct RowsSettings {
        TextVisibility visibility;
        std::optional<CachedRows> cached;
    };
    /// Logits [rows, outputVocabulary] of the rows themselves (rising), whatever slot they predict.
    Result<std::vector<float>> rowLogits(std::span<const TokenId> tokens, std::span<const uint32_t> rows, std::stop_token stop,
                                         const RowsSettings& settings = {});

private:
    struct State;
    explicit Model(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace crystallite
