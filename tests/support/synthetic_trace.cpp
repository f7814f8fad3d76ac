#include "tests/support/synthetic_trace.h"

#include "engine/base/rng.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <sstream>

namespace crystallite::testing {

namespace {

constexpr TokenId kMask = 0;
constexpr TokenId kEnd = 1;
constexpr TokenId kFirstWord = 2;
constexpr uint32_t kVocabulary = 4096;

const char* const kPrompt = "Once| upon| a| time|,| there| was| a| little| rabbit";
const char* const kStory =
    " named| Lily|.| One| sunny| day|,| she| went| to| the| garden|.| There| was| a| brown| bird| on| the| fence|.| \"|Hello|,|\"| said| "
    "the| "
    "bird|.| \"|Do| you| want| to| play|?|\"| Lily| was| so| happy|.\n|They| ran| and| jumped| until| the| sun| went| down|.| Then| they| "
    "said| good|bye| and| became| best| friends|.";
const char* const kOthers =
    " called| Tom| park| forest| pond| big| small| red| dog| cat| and| but| tree| house| with| in| saw| found| looked| happy| sad| "
    "mother| friend| home| very| then| it| he| his| her| their| my| your| good| new| old| ball| box| hat| toy| boy| girl";

std::vector<std::string> split(const char* text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, '|');) {
        parts.push_back(part);
    }
    return parts;
}

/// Entropy in nats when the mass that `candidates` leave is spread evenly over `others` ids.
float entropyOf(const std::vector<Candidate>& candidates, uint32_t others) {
    double entropy = 0.0;
    double mass = 0.0;
    for (const Candidate& candidate : candidates) {
        const double p = static_cast<double>(candidate.probability);
        entropy -= p > 0.0 ? p * std::log(p) : 0.0;
        mass += p;
    }
    const double rest = std::max(1.0 - mass, 0.0) / others;
    return static_cast<float>(entropy - (rest > 0.0 ? others * rest * std::log(rest) : 0.0));
}

/// The state of a run that is being made up.
class Story {
public:
    explicit Story(const SyntheticRun& run) : run_(run) {
        for (const std::string& word : split(kPrompt)) {
            prompt_.push_back(idOf(word));
        }
        const std::vector<std::string> words = split(kStory);
        for (uint32_t i = 0; i < run.length; ++i) {
            // A story shorter than the canvas ends, as real ones do; a longer canvas than 128 tells it again.
            const bool told = i < words.size() || (run.length > 128 && i % 80 < words.size());
            final_.push_back(told ? idOf(words[i % 80]) : kEnd);
        }
        for (const std::string& word : split(kOthers)) {
            others_.push_back(idOf(word));
        }
        for (uint32_t i = 0; i < run.length; ++i) {
            // A word of the story is settled early or late by its own nature, and a stop earlier than a name.
            ease_.push_back(final_[i] == kEnd ? 0.75F : 0.15F + 0.8F * uniform(i, 0));
        }
    }

    Trace tell() {
        TraceHeader header;
        header.modelName = "synthetic";
        header.architecture = "none";
        header.vocabulary = kVocabulary;
        header.maskId = kMask;
        header.endIds = {kEnd};
        header.prompt = "Once upon a time, there was a little rabbit";
        header.settings = {.length = run_.length, .steps = run_.steps, .blockLength = run_.blockLength, .seed = run_.seed};
        Trace trace(std::move(header), Canvas(prompt_, run_.length, kMask), pieces_, {kMask, kEnd});
        for (uint32_t step = 1; step <= run_.finishedSteps; ++step) {
            trace.append(stepOf(trace, step));
        }
        trace.setStatus(run_.finishedSteps == run_.steps ? RunStatus::Complete : RunStatus::Stopped);
        return trace;
    }

private:
    TokenId idOf(const std::string& piece) {
        const auto found = std::ranges::find_if(pieces_, [&](const auto& entry) { return entry.second == piece; });
        if (found != pieces_.end()) {
            return found->first;
        }
        const auto id = static_cast<TokenId>(pieces_.size());
        pieces_.emplace(id, piece);
        return id;
    }

    [[nodiscard]] float uniform(uint32_t position, uint32_t draw) const {
        return static_cast<float>(uniformFrom(randomWords(run_.seed, 0, position, DrawPurpose::OrderScore, draw)[0]));
    }

    [[nodiscard]] SlotBelief believe(const Canvas& canvas, uint32_t position) const {
        const uint32_t answer = position - static_cast<uint32_t>(prompt_.size());
        const uint32_t size = canvas.size();
        uint32_t known = 0;
        for (const uint32_t near : {position - 2, position - 1, position + 1, position + 2}) {
            known += near < size && !canvas.isMasked(near) ? 1U : 0U;
        }
        const float progress = 1.0F - static_cast<float>(canvas.maskedCount()) / static_cast<float>(run_.length);
        const float clarity =
            std::clamp(0.75F * ease_[answer] * (0.25F + 0.35F * progress + 0.15F * static_cast<float>(known)), 0.0F, 0.96F);
        std::vector<Candidate> candidates;
        const float first = 0.03F + 0.95F * clarity;
        const float decay = 0.25F + 0.5F * uniform(position, 7);
        float rest = 1.0F - first;
        for (uint32_t rank = 0; rank < kRecordedCandidates; ++rank) {
            float p = first;
            if (rank > 0) {
                p = std::min(rest * (1.0F - decay), candidates.back().probability * 0.96F);
                rest -= p;
            }
            const auto other = static_cast<size_t>(uniform(position, 10 + rank) * 0.999F * static_cast<float>(others_.size()));
            candidates.push_back({.id = rank == 0 ? final_[answer] : others_[other], .probability = p});
        }
        return handWorkedBelief(position, std::move(candidates), kVocabulary);
    }

    StepRecord stepOf(const Trace& trace, uint32_t step) const {
        const Canvas& canvas = trace.canvas(step - 1);
        const DecodeSettings& settings = trace.header().settings;
        StepRecord record;
        record.number = step;
        const uint32_t stepsPerBlock = settings.steps / settings.blocks();
        record.block = (step - 1) / stepsPerBlock;
        record.eligibleBegin = static_cast<uint32_t>(prompt_.size()) + record.block * settings.effectiveBlockLength();
        record.eligibleEnd = record.eligibleBegin + settings.effectiveBlockLength();
        record.maskedBefore = canvas.maskedCount();
        record.milliseconds = 11.4;
        for (const uint32_t position : canvas.maskedSlots()) {
            record.beliefs.push_back(believe(canvas, position));
        }
        const uint32_t left = stepsPerBlock - (step - 1) % stepsPerBlock;
        const uint32_t open = canvas.maskedCount(record.eligibleBegin, record.eligibleEnd);
        commitBest(record, canvas, (open + left - 1) / left);
        record.maskedAfter = record.maskedBefore - static_cast<uint32_t>(record.events.size());
        if (run_.remasks && step == run_.steps / 2) {
            remaskOne(record, trace);
        }
        return record;
    }

    static void commitBest(StepRecord& record, const Canvas& canvas, uint32_t count) {
        std::vector<const SlotBelief*> best;
        for (const SlotBelief& belief : record.beliefs) {
            if (belief.position >= record.eligibleBegin && belief.position < record.eligibleEnd) {
                best.push_back(&belief);
            }
        }
        std::ranges::stable_sort(best, [](const SlotBelief* a, const SlotBelief* b) { return a->score > b->score; });
        best.resize(std::min<size_t>(best.size(), count));
        for (const SlotBelief* belief : best) {
            record.events.push_back({.kind = EventKind::Commit,
                                     .position = belief->position,
                                     .before = canvas.maskId(),
                                     .after = belief->sampledId,
                                     .probability = belief->sampledProbability});
        }
    }

    static void remaskOne(StepRecord& record, const Trace& trace) {
        const SlotEvent& first = trace.record(1).events.front();
        record.events.push_back({.kind = EventKind::Remask,
                                 .position = first.position,
                                 .before = first.after,
                                 .after = kMask,
                                 .probability = first.probability});
        ++record.maskedAfter;
    }

    SyntheticRun run_;
    std::map<TokenId, std::string> pieces_{{kMask, "<|mask|>"}, {kEnd, "<|endoftext|>"}};
    std::vector<TokenId> prompt_;
    std::vector<TokenId> final_;
    std::vector<TokenId> others_;
    std::vector<float> ease_;
};

}  // namespace

SlotBelief handWorkedBelief(uint32_t position, std::vector<Candidate> candidates, uint32_t vocabulary) {
    SlotBelief belief;
    belief.position = position;
    belief.entropy = entropyOf(candidates, vocabulary - static_cast<uint32_t>(candidates.size()));
    belief.margin = candidates[0].probability - (candidates.size() > 1 ? candidates[1].probability : 0.0F);
    belief.sampledId = candidates[0].id;
    belief.sampledProbability = candidates[0].probability;
    belief.score = candidates[0].probability;
    belief.candidates = std::move(candidates);
    return belief;
}

Trace syntheticTrace(const SyntheticRun& run) {
    return Story(run).tell();
}

const std::vector<std::string>& handWorkedWords() {
    static const std::vector<std::string> kWords = {" alpha", " beta", " gamma", " delta", " epsilon", " zeta", " eta", " theta"};
    return kWords;
}

Trace handWorkedTrace(const std::vector<HandWorkedSlot>& open, const std::vector<uint32_t>& commits) {
    const std::vector<TokenId> prompt = {kFirstWord};
    std::map<TokenId, std::string> pieces = {{kMask, "<|mask|>"}, {kEnd, "<|endoftext|>"}, {kFirstWord, "Prompt"}};
    for (uint32_t rank = 0; rank < kRecordedCandidates; ++rank) {
        pieces.emplace(kFirstWord + 1 + rank, handWorkedWords()[rank]);
    }
    TraceHeader header;
    header.vocabulary = open.front().vocabulary;
    header.maskId = kMask;
    header.endIds = {kEnd};
    header.settings = {.length = static_cast<uint32_t>(open.size()), .steps = 1};
    Trace trace(std::move(header), Canvas(prompt, static_cast<uint32_t>(open.size()), kMask), std::move(pieces), {kMask, kEnd});

    StepRecord record;
    record.number = 1;
    record.eligibleBegin = 1;
    record.eligibleEnd = 1 + static_cast<uint32_t>(open.size());
    record.maskedBefore = static_cast<uint32_t>(open.size());
    for (uint32_t slot = 0; slot < open.size(); ++slot) {
        std::vector<Candidate> candidates;
        for (uint32_t rank = 0; rank < open[slot].probabilities.size(); ++rank) {
            candidates.push_back({.id = kFirstWord + 1 + rank, .probability = open[slot].probabilities[rank]});
        }
        record.beliefs.push_back(handWorkedBelief(slot + 1, std::move(candidates), open[slot].vocabulary));
    }
    for (const uint32_t position : commits) {
        const Candidate& best = record.findBelief(position)->candidates.front();
        record.events.push_back(
            {.kind = EventKind::Commit, .position = position, .before = kMask, .after = best.id, .probability = best.probability});
    }
    record.maskedAfter = record.maskedBefore - static_cast<uint32_t>(commits.size());
    trace.append(std::move(record));
    return trace;
}

Trace scriptedTrace(const ScriptedRun& run) {
    const std::vector<TokenId> prompt = {kFirstWord};
    std::map<TokenId, std::string> pieces = {{kMask, "<|mask|>"}, {kEnd, "<|endoftext|>"}, {kFirstWord, "Prompt"}};
    for (uint32_t index = 0; index < run.pieces.size(); ++index) {
        pieces.emplace(kFirstScriptedPiece + index, run.pieces[index]);
    }
    TraceHeader header;
    header.vocabulary = kVocabulary;
    header.maskId = kMask;
    header.endIds = {kEnd};
    header.settings = {.length = run.length, .steps = static_cast<uint32_t>(run.steps.size())};
    Trace trace(std::move(header), Canvas(prompt, run.length, kMask, run.pinned), std::move(pieces), {kMask, kEnd});
    for (const ScriptedStep& step : run.steps) {
        StepRecord record;
        record.number = trace.steps() + 1;
        record.eligibleBegin = 1;
        record.eligibleEnd = 1 + run.length;
        Canvas canvas = trace.canvas(trace.steps());
        record.maskedBefore = canvas.maskedCount();
        record.beliefs = step.beliefs;
        record.byHand = step.byHand;
        for (SlotEvent event : step.events) {
            event.before = canvas.token(event.position);
            canvas.apply(event);
            record.events.push_back(event);
        }
        record.maskedAfter = canvas.maskedCount();
        trace.append(std::move(record));
    }
    trace.setStatus(RunStatus::Complete);
    return trace;
}

}  // namespace crystallite::testing
