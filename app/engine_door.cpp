#include "app/engine_door.h"

#include "engine/diffusion/family_defaults.h"
#include "engine/diffusion/passes_to_come.h"
#include "engine/diffusion/probe.h"
#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/session.h"
#include "engine/engine.h"
#include "engine/formats/file_identity.h"
#include "engine/formats/model_source.h"
#include "engine/formats/tensor_encoder.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/load_plan.h"
#include "engine/model/model.h"
#include "engine/model/opened_model.h"
#include "engine/text/tokenizer.h"

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

/// How an open slot is written in a prompt; empty where the mask is an ordinary word.
std::string maskTextFor(const ModelConfig& config, const Tokenizer& tokenizer) {
    if (config.layout) {
        return ".";
    }
    return tokenizer.isControl(config.maskId) ? tokenizer.piece(config.maskId) : std::string();
}

/// Opening and loading as one stretch of progress: what opening shows, where it shows anything, is the first half.
class JoinedProgress {
public:
    explicit JoinedProgress(const std::function<void(double)>& show) : show_(show) {}

    void opening(double share) {
        opened_ = 0.5;
        show_(0.5 * share);
    }
    void loading(double share) { show_(opened_ + (1.0 - opened_) * share); }

private:
    const std::function<void(double)>& show_;
    double opened_ = 0.0;
};

Result<OpenOptions> openOptionsFor(const ModelRequest& request, std::stop_token stop) {
    OpenOptions options{.family = request.family, .tokenizer = request.tokenizer, .stop = std::move(stop)};
    if (!request.quantize.empty()) {
        const Result<WeightFormat> format = parseQuantization(request.quantize);
        if (!format) {
            return format.error();
        }
        options.quantize = *format;
    }
    return options;
}

/// Opens with what was answered before, and remembers what is answered now.
Result<OpenedModel> openAnswered(const ModelRequest& request, const OpenOptions& options) {
    const std::string_view model = request.model.empty() ? kDefaultModel : std::string_view(request.model);
    const AnswerStore store = AnswerStore::ofThisPerson();
    if (const auto identity = identityOf(model); request.decided && identity) {
        if (const auto forgotten = store.forget(*identity); !forgotten) {
            return forgotten.error();
        }
    }
    auto opened = openRemembering(model, options, store);
    if (opened && !request.chatFormat.empty()) {
        if (const auto kept = rememberChatFormat(*opened, request.chatFormat, store); !kept) {
            opened->notes.push_back(kept.error().message);
        }
    }
    return opened;
}

std::vector<SentToken> sentTokens(const Tokenizer& tokenizer, TokenId maskId, const std::vector<TokenId>& ids) {
    std::vector<SentToken> sent;
    for (const TokenId id : ids) {
        const std::vector<TokenKind>& kinds = tokenizer.data().kinds;
        const bool special = tokenizer.isControl(id) || (id < kinds.size() && kinds[id] == TokenKind::UserDefined);
        sent.push_back({.id = id, .bytes = tokenizer.piece(id), .special = special, .open = id == maskId && tokenizer.isControl(id)});
    }
    return sent;
}

class LocalEngine final : public EngineDoor {
public:
    std::vector<DeviceInfo> devices() override { return listDevices(); }

    Result<ModelSummary> load(const ModelRequest& request, const std::function<void(double)>& progress, std::stop_token stop) override {
        JoinedProgress joined(progress);
        auto opened = open(request, joined, stop);
        if (!opened) {
            return opened.error();
        }
        makeRoomFor(*opened, request.device);
        auto loaded = loadModel(
            std::move(opened->source), request.device, request.load, [&joined](double share) { joined.loading(share); }, stop);
        if (!loaded) {
            return loaded.error();
        }
        giveUpModel();
        loaded_ = std::move(*loaded);
        summary_ = summary(request, opened->answers, std::move(opened->notes));
        return *summary_;
    }

    [[nodiscard]] const ModelSummary* model() const override { return loaded_.model ? &*summary_ : nullptr; }
    [[nodiscard]] bool awaitsReload() const override { return !loaded_.model && summary_; }

    /// From its files again: what was put together or quantised of them was not kept.
    Result<ModelSummary> reload(const std::function<void(double)>& progress, std::stop_token stop) override {
        const ModelRequest request = summary_->request;
        auto model = load(request, progress, std::move(stop));
        if (!model) {
            summary_.reset();
        }
        return model;
    }

    Result<void> startRun(const std::string& prompt, const DecodeRequest& request) override {
        return take([&](Model& model) { return Session::start(model, prompt, request); });
    }
    Result<void> startRun(const std::vector<TokenId>& prompt, const DecodeRequest& request) override {
        return take([&](Model& model) { return Session::start(model, std::span<const TokenId>(prompt), request); });
    }
    Result<void> continueRun(const Trace& trace) override {
        return take([&](Model& model) { return Session::restore(model, trace, trace.steps()); });
    }

    Result<void> step(std::stop_token stop) override { return session_->step(stop); }
    [[nodiscard]] bool finished() const override { return !session_ || session_->finished(); }
    [[nodiscard]] const Trace& trace() const override { return session_->trace(); }

    Result<ProbeResult> probe(const ProbeRequest& request, std::stop_token stop) override {
        if (!loaded_.model) {
            return noModel();
        }
        return crystallite::probe(*loaded_.model, request, std::move(stop));
    }

private:
    template <typename Begin>
    Result<void> take(const Begin& begin) {
        if (!loaded_.model) {
            return noModel();
        }
        session_.reset();
        Result<std::unique_ptr<Session>> session = begin(*loaded_.model);
        if (!session) {
            return session.error();
        }
        session_ = std::move(*session);
        return {};
    }

    static Error noModel() { return {ErrorKind::NotFound, "No model is loaded; choose a model or a device first."}; }

    struct Opened {
        std::shared_ptr<const ModelSource> source;
        Answers answers;
        std::vector<std::string> notes;
        ModelConfig config;
    };

    static Result<Opened> open(const ModelRequest& request, JoinedProgress& progress, std::stop_token stop) {
        Result<OpenOptions> options = openOptionsFor(request, std::move(stop));
        if (!options) {
            return options.error();
        }
        options->progress = [&progress](double share) { progress.opening(share); };
        auto model = openAnswered(request, *options);
        if (!model) {
            return model.error();
        }
        auto config = readModelConfig(*model->source);
        if (!config) {
            return config.error();
        }
        return Opened{.source = std::move(model->source),
                      .answers = std::move(model->answers),
                      .notes = std::move(model->notes),
                      .config = std::move(*config)};
    }

    void giveUpModel() {
        session_.reset();
        loaded_.model.reset();
    }

    /// Two models at once may not fit where one does.
    void makeRoomFor(const Opened& opened, const std::string& deviceSelector) {
        const std::vector<DeviceInfo> devices = listDevices();
        const DeviceInfo* const device = findDevice(devices, deviceSelector);
        if (!loaded_.model || device == nullptr) {
            return;
        }
        const LayerRange whole{.first = 0, .end = opened.config.layers, .of = opened.config.layers};
        uint64_t bytes = estimateMemory(*opened.source, opened.config, whole, usualCanvas(opened.config)).withMargin();
        for (const DeviceShare& share : loaded_.model->planFor(usualCanvas(loaded_.model->config())).shares) {
            bytes += share.need.withMargin();
        }
        if (bytes > usableBytes(*device)) {
            giveUpModel();
        }
    }

    [[nodiscard]] ModelSummary summary(ModelRequest request, const Answers& answers, std::vector<std::string> notes) const {
        const Model& model = *loaded_.model;
        const ModelConfig& config = model.config();
        const auto tokenizer = model.tokenizer();
        request.decided = false;
        request.family = answers.family;
        request.tokenizer = answers.tokenizer.string();
        request.chatFormat = answers.chatFormat;
        ChatChoice choice{.chat = true};
        if (!request.chatFormat.empty()) {
            choice.format = request.chatFormat;
        }
        const auto format = chosenChatFormat(choice, tokenizer->data());
        const DeviceShare share = model.planFor(config.contextLength).shares.back();
        return {
            .request = std::move(request),
            .notes = std::move(notes),
            .name = config.name,
            .fingerprint = model.identity().modelFingerprint,
            .architecture = config.architecture,
            .format = std::string(layoutOf(mainFormat(model.source())).name),
            .parameters = config.parameters,
            .vocabulary = config.vocabulary,
            .contextLength = config.contextLength,
            .layout = config.layout,
            .policies = policiesFor(config, *tokenizer),
            .usualPolicy = usualPolicy(config),
            .blockLength = config.visibility == Visibility::BlockCausal ? config.blockLength : 0,
            .idleOptions = idleOptions(config, *tokenizer),
            .chatFormat = format ? std::string((*format)->name) : std::string(),
            .samplePrompt = samplePromptFor(config),
            .maskId = config.maskId,
            .maskText = maskTextFor(config, *tokenizer),
            .device = model.backends().back()->device(),
            .neededBytes = share.need.total(),
            .usableBytes = share.offeredBytes,
            .encodePrompt = [tokenizer, mask = config.maskId](
                                std::string_view prompt) { return sentTokens(*tokenizer, mask, tokenizer->encodePrompt(prompt)); },
            .writeChat = [tokenizer](const ChatChoice& chat, const std::string& text) { return promptText(chat, text, tokenizer->data()); },
            .plan = [config, tokenizer](std::string_view prompt, const DecodeRequest& wanted) -> Result<PlannedRun> {
                const auto plan = planRun(config, *tokenizer, prompt, wanted);
                if (!plan) {
                    return plan.error();
                }
                const uint32_t open = plan->canvas.maskedCount();
                return PlannedRun{.givenSlots = plan->canvas.size() - open,
                                  .openSlots = open,
                                  .appended = plan->appended,
                                  .settings = plan->settings,
                                  .caches = cachesFor(config, plan->settings)};
            },
            .encodeWords = [tokenizer, mask = config.maskId](
                               std::string_view words) { return sentTokens(*tokenizer, mask, tokenizer->encode(words)); },
            .passesToCome = [config, tokenizer](const Trace& trace) { return passesToCome(config, *tokenizer, trace); }};
    }

    std::optional<ModelSummary> summary_;  ///< of the model that is held or that awaits being loaded again
    LoadedModel loaded_;
    std::unique_ptr<Session> session_;  // borrows from the model
};

}  // namespace

std::vector<std::string> embeddedModelNames() {
    return embeddedModels();
}

std::unique_ptr<EngineDoor> makeEngineDoor() {
    return std::make_unique<LocalEngine>();
}

}  // namespace crystallite
