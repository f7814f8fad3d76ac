#include "engine/diffusion/session.h"

#include "engine/base/in_quotes.h"
#include "engine/diffusion/run_plan.h"
#include "engine/diffusion/samplers/unmasking.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <limits>
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

/// Where a step stands in the semi-autoregressive order: blocks from left to right, each with the same share of the steps. A model that
/// writes left to right has one slot per step.
struct BlockStep {
    uint32_t block = 0;
    uint32_t stepInBlock = 0;
    uint32_t stepsPerBlock = 0;
    uint32_t firstFrame = 0;  ///< the canvas at the start of the block, on which its masks are counted
    uint32_t begin = 0;       ///< slots [begin, end)
    uint32_t end = 0;
};

BlockStep locateStep(const DecodeSettings& settings, uint32_t promptLength, uint32_t number) {
    const uint32_t stepsPerBlock = settings.steps / settings.blocks();
    const uint32_t block = (number - 1) / stepsPerBlock;
    const uint32_t begin = promptLength + block * settings.effectiveBlockLength();
    return {.block = block,
            .stepInBlock = (number - 1) % stepsPerBlock,
            .stepsPerBlock = stepsPerBlock,
            .firstFrame = block * stepsPerBlock,
            .begin = begin,
            .end = begin + settings.effectiveBlockLength()};
}

BlockStep locateNextSlot(const Canvas& canvas, uint32_t number) {
    const uint32_t next = canvas.maskedSlots().front();
    return {.stepInBlock = 0, .stepsPerBlock = 1, .firstFrame = number - 1, .begin = next, .end = next + 1};
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

Pieces piecesOf(const Tokenizer& tokenizer, std::span<const SlotBelief> beliefs) {
    Pieces pieces;
    for (const SlotBelief& belief : beliefs) {
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

}  // namespace

/// Everything that decides the next step is in the trace: settings, the canvas, and the canvas at the start of the block. That is why a
/// session restored at any step continues bit-identically.
struct Session::State {
    Denoiser& model;
    std::shared_ptr<const Tokenizer> tokenizer;
    Trace trace;

    [[nodiscard]] BlockStep locate(uint32_t number) const;
    [[nodiscard]] std::vector<uint32_t> slotsToAsk(const BlockStep& where) const;
    Result<std::vector<SlotBelief>> believe(std::span<const uint32_t> openSlots, uint32_t number, const std::stop_token& stop);
    void rank(std::vector<SlotBelief>& beliefs, const BlockStep& where, uint32_t number) const;
    std::vector<SlotEvent> commit(std::span<const SlotBelief> beliefs, const BlockStep& where) const;
};

BlockStep Session::State::locate(uint32_t number) const {
    const bool leftToRight = model.config().isAutoregressive();
    return leftToRight ? locateNextSlot(trace.canvas(number - 1), number)
                       : locateStep(trace.header().settings, trace.promptLength(), number);
}

/// Every masked slot is asked, those right of the block too: they are shown, not committed. A model that writes left to right knows nothing
/// about any but the next.
std::vector<uint32_t> Session::State::slotsToAsk(const BlockStep& where) const {
    return model.config().isAutoregressive() ? std::vector{where.begin} : trace.canvas(trace.steps()).maskedSlots();
}

/// One forward pass over the canvas.
Result<std::vector<SlotBelief>> Session::State::believe(std::span<const uint32_t> openSlots, uint32_t number, const std::stop_token& stop) {
    const Canvas& canvas = trace.canvas(trace.steps());
    const DecodeSettings& settings = trace.header().settings;
    Result<std::vector<SlotBelief>> beliefs =
        model.forward({.tokens = canvas.tokens(),
                       .openSlots = openSlots,
                       .candidates = kRecordedCandidates,
                       .noise = {.temperature = settings.temperature, .seed = settings.seed, .step = number}},
                      stop);
    if (!beliefs) {
        return beliefs;
    }
    ENGINE_ASSERT(beliefs->size() == openSlots.size());
    if (Result<void> checked = checkBeliefs(*beliefs); !checked) {
        return checked.error();
    }
    return beliefs;
}

void Session::State::rank(std::vector<SlotBelief>& beliefs, const BlockStep& where, uint32_t number) const {
    const DecodeSettings& settings = trace.header().settings;
    for (SlotBelief& belief : beliefs) {
        const bool eligible = belief.position >= where.begin && belief.position < where.end;
        belief.score = eligible ? unmaskScore(settings.order, belief, settings.seed, number) : std::numeric_limits<float>::quiet_NaN();
    }
}

std::vector<SlotEvent> Session::State::commit(std::span<const SlotBelief> beliefs, const BlockStep& where) const {
    const uint32_t maskedInBlock = trace.canvas(where.firstFrame).maskedCount(where.begin, where.end);
    const uint32_t commits = evenSchedule(maskedInBlock, where.stepsPerBlock)[where.stepInBlock];
    std::vector<SlotEvent> events;
    for (const uint32_t index : chooseSlots(beliefs, commits)) {
        const SlotBelief& belief = beliefs[index];
        events.push_back({.kind = EventKind::Commit,
                          .position = belief.position,
                          .before = trace.header().maskId,
                          .after = belief.sampledId,
                          .probability = belief.sampledProbability});
    }
    return events;
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
    std::shared_ptr<const Tokenizer> tokenizer = model.tokenizer();
    TraceHeader header = model.identity();
    header.startedAt = utcNow();
    header.prompt = std::move(prompt);
    header.settings = plan.settings;
    Pieces pieces = piecesOf(*tokenizer, plan.canvas.tokens(), model.config());
    Trace trace(std::move(header), std::move(plan.canvas), std::move(pieces.bytes), std::move(pieces.controlIds));
    return std::unique_ptr<Session>(new Session(std::unique_ptr<State>(new State{model, std::move(tokenizer), std::move(trace)})));
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
    if (Result<void> checked = checkRun(model.config(), trace.canvas(0), header.settings); !checked) {
        return checked.error();
    }
    return std::unique_ptr<Session>(new Session(
        std::unique_ptr<State>(new State{model, model.tokenizer(), prefixOf(trace, continuedHeader(header, identity, step), step)})));
}

bool Session::finished() const {
    // A run of ours leaves no mask only after its last step; a trace from elsewhere may.
    const Trace& trace = state_->trace;
    return trace.steps() == trace.header().settings.steps || trace.canvas(trace.steps()).maskedCount() == 0;
}

Result<void> Session::step(std::stop_token stop) {
    ENGINE_ASSERT(!finished());
    Trace& trace = state_->trace;
    const auto begun = std::chrono::steady_clock::now();
    const uint32_t number = trace.steps() + 1;
    const BlockStep where = state_->locate(number);
    const std::vector<uint32_t> asked = state_->slotsToAsk(where);

    Result<std::vector<SlotBelief>> beliefs = state_->believe(asked, number, stop);
    if (!beliefs) {
        return beliefs.error();
    }
    state_->rank(*beliefs, where, number);
    std::vector<SlotEvent> events = state_->commit(*beliefs, where);

    const uint32_t masked = trace.canvas(trace.steps()).maskedCount();
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - begun;
    StepRecord record{.number = number,
                      .block = where.block,
                      .eligibleBegin = where.begin,
                      .eligibleEnd = where.end,
                      .forwardPasses = 1,
                      .rowsComputed = rowsComputed(state_->model.config(), trace.slots(), asked),
                      .maskedBefore = masked,
                      .maskedAfter = masked - static_cast<uint32_t>(events.size()),
                      .milliseconds = elapsed.count(),
                      .beliefs = std::move(*beliefs),
                      .events = std::move(events)};
    const Pieces pieces = piecesOf(*state_->tokenizer, record.beliefs);
    trace.addPieces(pieces.bytes, pieces.controlIds);
    trace.append(std::move(record));
    trace.setStatus(finished() ? RunStatus::Complete : RunStatus::Running);
    return {};
}

const Trace& Session::trace() const {
    return state_->trace;
}

}  // namespace crystallite
