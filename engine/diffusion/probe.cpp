#include "engine/diffusion/probe.h"

#include "engine/base/in_quotes.h"
#include "engine/diffusion/pass_request.h"
#include "engine/diffusion/run_check.h"
#include "engine/diffusion/samplers/policy.h"
#include "engine/model/pass_rows.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace crystallite {
namespace {

static_assert(kProbedCandidates == kMaxCandidates);

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

Result<void> checkSlot(const ProbeRequest& request) {
    const Canvas& canvas = request.at.canvas;
    const std::string slot = "slot " + std::to_string(request.position);
    switch (obstacleTo(request.kind, canvas, request.at.header.settings, request.position)) {
        case ProbeObstacle::None: return {};
        case ProbeObstacle::NoSuchSlot:
            return invalid("The canvas has " + std::to_string(canvas.size()) + " slots, counted from 0; there is no " + slot + ".");
        case ProbeObstacle::BehindText:
            return invalid("After step " + std::to_string(request.at.frame) + " the text ends before " + slot + "; choose one below " +
                           std::to_string(canvas.textLength()) + ".");
        case ProbeObstacle::IsOpen:
            return invalid("After step " + std::to_string(request.at.frame) + " " + slot +
                           " is masked, so that there is no token to leave out; ask for its candidates.");
        case ProbeObstacle::HoldsToken:
            return invalid("After step " + std::to_string(request.at.frame) + " " + slot +
                           " holds a token, and the model was not trained to say what could stand where one stands; leave it out instead.");
    }
    return {};
}

/// What a model that writes from left to right can be asked.
Result<void> checkLeftToRight(const ModelConfig& config, const ProbeRequest& request) {
    const std::string model = inQuotes(config.name) + " writes from left to right";
    if (request.kind == ProbeKind::LeaveOneOut) {
        return invalid(model + " and knows nothing of what follows a slot; leave-one-out needs a model that denoises.");
    }
    if (request.position == 0) {
        return invalid(model + ", and no row predicts slot 0; choose a later one.");
    }
    const std::vector<uint32_t> open = request.at.canvas.maskedSlots();
    if (!open.empty() && request.position > open.front()) {
        return invalid(model + ", and nothing is known yet of slots behind the next one; choose slot " + std::to_string(open.front()) +
                       ".");
    }
    return {};
}

Result<void> checkRequest(const Denoiser& model, const ProbeRequest& request) {
    if (Result<void> same = checkSameModel(request.at.header, model.identity()); !same) {
        return same;
    }
    if (request.candidates < 1 || request.candidates > kProbedCandidates) {
        return invalid("The number of candidates is " + std::to_string(request.candidates) + ", but must be in 1.." +
                       std::to_string(kProbedCandidates) + ".");
    }
    if (Result<void> slot = checkSlot(request); !slot) {
        return slot;
    }
    const TokenId token = request.at.canvas.token(request.position);
    if (request.kind == ProbeKind::LeaveOneOut && token >= model.config().outputVocabulary) {
        return invalid("Slot " + std::to_string(request.position) + " holds token " + std::to_string(token) + ", which " +
                       inQuotes(model.config().name) + " can read but not write; leave another one out.");
    }
    return model.config().isAutoregressive() ? checkLeftToRight(model.config(), request) : Result<void>();
}

/// The texts of the passes, and what may not come out of them.
struct Texts {
    std::vector<TokenId> tokens;
    std::vector<TokenId> unconditional;  ///< empty without guidance
    std::vector<TokenId> forbidden;
};

Texts textsOf(const Denoiser& model, const ProbeRequest& request) {
    const ModelConfig& config = model.config();
    const Canvas& canvas = request.at.canvas;
    const DecodeSettings& settings = request.at.header.settings;
    const SpecialIds ids = specialIdsOf(config, *model.tokenizer());
    Texts texts{.tokens = {canvas.text().begin(), canvas.text().end()},
                .unconditional = passesOf(request.kind, settings) > 1 ? withoutGiven(canvas) : std::vector<TokenId>(),
                .forbidden = forbiddenIds(config, settings, suppressedIds(settings, ids, canvas, request.at.insertions))};
    if (request.kind == ProbeKind::LeaveOneOut) {
        texts.tokens[request.position] = config.maskId;
        if (!texts.unconditional.empty()) {
            texts.unconditional[request.position] = config.maskId;
        }
        std::erase(texts.forbidden, canvas.token(request.position));
    }
    return texts;
}

Result<SlotAttention> attentionOf(const ModelConfig& config, const ProbeRequest& request, std::vector<float> weights) {
    if (!std::all_of(weights.begin(), weights.end(), [](float weight) { return std::isfinite(weight); })) {
        return Error{.kind = ErrorKind::Corrupt,
                     .message = "The model gave no finite attention for slot " + std::to_string(request.position) +
                                "; its weights are damaged or this device computes them wrongly: try the CPU, then load the file again."};
    }
    return SlotAttention{.layers = config.layers,
                         .heads = config.heads,
                         .slots = request.at.canvas.textLength(),
                         .row = predictingRow(config, request.position),
                         .weights = std::move(weights)};
}

void addPiece(ProbeResult& result, const Tokenizer& tokenizer, TokenId id) {
    if (result.pieces.try_emplace(id, tokenizer.piece(id)).second && tokenizer.isControl(id)) {
        result.controlIds.push_back(id);
    }
}

void addPieces(ProbeResult& result, const Tokenizer& tokenizer, std::span<const TokenId> text) {
    for (const TokenId id : text) {
        addPiece(result, tokenizer, id);
    }
    if (result.belief) {
        for (const Candidate& candidate : result.belief->candidates) {
            addPiece(result, tokenizer, candidate.id);
        }
    }
}

ForwardRequest forwardRequestOf(const ProbeRequest& request, const Texts& texts, const uint32_t& slot, const TokenId& token) {
    const DecodeSettings& settings = request.at.header.settings;
    ForwardRequest pass{.tokens = texts.tokens,
                        .openSlots = {&slot, 1},
                        .candidates = request.candidates,
                        .forbidden = texts.forbidden,
                        .unconditional = texts.unconditional,
                        .cfgScale = static_cast<float>(settings.cfgScale),
                        .blockOffset = settings.blockOffset,
                        .blockLength = seenBlockLength(settings)};
    if (request.kind == ProbeKind::Attention) {
        pass.attentionOf = slot;
    }
    if (request.kind == ProbeKind::LeaveOneOut) {
        pass.asked = {&token, 1};
    }
    return pass;
}

/// What the pass answered.
Result<void> fill(ProbeResult& result, const ModelConfig& config, const ProbeRequest& request, const Texts& texts, ForwardResult answer) {
    if (request.kind == ProbeKind::Attention) {
        auto attention = attentionOf(config, request, std::move(answer.attention));
        if (!attention) {
            return attention.error();
        }
        result.attention = *std::move(attention);
        return {};
    }
    if (Result<void> checked = checkBeliefs(answer.beliefs); !checked) {
        return checked;
    }
    result.belief = std::move(answer.beliefs.front());
    if (request.kind == ProbeKind::LeaveOneOut) {
        const AskedToken& token = answer.asked.front();
        result.leftOut = LeftOutToken{.id = token.id,
                                      .probability = token.probability,
                                      .rank = token.rank,
                                      .of = config.outputVocabulary - static_cast<uint32_t>(texts.forbidden.size())};
    }
    return {};
}

}  // namespace

Result<ProbeResult> probe(Denoiser& model, const ProbeRequest& request, std::stop_token stop) {
    if (Result<void> checked = checkRequest(model, request); !checked) {
        return checked.error();
    }
    const Texts texts = textsOf(model, request);
    const TokenId token = request.at.canvas.token(request.position);
    const ForwardRequest pass = forwardRequestOf(request, texts, request.position, token);
    const auto begun = std::chrono::steady_clock::now();
    Result<ForwardResult> answer = model.forward(pass, std::move(stop));
    if (!answer) {
        return answer.error();
    }
    ProbeResult result{.kind = request.kind,
                       .frame = request.at.frame,
                       .position = request.position,
                       .passes = passesOf(request.kind, request.at.header.settings),
                       .milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count(),
                       .device = model.identity().device};
    if (Result<void> filled = fill(result, model.config(), request, texts, *std::move(answer)); !filled) {
        return filled.error();
    }
    addPieces(result, *model.tokenizer(), request.at.canvas.text());
    return result;
}

}  // namespace crystallite
