#include "engine/diffusion/session.h"

#include "engine/base/in_quotes.h"
#include "engine/diffusion/drift_memory.h"
#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/samplers/policy.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>
#include <utility>
#include <vector>

namespace crystallite {

namespace {

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

std::string utcNow() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
#ifdef _WIN32
    gmtime_s(&utc, &now);
#else
    gmtime_r(&now, &utc);
#endif
    char text[sizeof("2026-11-24T18:00:00Z")];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

/// The bytes of a set of tokens, and which of them are control tokens.
struct Pieces {
    std::map<TokenId, std::string> bytes;
    std::vector<TokenId> controlIds;

    void add(const Tokenizer& tokenizer, TokenId id) {
        const bool isNew = bytes.try_emplace(id, tokenizer.piece(id)).second;
        if (isNew && tokenizer.isControl(id)) {
            controlIds.push_back(id);
        }
    }
};

Pieces piecesOf(const Tokenizer& tokenizer, const StepRecord& record) {
    Pieces pieces;
    for (const SlotEvent& event : record.events) {
        pieces.add(tokenizer, event.after);
    }
    for (const SlotBelief& belief : record.beliefs) {
        pieces.add(tokenizer, belief.sampledId);
        for (const Candidate& candidate : belief.candidates) {
            pieces.add(tokenizer, candidate.id);
        }
    }
    return pieces;
}

Pieces piecesOf(const Tokenizer& tokenizer, std::span<const TokenId> canvas, const ModelConfig& config) {
    Pieces pieces;
    for (const TokenId id : canvas) {
        pieces.add(tokenizer, id);
    }
    for (const TokenId id : config.endIds) {
        pieces.add(tokenizer, id);
    }
    pieces.add(tokenizer, config.maskId);
    return pieces;
}

/// Weights that overflow give distributions that are no numbers; nothing sensible can be drawn from them.
Result<void> checkBeliefs(std::span<const SlotBelief> beliefs) {
    for (const SlotBelief& belief : beliefs) {
        if (!std::isfinite(belief.logSumExp) || !std::isfinite(belief.entropy) || !std::isfinite(belief.sampledProbability)) {
            return Error{
                .kind = ErrorKind::Corrupt,
                .message = "The model gave no finite probabilities for slot " + std::to_string(belief.position) +
                           "; its weights are damaged or this device computes them wrongly: try the CPU, then load the file again."};
        }
    }
    return {};
}

/// The header of a run continued after `step`: its later steps are the work of another device when the model is on one.
TraceHeader continuedHeader(TraceHeader header, const TraceHeader& identity, uint32_t step) {
    if (header.device == identity.device && header.driver == identity.driver) {
        return header;
    }
    const std::string from = step == 0 ? std::string() : "; from step " + std::to_string(step + 1) + ": ";
    header.device = (step == 0 ? std::string() : header.device) + from + identity.device;
    header.driver = (step == 0 ? std::string() : header.driver) + from + identity.driver;
    return header;
}

Trace prefixOf(const Trace& trace, TraceHeader header, uint32_t steps) {
    std::vector<TokenId> controlIds;
    for (const auto& [id, bytes] : trace.pieces()) {
        if (trace.isControl(id)) {
            controlIds.push_back(id);
        }
    }
    Trace prefix(std::move(header), trace.canvas(0), trace.pieces(), std::move(controlIds));
    for (uint32_t step = 1; step <= steps; ++step) {
        prefix.append(trace.record(step));
    }
    return prefix;
}

/// What the published samplers never forbid counts as possible under the strict reference. ReMDM's models, which are MDLM's, never predict
/// their mask.
std::vector<TokenId> forbiddenIds(const ModelConfig& config, const DecodeSettings& settings, const StepPlan& plan) {
    std::vector<TokenId> ids = settings.strictReference ? std::vector<TokenId>() : config.forbiddenIds;
    if (settings.policy == DecodePolicy::Remdm && config.maskId < config.outputVocabulary) {
        ids.push_back(config.maskId);
    }
    ids.insert(ids.end(), plan.suppressed.begin(), plan.suppressed.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// The text with every slot masked that was given.
std::vector<TokenId> withoutGiven(const Canvas& canvas) {
    std::vector<TokenId> tokens(canvas.text().begin(), canvas.text().end());
    for (uint32_t position = 0; position < tokens.size(); ++position) {
        if (canvas.region(position) != SlotRegion::Answer) {
            tokens[position] = canvas.maskId();
        }
    }
    return tokens;
}

}  // namespace

/// Everything that decides the next step is in the trace: settings, the canvas, and how it came about. That is why a session restored at
/// any step continues bit-identically.
struct Session::State {
    Denoiser& model;
    std::shared_ptr<const Tokenizer> tokenizer;
    Trace trace;
    std::unique_ptr<Policy> policy;
    DriftMemory drift;

    static std::unique_ptr<State> make(Denoiser& model, Trace trace);
    Result<ForwardResult> believe(const StepPlan& plan, const std::stop_token& stop);
    Result<ForwardResult> pass(const StepPlan& plan, uint32_t frame, Comparison comparison, const std::stop_token& stop);
    Result<void> rebuildDrift(const StepPlan& plan, const std::stop_token& stop);
    [[nodiscard]] bool repeatsText() const;
    [[nodiscard]] StepRecord recordOf(const StepPlan& plan, std::vector<SlotBelief> beliefs, std::vector<SlotEvent> events) const;
};

std::unique_ptr<Session::State> Session::State::make(Denoiser& model, Trace trace) {
    std::shared_ptr<const Tokenizer> tokenizer = model.tokenizer();
    const SpecialIds ids = specialIdsOf(model.config(), *tokenizer);
    std::unique_ptr<Policy> policy = makePolicy(trace.header().settings, ids, model.config().isAutoregressive());
    return std::unique_ptr<State>(
        new State{.model = model, .tokenizer = std::move(tokenizer), .trace = std::move(trace), .policy = std::move(policy), .drift = {}});
}

/// One pass over the canvas of `frame`, which is as it was before step `frame` + 1.
Result<ForwardResult> Session::State::pass(const StepPlan& plan, uint32_t frame, Comparison comparison, const std::stop_token& stop) {
    const Canvas& canvas = trace.canvas(frame);
    const DecodeSettings& settings = trace.header().settings;
    const std::vector<TokenId> forbidden = forbiddenIds(model.config(), settings, plan);
    const std::vector<TokenId> unconditional = settings.cfgScale > 0.0 ? withoutGiven(canvas) : std::vector<TokenId>();
    Result<ForwardResult> result =
        model.forward({.tokens = canvas.text(),
                       .openSlots = plan.slots,
                       .candidates = kRecordedCandidates,
                       .noise = {.temperature = plan.isGreedy ? 0.0F : settings.temperature, .seed = settings.seed, .step = frame + 1},
                       .filter = plan.filter,
                       .forbidden = forbidden,
                       .unconditional = unconditional,
                       .cfgScale = static_cast<float>(settings.cfgScale),
                       .confidenceWithout = plan.confidenceWithout,
                       .comparison = comparison,
                       .comparedBegin = plan.comparing ? plan.comparing->begin : 0,
                       .comparedEnd = plan.comparing ? plan.comparing->end : 0,
                       .shadow = plan.confirms ? ShadowRows{.rows = plan.end - plan.begin, .begin = plan.begin} : ShadowRows{},
                       .repeatsText = frame == trace.steps() && repeatsText()},
                      stop);
    if (!result) {
        drift.forget();
        return result;
    }
    ENGINE_ASSERT(result->beliefs.size() == plan.slots.size());
    if (Result<void> checked = checkBeliefs(result->beliefs); !checked) {
        return checked.error();
    }
    if (comparison != Comparison::None) {
        drift.add(frame, plan.slots, result->drift);
    }
    return result;
}

/// Whether the last step changed nothing, so that the next one needs no pass of its own. With guidance it does: the last pass was over
/// another text. The published ReMDM sampler keeps its probabilities likewise (kuleshov-group/remdm `diffusion.py`).
bool Session::State::repeatsText() const {
    return trace.steps() > 0 && trace.record(trace.steps()).events.empty() && trace.header().settings.cfgScale == 0.0;
}

/// After a stop or a restore the model no longer holds the distributions of the last pass. The passes that the next step looks back at are
/// made again, on the canvases as they were; they cost time, but belong to no step.
Result<void> Session::State::rebuildDrift(const StepPlan& plan, const std::stop_token& stop) {
    const uint32_t frame = trace.steps();
    const uint32_t lookedAt = std::min(trace.header().settings.klHistory, frame - plan.comparing->since);
    drift.begin(plan.comparing->begin);
    for (uint32_t first = frame - lookedAt; first < frame; ++first) {
        StepPlan earlier = plan;
        earlier.slots = trace.canvas(first).maskedSlots();
        const Comparison comparison = drift.continuesAt(first, plan.comparing->begin) ? Comparison::Continue : Comparison::Begin;
        if (Result<ForwardResult> again = pass(earlier, first, comparison, stop); !again) {
            return again.error();
        }
    }
    return {};
}

Result<ForwardResult> Session::State::believe(const StepPlan& plan, const std::stop_token& stop) {
    const uint32_t frame = trace.steps();
    if (plan.slots.empty()) {
        return ForwardResult{};
    }
    if (!plan.comparing) {
        return pass(plan, frame, Comparison::None, stop);
    }
    const uint32_t firstSlot = plan.comparing->begin;
    if (!drift.continuesAt(frame, firstSlot)) {
        if (Result<void> rebuilt = rebuildDrift(plan, stop); !rebuilt) {
            return rebuilt.error();
        }
    }
    return pass(plan, frame, drift.continuesAt(frame, firstSlot) ? Comparison::Continue : Comparison::Begin, stop);
}

StepRecord Session::State::recordOf(const StepPlan& plan, std::vector<SlotBelief> beliefs, std::vector<SlotEvent> events) const {
    const Canvas& before = trace.canvas(trace.steps());
    Canvas after = before;
    for (const SlotEvent& event : events) {
        after.apply(event);
    }
    const uint32_t passes = plan.slots.empty() || repeatsText() ? 0 : trace.header().settings.cfgScale > 0.0 ? 2 : 1;
    const uint32_t shadow = plan.confirms ? rowsOfShadow(model.config(), plan.end - plan.begin) : 0;
    const uint32_t rows = passes == 0 ? 0 : passes * rowsComputed(model.config(), before.textLength(), plan.slots) + shadow;
    return {.number = trace.steps() + 1,
            .block = plan.block,
            .eligibleBegin = plan.begin,
            .eligibleEnd = plan.end,
            .forwardPasses = passes,
            .rowsComputed = rows,
            .maskedBefore = before.maskedCount(),
            .maskedAfter = after.maskedCount(),
            .beliefs = std::move(beliefs),
            .events = std::move(events)};
}

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::start(Denoiser& model, std::string_view prompt, const DecodeRequest& request) {
    Result<RunPlan> plan = planRun(model.config(), *model.tokenizer(), prompt, request);
    if (!plan) {
        return plan.error();
    }
    return begin(model, *std::move(plan), std::string(prompt));
}

Result<std::unique_ptr<Session>> Session::start(Denoiser& model, std::span<const TokenId> prompt, const DecodeRequest& request) {
    Result<RunPlan> plan = planRun(model.config(), *model.tokenizer(), prompt, request);
    if (!plan) {
        return plan.error();
    }
    return begin(model, *std::move(plan), model.tokenizer()->decode(prompt));
}

std::unique_ptr<Session> Session::begin(Denoiser& model, RunPlan plan, std::string prompt) {
    const std::shared_ptr<const Tokenizer> tokenizer = model.tokenizer();
    TraceHeader header = model.identity();
    header.startedAt = utcNow();
    header.prompt = std::move(prompt);
    header.settings = plan.settings;
    Pieces pieces = piecesOf(*tokenizer, plan.canvas.tokens(), model.config());
    Trace trace(std::move(header), std::move(plan.canvas), std::move(pieces.bytes), std::move(pieces.controlIds));
    return std::unique_ptr<Session>(new Session(State::make(model, std::move(trace))));
}

Result<std::unique_ptr<Session>> Session::restore(Denoiser& model, const Trace& trace, uint32_t step) {
    const TraceHeader& header = trace.header();
    const TraceHeader identity = model.identity();
    if (header.modelFingerprint != identity.modelFingerprint) {
        return invalid("The trace was made with " + inQuotes(header.modelName) + " (" + inQuotes(header.modelFingerprint) +
                       "), but the loaded model is " + inQuotes(identity.modelName) + " (" + inQuotes(identity.modelFingerprint) +
                       "); load the model that made it.");
    }
    if (header.vocabulary != identity.vocabulary || header.maskId != identity.maskId) {
        return Error{.kind = ErrorKind::Corrupt,
                     .message = "The trace contradicts its own model " + inQuotes(identity.modelName) + " (vocabulary of " +
                                std::to_string(header.vocabulary) + ", mask " + std::to_string(header.maskId) +
                                "); it cannot be continued."};
    }
    if (step > trace.steps()) {
        return invalid("The trace has " + std::to_string(trace.steps()) + " steps; it cannot be continued after step " +
                       std::to_string(step) + ".");
    }
    if (Result<void> checked = checkRun(model.config(), *model.tokenizer(), trace.canvas(0), header.settings); !checked) {
        return checked.error();
    }
    return std::unique_ptr<Session>(new Session(State::make(model, prefixOf(trace, continuedHeader(header, identity, step), step))));
}

bool Session::finished() const {
    return state_->policy->isFinished(state_->trace);
}

Result<void> Session::step(std::stop_token stop) {
    ENGINE_ASSERT(!finished());
    Trace& trace = state_->trace;
    const auto begun = std::chrono::steady_clock::now();
    const StepPlan plan = state_->policy->plan(trace);
    Result<ForwardResult> result = state_->believe(plan, stop);
    if (!result) {
        return result.error();
    }
    const std::vector<std::vector<float>> drift = plan.comparing ? state_->drift.of(plan.slots) : std::vector<std::vector<float>>();
    std::vector<SlotEvent> events = state_->policy->decide(
        trace, plan, {.beliefs = result->beliefs, .drawn = result->drawn, .drift = drift, .confirmed = result->confirmed});

    StepRecord record = state_->recordOf(plan, std::move(result->beliefs), std::move(events));
    record.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    const Pieces pieces = piecesOf(*state_->tokenizer, record);
    trace.addPieces(pieces.bytes, pieces.controlIds);
    trace.append(std::move(record));
    trace.setStatus(finished() ? RunStatus::Complete : RunStatus::Running);
    return {};
}

const Trace& Session::trace() const {
    return state_->trace;
}

}  // namespace crystallite
