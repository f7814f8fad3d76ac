#include "app/model_licence.h"
#include "app/model_preview.h"

#include "engine/diffusion/run_plan.h"
#include "engine/engine.h"
#include "engine/formats/file_identity.h"
#include "engine/formats/model_source.h"
#include "engine/formats/quantized_model.h"
#include "engine/formats/tensor_encoder.h"
#include "engine/formats/weight_shares.h"
#include "engine/model/load_plan.h"
#include "engine/model/opened_model.h"
#include "engine/text/chat_template.h"
#include "engine/text/tokenizer.h"
#include "engine/trace/decode_policy.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <utility>

namespace crystallite {
namespace {

constexpr std::array kQuantizations = {"q8_0", "q6_k", "q4_k", "q4_0"};

void addProblem(ModelPreview& preview, const Error& error) {
    if (preview.problem.empty()) {
        preview.problem = error.message;
    }
    if (!error.choices.empty()) {
        preview.familyChoices = error.choices;
    }
}

/// What was answered before about these files, where the request leaves it open.
ModelRequest withAnswers(ModelRequest request, const std::string& model, std::vector<std::string>& notes) {
    const auto identity = request.decided ? Result<std::string>(std::string()) : identityOf(model);
    if (!identity || identity->empty()) {
        return request;
    }
    const Answers answers = rememberedAnswers(*identity, model, AnswerStore::ofThisPerson(), notes);
    const auto fill = [](std::string& member, const std::string& answer) { member = member.empty() ? answer : member; };
    fill(request.family, answers.family);
    fill(request.tokenizer, answers.tokenizer.string());
    fill(request.chatFormat, answers.chatFormat);
    return request;
}

/// The families that the files leave open, although it was answered which one it is.
std::vector<std::string> familyChoicesOf(const std::string& model, const OpenOptions& options) {
    OpenOptions unanswered = options;
    unanswered.family.clear();
    const auto source = openModelNamed(model, unanswered);
    const auto config = source ? readModelConfig(**source) : Result<ModelConfig>(source.error());
    return config ? std::vector<std::string>() : config.error().choices;
}

void addFormats(ModelPreview& preview, const ModelSource& source) {
    for (const WeightShare& share : weightShares(source)) {
        preview.formats.push_back({.format = std::string(layoutOf(share.format).name), .tensors = share.tensors, .bytes = share.bytes});
    }
    preview.mainFormat = std::string(layoutOf(mainFormat(source)).name);
}

void addTokenizer(ModelPreview& preview, const ModelSource& source) {
    Result<TokenizerData> data = source.tokenizer();
    if (!data) {
        preview.lacksTokenizer = data.error().kind == ErrorKind::NotFound || data.error().kind == ErrorKind::Unsupported;
        addProblem(preview, data.error());
        return;
    }
    preview.tokenizer = TokenizerFacts{
        .model = data->model, .preTokenizer = data->preTokenizer, .tokens = data->tokens.size(), .merges = data->merges.size()};
    preview.hasChatTemplate = !data->chatTemplate.empty();
    if (const auto format = detectChatFormat(data->chatTemplate)) {
        preview.chatFormat = std::string((*format)->name);
    }
    const auto tokenizer = Tokenizer::create(std::move(data).value());
    if (!tokenizer) {
        addProblem(preview, tokenizer.error());
    } else if (preview.config) {
        for (const DecodePolicy policy : policiesFor(*preview.config, **tokenizer)) {
            preview.policies.emplace_back(traitsOf(policy).name);
        }
    }
}

/// The source with its weights as `quantize` says, without reading any.
std::shared_ptr<const ModelSource> plannedSource(const std::shared_ptr<const ModelSource>& source, const std::string& quantize) {
    const Result<WeightFormat> format = parseQuantization(quantize);
    return format ? planQuantizedModel(source, *format) : source;
}

uint64_t weightBytesOf(const ModelSource& source) {
    uint64_t bytes = 0;
    for (const WeightShare& share : weightShares(source)) {
        bytes += share.bytes;
    }
    return bytes;
}

std::vector<WeightChoice> weightChoicesOf(const std::shared_ptr<const ModelSource>& source) {
    const uint64_t stored = weightBytesOf(*source);
    std::vector<WeightChoice> choices = {{.quantize = "", .bytes = stored}};
    for (const char* const quantize : kQuantizations) {
        if (const uint64_t bytes = weightBytesOf(*plannedSource(source, quantize)); bytes < stored) {
            choices.push_back({.quantize = quantize, .bytes = bytes});
        }
    }
    return choices;
}

MemoryPlan memoryPlan(const ModelSource& source, const ModelConfig& config, const OfferedDevices& offered, const LoadOptions& options) {
    const uint32_t slots = usualCanvas(config);
    const LoadPlan planned = planLoad(source, config, offered, layersOnDevice(source, config, offered, options, slots), slots);
    MemoryPlan plan{.slots = slots};
    for (const DeviceShare& share : planned.shares) {
        plan.shares.push_back({.device = share.device,
                               .isGpu = share.isGpu,
                               .firstLayer = share.layers.first,
                               .endLayer = share.layers.end,
                               .weights = share.need.weightBytes,
                               .working = share.need.activationBytes + share.need.storeBytes,
                               .margin = share.need.withMargin() - share.need.total(),
                               .offered = share.offeredBytes + share.heldBytes});
    }
    return plan;
}

void addNeed(ModelPreview& preview, const ModelSource& source) {
    const ModelConfig& config = *preview.config;
    preview.needSlots = usualCanvas(config);
    const LayerRange whole{.first = 0, .end = config.layers, .of = config.layers};
    const MemoryEstimate need = estimateMemory(source, config, whole, preview.needSlots);
    preview.need = MemoryShare{.endLayer = config.layers,
                               .weights = need.weightBytes,
                               .working = need.activationBytes + need.storeBytes,
                               .margin = need.withMargin() - need.total()};
}

MemoryPlanner memoryPlanner(std::shared_ptr<const ModelSource> source, const ModelConfig& config) {
    return [source = std::move(source), config](const ModelRequest& request, const std::vector<DeviceInfo>& devices) {
        const DeviceInfo* const device = deviceFor(devices, request.device);
        if (device == nullptr) {
            return MemoryPlan{};
        }
        const OfferedDevices offered{.device = *device, .host = device->isVulkan() ? &devices.front() : nullptr};
        return memoryPlan(*plannedSource(source, request.quantize), config, offered, request.load);
    };
}

}  // namespace

bool MemoryPlan::fits() const {
    return std::all_of(shares.begin(), shares.end(), [](const MemoryShare& share) { return share.fits(); });
}

const DeviceInfo* deviceFor(const std::vector<DeviceInfo>& devices, const std::string& selector) {
    return devices.empty() ? nullptr : findDevice(devices, selector);
}

ModelPreview previewModel(const ModelRequest& request, std::stop_token stop) {
    const std::string model = request.model.empty() ? std::string(kDefaultModel) : request.model;
    ModelPreview preview{.file = std::filesystem::path(model).filename().string()};
    preview.request = withAnswers(request, model, preview.notes);
    // Quantising would read every weight; its size is known without that.
    const OpenOptions options{.family = preview.request.family, .tokenizer = preview.request.tokenizer, .stop = std::move(stop)};
    if (!options.family.empty()) {
        preview.familyChoices = familyChoicesOf(model, options);
    }
    const auto source = openModelNamed(model, options);
    if (!source) {
        addProblem(preview, source.error());
        return preview;
    }
    preview.fileBytes = (*source)->fileBytes();
    preview.licence = (*source)->findString("general.license").value_or(licenceInCard(model));
    addFormats(preview, **source);
    const auto config = readModelConfig(**source);
    if (config) {
        preview.config = *config;
        preview.weights = weightChoicesOf(*source);
        addNeed(preview, **source);
        preview.planMemory = memoryPlanner(*source, *config);
    } else {
        addProblem(preview, config.error());
    }
    addTokenizer(preview, **source);
    return preview;
}

}  // namespace crystallite
