#include "app/engine_door.h"

#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/session.h"
#include "engine/engine.h"
#include "engine/formats/model_source.h"
#include "engine/formats/weight_format.h"
#include "engine/model/model.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace crystallite {
namespace {

std::string samplePromptFor(const ModelConfig& config) {
    if (const std::string_view sample = samplePromptOf(config.name); !sample.empty()) {
        return std::string(sample);
    }
    return config.layout ? std::string(config.layout->cells(), '.') : std::string(samplePromptOf(kDefaultModel));
}

class LocalEngine final : public EngineDoor {
public:
    std::vector<DeviceInfo> devices() override { return listDevices(); }

    Result<ModelSummary> load(const ModelRequest& request, const std::function<void(double)>& progress, std::stop_token stop) override {
        // Two models at once may not fit where one does.
        session_.reset();
        model_.reset();
        backend_.reset();
        auto source = openModelNamed(request.model.empty() ? kDefaultModel : std::string_view(request.model));
        if (!source) {
            return source.error();
        }
        auto backend = openDevice(request.device);
        if (!backend) {
            return backend.error();
        }
        auto model = Model::load(**backend, *source, progress, stop);
        if (!model) {
            return model.error();
        }
        backend_ = std::move(*backend);
        model_ = std::move(*model);
        return summary();
    }

    Result<void> startRun(const std::string& prompt, const DecodeRequest& request) override {
        if (!model_) {
            return Error{ErrorKind::NotFound, "No model is loaded; choose a model or a device first."};
        }
        session_.reset();
        auto session = Session::start(*model_, prompt, request);
        if (!session) {
            return session.error();
        }
        session_ = std::move(*session);
        return {};
    }

    Result<void> step(std::stop_token stop) override { return session_->step(stop); }
    [[nodiscard]] bool finished() const override { return !session_ || session_->finished(); }
    [[nodiscard]] const Trace& trace() const override { return session_->trace(); }

private:
    [[nodiscard]] ModelSummary summary() const {
        const ModelConfig& config = model_->config();
        const auto tokenizer = model_->tokenizer();
        const auto& tensors = model_->source().tensors();
        const auto largest = std::max_element(tensors.begin(), tensors.end(),
                                              [](const StoredTensor& a, const StoredTensor& b) { return a.bytes.size() < b.bytes.size(); });
        return {.name = config.name,
                .architecture = config.architecture,
                .format = largest == tensors.end() ? std::string() : std::string(layoutOf(largest->format).name),
                .parameters = config.parameters,
                .vocabulary = config.vocabulary,
                .layout = config.layout,
                .writesLeftToRight = config.isAutoregressive(),
                .idleOptions = idleOptions(config, *tokenizer),
                .samplePrompt = samplePromptFor(config),
                .device = backend_->device(),
                .neededBytes = model_->memoryFor(config.contextLength).total(),
                .usableBytes = usableBytes(backend_->device()),
                .countTokens = [tokenizer](std::string_view text) { return static_cast<uint32_t>(tokenizer->encode(text).size()); },
                .plan = [config, tokenizer](std::string_view prompt, const DecodeRequest& request) -> Result<PlannedRun> {
                    const auto plan = planRun(config, *tokenizer, prompt, request);
                    if (!plan) {
                        return plan.error();
                    }
                    const uint32_t open = plan->canvas.maskedCount();
                    return PlannedRun{.givenSlots = plan->canvas.size() - open, .openSlots = open, .settings = plan->settings};
                }};
    }

    // Each borrows from the one above it.
    std::unique_ptr<Backend> backend_;
    std::unique_ptr<Model> model_;
    std::unique_ptr<Session> session_;
};

}  // namespace

std::vector<std::string> embeddedModelNames() {
    return embeddedModels();
}

std::unique_ptr<EngineDoor> makeEngineDoor() {
    return std::make_unique<LocalEngine>();
}

}  // namespace crystallite
