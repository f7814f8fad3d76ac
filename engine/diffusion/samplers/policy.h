#pragma once

#include "engine/model/denoiser.h"
#include "engine/trace/block_grid.h"
#include "engine/trace/trace.h"

#include <memory>
#include <optional>
#include <vector>

namespace crystallite {

/// What the special ids of a model mean to a policy.
struct SpecialIds {
    TokenId mask = 0;
    std::optional<TokenId> eos;
    std::optional<TokenId> eot;
    std::optional<TokenId> expand;  ///< DreamOn: stands for two slots
    std::vector<TokenId> ends;      ///< all at which an answer ends: eos, eot and what else the model's files name

    [[nodiscard]] bool isEnd(TokenId id) const;
};

SpecialIds specialIdsOf(const ModelConfig& config, const Tokenizer& tokenizer);

/// Slots that a model made its text grow by up to a frame: DreamOn's budget. What a hand inserted costs none of it.
uint32_t insertionsUpTo(const Trace& trace, uint32_t frame);

/// Ids that a step over this canvas must not write, beyond what the model forbids: the end of the text under logits_eos_inf, and the token
/// that makes a text grow where there is no room or budget for it.
std::vector<TokenId> suppressedIds(const DecodeSettings& settings, const SpecialIds& ids, const Canvas& canvas, uint32_t insertions);

/// What a step asks of the model, and which slots it may commit.
struct StepPlan {
    uint32_t block = 0;
    uint32_t begin = 0;  ///< slots [begin, end)
    uint32_t end = 0;
    std::vector<uint32_t> slots;      ///< asked, rising; may be more than can be committed, and none where nothing is open
    std::vector<TokenId> suppressed;  ///< never drawn in this step, beyond what the model forbids
    std::optional<TokenFilter> filter;
    std::optional<TokenId> confidenceWithout;
    bool asksNext = false;  ///< asks about the slot behind rows that are all final: the pass that keeps these answers, too
    bool isGreedy = false;  ///< draws at temperature 0, whatever the settings say
    bool confirms = false;  ///< needs Forecast::confirmed over [begin, end)
    /// Needs Forecast::drift over slots [begin, end), as of the passes over frame `since` and later.
    struct Comparing {
        uint32_t begin = 0;
        uint32_t end = 0;
        uint32_t since = 0;
    };
    std::optional<Comparing> comparing;
};

/// What a step learned. Scores are the policy's to set.
struct Forecast {
    std::vector<SlotBelief>& beliefs;
    const std::vector<Drawn>& drawn;  ///< by belief, or empty
    /// By belief: the divergence of every compared pass from the one before it, the latest last; empty unless asked for.
    const std::vector<std::vector<float>>& drift;
    const std::vector<float>& confirmed;  ///< by slot of [begin, end), or empty; see ForwardResult::confirmed
};

/// Decides step by step which slots of a run change. Pure and seeded: the same run so far gives the same plan and the same decision, so
/// that a run can be continued from any of its steps. It never sees the device, nor how the model came to its beliefs: caches are not its
/// business.
class Policy {
public:
    Policy(const DecodeSettings& settings, const SpecialIds& ids) : settings_(settings), ids_(ids) {}
    Policy(const Policy&) = delete;
    Policy& operator=(const Policy&) = delete;
    virtual ~Policy() = default;

    /// Whether the run is over: nothing is open, the answer has ended, or the last step is made.
    [[nodiscard]] virtual bool isFinished(const Trace& trace) const;
    /// The next step of an unfinished run.
    [[nodiscard]] virtual StepPlan plan(const Trace& trace) const = 0;
    /// Ranks the beliefs (NaN: not eligible) and says what changes, in the order of the decisions.
    [[nodiscard]] virtual std::vector<SlotEvent> decide(const Trace& trace, const StepPlan& plan, Forecast forecast) const = 0;

protected:
    [[nodiscard]] const DecodeSettings& settings() const { return settings_; }
    [[nodiscard]] const SpecialIds& ids() const { return ids_; }
    [[nodiscard]] BlockGrid gridOf(const Trace& trace) const { return {settings_, trace.promptLength()}; }
    /// The canvas when the block of the next step began. A block that a hand opened again begins anew.
    [[nodiscard]] static uint32_t firstFrameOf(const Trace& trace, uint32_t block);
    /// The canvas since which no hand has changed anything: where what is shared out, compared or counted begins anew.
    [[nodiscard]] static uint32_t undisturbedSince(const Trace& trace, uint32_t firstFrame);
    /// Whether a token that ends the answer was written and nothing is open in its block and before it.
    [[nodiscard]] bool hasEnded(const Trace& trace) const;
    /// Commits of the next step by the schedule of its block, which began at frame `firstFrame`: the block's open slots shared out evenly
    /// over the steps that it has; of the blocks of the text all its slots, whether or not part of it was given, as JetAstra/SDAR
    /// `generate.py` and LLaDA2.0 do; bd3lm's share of the open ones. What a hand has left open is shared out anew over the steps that are
    /// left. One where the schedule is at its end with slots left, because the model drew its mask or the policy did not follow it.
    [[nodiscard]] uint32_t commitsDue(const Trace& trace, uint32_t block, uint32_t firstFrame) const;
    /// A plan that asks about every open slot and may commit those of [begin, end); about no others where blocks are those of the text,
    /// because later blocks know nothing yet.
    [[nodiscard]] StepPlan planOver(const Trace& trace, uint32_t block, uint32_t begin, uint32_t end) const;
    [[nodiscard]] StepPlan planBlock(const Trace& trace, uint32_t block) const;
    /// The first block with an open slot.
    [[nodiscard]] StepPlan planFirstOpenBlock(const Trace& trace) const;
    /// With an order's score for the eligible beliefs, by the distribution that was drawn from.
    void rank(const StepPlan& plan, Forecast& forecast, UnmaskOrder order, uint32_t step) const;
    /// Commits what was drawn at these beliefs, in this order. Writing the mask changes nothing, so that it is no event. Slots that were
    /// preferred by hand come first: as many as were chosen, and one at least.
    [[nodiscard]] std::vector<SlotEvent> commitsOf(const Trace& trace, const std::vector<SlotBelief>& beliefs,
                                                   std::vector<uint32_t> chosen) const;

private:
    /// Commits by step from frame `since` on, when `used` steps of the block were made before it.
    [[nodiscard]] std::vector<uint32_t> scheduleOf(const Trace& trace, uint32_t block, uint32_t since, uint32_t used) const;
    [[nodiscard]] std::vector<uint32_t> preferredFirst(const Trace& trace, const std::vector<SlotBelief>& beliefs,
                                                       std::vector<uint32_t> chosen) const;

    DecodeSettings settings_;
    SpecialIds ids_;
};

/// The policy that the settings name. `leftToRight`: the model knows nothing about any but the next slot.
std::unique_ptr<Policy> makePolicy(const DecodeSettings& settings, const SpecialIds& ids, bool leftToRight);

}  // namespace crystallite
