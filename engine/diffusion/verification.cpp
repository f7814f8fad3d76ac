#include "engine/diffusion/session.h"

#include "engine/base/in_quotes.h"

#include <array>
#include <bit>
#include <cstdio>
#include <utility>

namespace crystallite {

namespace {

/// Nine digits tell any two floats apart.
std::string exactly(float value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.9g", static_cast<double>(value));
    return text.data();
}

std::string quoted(const Trace& trace, TokenId id) {
    return inQuotes(trace.piece(id)) + " (" + std::to_string(id) + ")";
}

/// Compares one quantity after the other and keeps the first that differs as a sentence.
class Comparison {
public:
    void number(const std::string& what, uint32_t recorded, uint32_t computed) {
        note(recorded != computed, what, std::to_string(recorded), std::to_string(computed));
    }
    void real(const std::string& what, float recorded, float computed) {
        note(std::bit_cast<uint32_t>(recorded) != std::bit_cast<uint32_t>(computed), what, exactly(recorded), exactly(computed));
    }
    void name(const std::string& what, std::string_view recorded, std::string_view computed) {
        note(recorded != computed, what, std::string(recorded), std::string(computed));
    }
    void token(const std::string& what, const Trace& recordedIn, TokenId recorded, const Trace& computedIn, TokenId computed) {
        note(recorded != computed, what, quoted(recordedIn, recorded), quoted(computedIn, computed));
    }
    [[nodiscard]] const std::string& first() const { return first_; }

private:
    void note(bool differs, const std::string& what, const std::string& recorded, const std::string& computed) {
        if (differs && first_.empty()) {
            first_ = what + " is " + recorded + " in the trace and " + computed + " now";
        }
    }
    std::string first_;
};

void compareBelief(Comparison& comparison, const SlotBelief& a, const SlotBelief& b, const Trace& recordedIn, const Trace& computedIn) {
    const std::string slot = "slot " + std::to_string(a.position) + ": ";
    comparison.token(slot + "the drawn token", recordedIn, a.sampledId, computedIn, b.sampledId);
    comparison.number(slot + "the number of candidates", static_cast<uint32_t>(a.candidates.size()),
                      static_cast<uint32_t>(b.candidates.size()));
    for (size_t rank = 0; rank < a.candidates.size() && rank < b.candidates.size(); ++rank) {
        const std::string candidate = slot + "candidate " + std::to_string(rank + 1);
        comparison.token(candidate, recordedIn, a.candidates[rank].id, computedIn, b.candidates[rank].id);
        comparison.real("the probability of " + candidate, a.candidates[rank].probability, b.candidates[rank].probability);
    }
    comparison.real(slot + "the probability of the drawn token", a.sampledProbability, b.sampledProbability);
    comparison.real(slot + "the log-sum-exp", a.logSumExp, b.logSumExp);
    comparison.real(slot + "the entropy", a.entropy, b.entropy);
    comparison.real(slot + "the margin", a.margin, b.margin);
    comparison.real(slot + "the score", a.score, b.score);
}

void comparePasses(Comparison& comparison, const StepRecord& a, const StepRecord& b) {
    if (a.lacksPasses() || b.lacksPasses()) {
        return;
    }
    comparison.number("the number of passes", static_cast<uint32_t>(a.passes.size()), static_cast<uint32_t>(b.passes.size()));
    for (size_t index = 0; index < a.passes.size() && index < b.passes.size(); ++index) {
        const std::string pass = "pass " + std::to_string(index + 1);
        comparison.name("the kind of " + pass, nameOf(a.passes[index].kind), nameOf(b.passes[index].kind));
        comparison.number("the first row of " + pass, a.passes[index].first, b.passes[index].first);
        comparison.number("the number of rows of " + pass, a.passes[index].rows, b.passes[index].rows);
    }
}

/// What a person notices first comes first: which tokens came where, then the numbers behind them.
std::string describeDifference(const Trace& recordedIn, const Trace& computedIn, uint32_t step) {
    const StepRecord& a = recordedIn.record(step);
    const StepRecord& b = computedIn.record(step);
    Comparison comparison;
    comparison.number("the number of changes", static_cast<uint32_t>(a.events.size()), static_cast<uint32_t>(b.events.size()));
    for (size_t index = 0; index < a.events.size() && index < b.events.size(); ++index) {
        comparison.name("change " + std::to_string(index + 1), nameOf(a.events[index].kind), nameOf(b.events[index].kind));
        comparison.number("the slot of change " + std::to_string(index + 1), a.events[index].position, b.events[index].position);
        comparison.token("the token that came to slot " + std::to_string(a.events[index].position), recordedIn, a.events[index].after,
                         computedIn, b.events[index].after);
    }
    for (size_t index = 0; index < a.beliefs.size() && index < b.beliefs.size(); ++index) {
        compareBelief(comparison, a.beliefs[index], b.beliefs[index], recordedIn, computedIn);
    }
    comparePasses(comparison, a, b);
    const std::string what = comparison.first().empty() ? "its bookkeeping differs" : comparison.first();
    return "step " + std::to_string(step) + ": " + what;
}

}  // namespace

Result<Verification> verifyTrace(Denoiser& model, const Trace& trace, const Progress& progress, std::stop_token stop) {
    Result<std::unique_ptr<Session>> session = Session::restore(model, trace, 0);
    if (!session) {
        return session.error();
    }
    Verification verification{.total = trace.steps()};
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        if (trace.record(step).byHand) {
            if (Result<void> changed = (*session)->changeByHand(trace.record(step).events); !changed) {
                verification.firstDifference = "step " + std::to_string(step) + ": " + changed.error().message;
                break;
            }
            verification.reproduced = step;
            continue;
        }
        if ((*session)->finished()) {
            verification.firstDifference = "step " + std::to_string(step) + ": no slot was masked any more";
            break;
        }
        if (Result<void> stepped = (*session)->step(stop); !stepped) {
            return stepped.error();
        }
        if (!sameDecision(trace.record(step), (*session)->trace().record(step))) {
            verification.firstDifference = describeDifference(trace, (*session)->trace(), step);
            break;
        }
        verification.reproduced = step;
        if (progress) {
            progress(static_cast<double>(step) / static_cast<double>(trace.steps()));
        }
    }
    return verification;
}

}  // namespace crystallite
