#include "tests/gui/fake_engine.h"

#include "app/canvas/hand_marks.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <utility>

namespace crystallite::testing {
namespace {

constexpr uint32_t kLongestCanvas = 512;

uint32_t countWords(std::string_view text) {
    return static_cast<uint32_t>(1 + std::count(text.begin(), text.end(), ' '));
}

/// A token per word and line break; what stands in angle brackets is special.
std::vector<SentToken> wordsOf(std::string_view text) {
    std::vector<SentToken> tokens;
    while (!text.empty()) {
        const bool special = text.starts_with('<') && text.find('>') != std::string_view::npos;
        const size_t end = std::min(special ? text.find('>') + 1 : text.find_first_of(" <\n", 1), text.size());
        tokens.push_back({.id = static_cast<TokenId>(tokens.size()), .bytes = std::string(text.substr(0, end)), .special = special});
        text.remove_prefix(end);
    }
    return tokens;
}

/// Words that stand in a text: ids that no synthetic run has, the same for the same word.
std::vector<SentToken> wordsWithIds(std::string_view text) {
    constexpr TokenId kFirst = 2000;
    std::vector<SentToken> tokens = wordsOf(text);
    for (SentToken& token : tokens) {
        TokenId hash = 0;
        for (const char letter : token.bytes) {
            hash = hash * 31 + static_cast<unsigned char>(letter);
        }
        token.id = kFirst + hash % 2000;
    }
    return tokens;
}

Result<std::string> writeFakeChat(const ChatChoice& choice, const std::string& text) {
    const TokenizerData data{.tokens = {"<bos>"}, .bos = 0};
    return promptText(choice, text, data);
}

DecodeSettings settingsOf(const DecodeRequest& request) {
    const uint32_t length = request.length.value_or(DecodeSettings{}.length);
    return {.length = length,
            .steps = request.steps.value_or(length),
            .blockLength = request.blockLength.value_or(0),
            .cache = request.cache.value_or(CacheKind::None),
            .order = request.order.value_or(UnmaskOrder::LowConfidence),
            .temperature = request.temperature.value_or(0.0F),
            .seed = request.seed};
}

Result<PlannedRun> planFakeRun(std::string_view prompt, const DecodeRequest& request) {
    const DecodeSettings settings = settingsOf(request);
    if (const auto checked = checkSettings(settings, countWords(prompt), kLongestCanvas); !checked) {
        return checked.error();
    }
    return PlannedRun{.givenSlots = countWords(prompt),
                      .openSlots = settings.length,
                      .appended = settings.length,
                      .settings = settings,
                      .caches = {CacheKind::None, CacheKind::Dual}};
}

SlotAttention fakeAttention(const ProbeRequest& request) {
    constexpr uint32_t kLayers = 3;
    constexpr uint32_t kHeads = 2;
    SlotAttention attention{
        .layers = kLayers, .heads = kHeads, .slots = request.at.canvas.textLength(), .row = request.position, .weights = {}};
    for (uint32_t layer = 0; layer < kLayers; ++layer) {
        for (uint32_t head = 0; head < kHeads; ++head) {
            std::vector<double> weights;
            for (uint32_t slot = 0; slot < attention.slots; ++slot) {
                const double distance = std::abs(static_cast<double>(slot) - static_cast<double>(request.position));
                weights.push_back(std::exp2(-distance * (1 + layer)));
            }
            const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
            for (const double weight : weights) {
                attention.weights.push_back(static_cast<float>(weight / sum));
            }
        }
    }
    return attention;
}

/// 64 candidates, each half as likely as the one before.
SlotBelief fakeBelief(uint32_t position) {
    SlotBelief belief{.position = position, .entropy = 1.386F, .margin = 0.25F};
    for (TokenId id = 0; id < kProbedCandidates; ++id) {
        belief.candidates.push_back({.id = 900 + id, .probability = std::exp2(-static_cast<float>(id + 1))});
    }
    return belief;
}

}  // namespace

FakeEngine::FakeEngine(FakeScript script) : script_(std::move(script)) {}

std::vector<DeviceInfo> FakeEngine::devices() {
    constexpr uint64_t kProcessorBytes = 23'500'000'000;
    return {{.index = 0,
             .name = "Test processor",
             .kind = DeviceKind::Cpu,
             .heaps = {{.bytes = kProcessorBytes, .budgetBytes = kProcessorBytes}},
             .threads = 2},
            {.index = 1,
             .name = "Test graphics",
             .kind = DeviceKind::DiscreteGpu,
             .heaps = {{.bytes = script_.graphicsBytes, .budgetBytes = script_.graphicsBytes, .deviceLocal = true}}}};
}

Result<ModelSummary> FakeEngine::load(const ModelRequest& request, const std::function<void(double)>& progress, std::stop_token stop) {
    progress(0.5);
    if (script_.makesRoom && model_) {
        waiting_ = std::exchange(model_, std::nullopt);
    }
    const bool isMeant = script_.failingModel.empty() || request.model == script_.failingModel;
    if (script_.loadingWaits && isMeant) {
        return waitUntilStopped(stop).error();
    }
    if (!script_.loadError.empty() && isMeant) {
        return Error{ErrorKind::OutOfMemory, script_.loadError};
    }
    waiting_.reset();
    model_ = ModelSummary{.request = request,
                          .name = request.model.empty() ? "fake" : request.model,
                          .architecture = "none",
                          .format = "F16",
                          .parameters = 3'700'000,
                          .vocabulary = 4096,
                          .contextLength = kLongestCanvas,
                          .policies = script_.policies,
                          .chatFormat = request.chatFormat,
                          .maskText = "<|mask|>",
                          .device = devices()[request.device == "1" ? 1 : 0],
                          .neededBytes = 18'000'000,
                          .usableBytes = 23'500'000'000,
                          .encodePrompt = wordsOf,
                          .writeChat = writeFakeChat,
                          .plan = planFakeRun,
                          .encodeWords = wordsWithIds,
                          .passesToCome = [](const Trace& trace) {
                              return PassesToCome{.passes = trace.canvas(trace.steps()).maskedCount(), .isExact = true};
                          }};
    return *model_;
}

Result<ModelSummary> FakeEngine::reload(const std::function<void(double)>& progress, std::stop_token) {
    progress(0.5);
    model_ = std::exchange(waiting_, std::nullopt);
    return *model_;
}

Result<void> FakeEngine::startRun(const std::string& prompt, const DecodeRequest& request) {
    if (prompt.empty()) {
        return Error{ErrorKind::InvalidArgument, "The prompt is empty; type at least one word."};
    }
    const DecodeSettings settings = settingsOf(request);
    SyntheticRun run = script_.run;
    run.length = settings.length;
    run.steps = settings.steps;
    run.finishedSteps = settings.steps;
    run.blockLength = settings.blockLength;
    run.seed = settings.seed;
    whole_ = syntheticTrace(run);
    // Only the prompt's tokens are known before the first step, as with a real model.
    std::map<TokenId, std::string> pieces;
    for (const TokenId id : whole_.canvas(0).tokens()) {
        pieces.emplace(id, whole_.piece(id));
    }
    TraceHeader header = whole_.header();
    static std::atomic<int> runs = 0;
    header.id = "fake-run-" + std::to_string(++runs);
    header.prompt = prompt;
    if (model_) {
        header.modelName = model_->name;
        header.modelFormat = model_->format;
        header.architecture = model_->architecture;
        header.parameters = model_->parameters;
        header.device = model_->device.name;
    }
    told_ = Trace(std::move(header), whole_.canvas(0), pieces, {whole_.header().maskId});
    continues_ = false;
    return {};
}

Result<void> FakeEngine::startRun(const std::vector<TokenId>& prompt, const DecodeRequest& request) {
    DecodeRequest wanted = request;
    wanted.length = static_cast<uint32_t>(std::max<size_t>(1, static_cast<size_t>(std::ranges::count(prompt, TokenId{0}))));
    return startRun("recovered", wanted);
}

Result<void> FakeEngine::continueRun(const Trace& trace) {
    told_ = trace;
    continues_ = true;
    return {};
}

Result<void> FakeEngine::stepOn() {
    const Canvas& canvas = told_.canvas(told_.steps());
    const std::vector<uint32_t> wanted = preferredSlots(told_, told_.steps());
    const std::vector<uint32_t> open = canvas.maskedSlots();
    const uint32_t position = wanted.empty() ? open.front() : wanted.front();
    constexpr TokenId kFirst = 1000;
    StepRecord record{.number = told_.steps() + 1,
                      .eligibleBegin = canvas.promptLength(),
                      .eligibleEnd = canvas.textLength(),
                      .rowsComputed = canvas.textLength(),
                      .maskedBefore = canvas.maskedCount(),
                      .maskedAfter = canvas.maskedCount() - 1,
                      .milliseconds = 11.4};
    std::map<TokenId, std::string> pieces;
    for (const uint32_t each : open) {
        record.beliefs.push_back(handWorkedBelief(each, {{.id = kFirst + each, .probability = 0.8F}, {.id = 900, .probability = 0.1F}}));
        pieces.emplace(kFirst + each, " made" + std::to_string(each));
    }
    pieces.emplace(900, " other");
    record.events.push_back(
        {.kind = EventKind::Commit, .position = position, .before = canvas.maskId(), .after = kFirst + position, .probability = 0.8F});
    told_.addPieces(pieces, {});
    told_.append(std::move(record));
    return {};
}

Result<void> FakeEngine::step(std::stop_token stop) {
    if (stop.stop_requested()) {
        return Error{ErrorKind::Cancelled, "stopped"};
    }
    const uint32_t number = told_.steps() + 1;
    if (continues_ && number != script_.waitingStep) {
        return stepOn();
    }
    if (number == script_.waitingStep) {
        return waitUntilStopped(stop);
    }
    if (number == script_.failingStep) {
        return Error{ErrorKind::DeviceLost, "The device stopped answering; choose another device and run again."};
    }
    std::map<TokenId, std::string> pieces;
    std::vector<TokenId> controls;
    for (const SlotBelief& belief : whole_.record(number).beliefs) {
        for (const Candidate& candidate : belief.candidates) {
            pieces.emplace(candidate.id, whole_.piece(candidate.id));
            if (whole_.isControl(candidate.id)) {
                controls.push_back(candidate.id);
            }
        }
    }
    told_.addPieces(pieces, controls);
    told_.append(whole_.record(number));
    return {};
}

Result<ProbeResult> FakeEngine::probe(const ProbeRequest& request, std::stop_token stop) {
    if (script_.probingWaits && request.position == 0) {
        return waitUntilStopped(stop).error();
    }
    if (stop.stop_requested()) {
        return Error{ErrorKind::Cancelled, "stopped"};
    }
    if (!script_.probeError.empty()) {
        return Error{ErrorKind::InvalidArgument, script_.probeError};
    }
    ProbeResult result{.kind = request.kind,
                       .frame = request.at.frame,
                       .position = request.position,
                       .passes = 1,
                       .milliseconds = 12.4,
                       .device = "Test processor"};
    if (request.kind == ProbeKind::Attention) {
        result.attention = fakeAttention(request);
        return result;
    }
    result.belief = fakeBelief(request.position);
    for (const Candidate& candidate : result.belief->candidates) {
        result.pieces.emplace(candidate.id, "word" + std::to_string(candidate.id));
    }
    if (request.kind == ProbeKind::LeaveOneOut) {
        const TokenId token = request.at.canvas.token(request.position);
        result.belief->candidates[1].id = token;
        result.leftOut =
            LeftOutToken{.id = token, .probability = result.belief->candidates[1].probability, .rank = 2, .of = kProbedCandidates};
    }
    return result;
}

bool FakeEngine::finished() const {
    return continues_ ? told_.canvas(told_.steps()).maskedCount() == 0 : told_.steps() == whole_.steps();
}

Result<void> FakeEngine::waitUntilStopped(std::stop_token stop) {
    std::mutex guard;
    std::condition_variable_any stopped;
    std::unique_lock lock(guard);
    stopped.wait(lock, stop, [] { return false; });
    return Error{ErrorKind::Cancelled, "stopped"};
}

}  // namespace crystallite::testing
