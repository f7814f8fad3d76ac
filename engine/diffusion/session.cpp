#include "engine/diffusion/session.h"

#include "engine/diffusion/pass_runner.h"
#include "engine/diffusion/run_check.h"
#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/samplers/policy.h"
#include "engine/trace/run_id.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

namespace crystallite {

namespace {

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
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

/// The trace before its first step.
Trace startOf(const Trace& trace, TraceHeader header) {
    std::vector<TokenId> controlIds;
    for (const auto& [id, bytes] : trace.pieces()) {
        if (trace.isControl(id)) {
            controlIds.push_back(id);
        }
    }
    return {std::move(header), trace.canvas(0), trace.pieces(), std::move(controlIds)};
}

/// A run with a cache is continued by its recorded passes: they must be those that its settings give.
Result<void> checkPasses(const ModelConfig& config, const Policy& policy, const Trace& trace, const StepRecord& next) {
    const auto isAsked = [](uint32_t slot, const SlotBelief& belief) { return slot == belief.position; };
    if (!policy.isFinished(trace)) {
        const PassPlan plan = planPasses(config, trace, policy.plan(trace));
        const std::vector<uint32_t>& slots = plan.step.slots;
        const bool isSameStep = plan.step.block == next.block && plan.step.begin == next.eligibleBegin && plan.step.end == next.eligibleEnd;
        if (isSameStep && plan.passes == next.passes &&
            std::equal(slots.begin(), slots.end(), next.beliefs.begin(), next.beliefs.end(), isAsked)) {
            return {};
        }
    }
    return Error{.kind = ErrorKind::Corrupt,
                 .message = "The trace contradicts itself: the passes of step " + std::to_string(next.number) +
                            " are not those of its settings; it cannot be continued."};
}

}  // namespace

/// Everything that decides the next step is in the trace: settings, the canvas, and how it came about. That is why a session restored at
/// any step continues bit-identically.
struct Session::State {
    Denoiser& model;
    std::shared_ptr<const Tokenizer> tokenizer;
    Trace trace;
    std::unique_ptr<Policy> policy;
    PassRunner runner;

    static std::unique_ptr<State> make(Denoiser& model, Trace trace);
    [[nodiscard]] StepRecord recordOf(const PassPlan& plan, std::vector<SlotBelief> beliefs, std::vector<SlotEvent> events) const;
};

std::unique_ptr<Session::State> Session::State::make(Denoiser& model, Trace trace) {
    std::shared_ptr<const Tokenizer> tokenizer = model.tokenizer();
    const SpecialIds ids = specialIdsOf(model.config(), *tokenizer);
    std::unique_ptr<Policy> policy = makePolicy(trace.header().settings, ids, model.config().isAutoregressive());
    return std::unique_ptr<State>(new State{.model = model,
                                            .tokenizer = std::move(tokenizer),
                                            .trace = std::move(trace),
                                            .policy = std::move(policy),
                                            .runner = PassRunner(model)});
}

StepRecord Session::State::recordOf(const PassPlan& plan, std::vector<SlotBelief> beliefs, std::vector<SlotEvent> events) const {
    const Canvas& before = trace.canvas(trace.steps());
    Canvas after = before;
    for (const SlotEvent& event : events) {
        after.apply(event);
    }
    StepRecord record{.number = trace.steps() + 1,
                      .block = plan.step.block,
                      .eligibleBegin = plan.step.begin,
                      .eligibleEnd = plan.step.end,
                      .forwardPasses = 0,
                      .rowsComputed = plan.step.confirms ? rowsOfShadow(model.config(), plan.step.end - plan.step.begin) : 0,
                      .maskedBefore = before.maskedCount(),
                      .maskedAfter = after.maskedCount(),
                      .beliefs = std::move(beliefs),
                      .events = std::move(events)};
    if (!repeatsText(model.config(), trace)) {
        record.passes = plan.passes;
    } else {
        record.rowsComputed = 0;
    }
    for (const PassRecord& pass : record.passes) {
        record.forwardPasses += pass.isEvaluation() ? 1 : 0;
        record.rowsComputed += pass.rows;
    }
    return record;
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
    header.id = newRunId();
    header.prompt = std::move(prompt);
    header.settings = plan.settings;
    Pieces pieces = piecesOf(*tokenizer, plan.canvas.tokens(), model.config());
    Trace trace(std::move(header), std::move(plan.canvas), std::move(pieces.bytes), std::move(pieces.controlIds));
    return std::unique_ptr<Session>(new Session(State::make(model, std::move(trace))));
}

Result<std::unique_ptr<Session>> Session::restore(Denoiser& model, const Trace& trace, uint32_t step) {
    const TraceHeader& header = trace.header();
    const TraceHeader identity = model.identity();
    if (Result<void> same = checkSameModel(header, identity); !same) {
        return same.error();
    }
    if (step > trace.steps()) {
        return invalid("The trace has " + std::to_string(trace.steps()) + " steps; it cannot be continued after step " +
                       std::to_string(step) + ".");
    }
    if (Result<void> checked = checkRun(model.config(), *model.tokenizer(), trace.canvas(0), header.settings); !checked) {
        return checked.error();
    }
    std::unique_ptr<State> state = State::make(model, startOf(trace, continuedHeader(header, identity, step)));
    for (uint32_t number = 1; number <= step; ++number) {
        const StepRecord& record = trace.record(number);
        if (header.settings.cache != CacheKind::None) {
            if (Result<void> checked = checkPasses(model.config(), *state->policy, state->trace, record); !checked) {
                return checked.error();
            }
        }
        state->trace.append(record);
    }
    return std::unique_ptr<Session>(new Session(std::move(state)));
}

bool Session::finished() const {
    return state_->policy->isFinished(state_->trace);
}

Result<void> Session::step(std::stop_token stop) {
    ENGINE_ASSERT(!finished());
    Trace& trace = state_->trace;
    const PassPlan plan = planPasses(state_->model.config(), trace, state_->policy->plan(trace));
    if (Result<void> caughtUp = state_->runner.catchUp(trace, plan, stop); !caughtUp) {
        return caughtUp;
    }
    const auto begun = std::chrono::steady_clock::now();
    Result<ForwardResult> result = state_->runner.run(trace, plan, stop);
    if (!result) {
        return result.error();
    }
    const std::vector<std::vector<float>> drift =
        plan.step.comparing ? state_->runner.driftOf(plan.step.slots) : std::vector<std::vector<float>>();
    std::vector<SlotEvent> events = state_->policy->decide(
        trace, plan.step, {.beliefs = result->beliefs, .drawn = result->drawn, .drift = drift, .confirmed = result->confirmed});

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
