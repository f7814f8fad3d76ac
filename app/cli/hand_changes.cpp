#include "app/cli/hand_changes.h"

#include "engine/base/in_quotes.h"
#include "engine/trace/branch.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace crystallite::cli {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr uint32_t kMostInserted = 4096;

Error invalid(std::string message) {
    return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

std::optional<uint32_t> numberIn(std::string_view text) {
    uint32_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

struct SlotValue {
    uint32_t slot = 0;
    std::string value;
};

/// "17=cat" at '=', "12x2" at 'x'.
std::optional<SlotValue> split(const std::string& text, char separator) {
    const size_t at = text.find(separator);
    const std::optional<uint32_t> slot = numberIn(std::string_view(text).substr(0, at));
    return at == std::string::npos || !slot ? std::nullopt : std::optional(SlotValue{.slot = *slot, .value = text.substr(at + 1)});
}

std::optional<std::pair<uint32_t, uint32_t>> insertionIn(const std::string& text) {
    const std::optional<SlotValue> parts = split(text, 'x');
    const std::optional<uint32_t> count = parts ? numberIn(parts->value) : std::nullopt;
    return count && *count >= 1 && *count <= kMostInserted ? std::optional(std::pair(parts->slot, *count)) : std::nullopt;
}

/// Collects events on a canvas that follows them; what the canvas does not admit is left to appendByHand(), which says why.
class Changes {
public:
    Changes(const Tokenizer& tokenizer, const Trace& trace) : tokenizer_(tokenizer), trace_(trace), canvas_(trace.canvas(trace.steps())) {}

    void add(EventKind kind, uint32_t slot, TokenId after, float probability = kUnknown) {
        const TokenId held = slot < canvas_.size() ? canvas_.token(slot) : 0;
        const bool keeps = kind == EventKind::Pin || kind == EventKind::Unpin;
        const TokenId before = kind == EventKind::Insert ? canvas_.maskId() : held;
        const SlotEvent event{.kind = kind, .position = slot, .before = before, .after = keeps ? held : after, .probability = probability};
        events_.push_back(event);
        if (slot <= canvas_.textLength() && canvas_.admits(event)) {
            canvas_.apply(event);
        }
    }
    void addMask(EventKind kind, uint32_t slot) { add(kind, slot, canvas_.maskId()); }
    void put(uint32_t slot, TokenId token, float probability = kUnknown) {
        pieces_[token] = tokenizer_.piece(token);
        if (tokenizer_.isControl(token)) {
            controlIds_.push_back(token);
        }
        const bool isMasked = slot >= canvas_.textLength() || canvas_.isMasked(slot);
        add(isMasked ? EventKind::Commit : EventKind::Edit, slot, token, probability);
    }
    Result<void> write(const SlotValue& text) {
        const std::vector<TokenId> tokens = tokenizer_.encode(text.value);
        if (tokens.empty()) {
            return invalid("There is no text for slot " + std::to_string(text.slot) + "; write one behind the =.");
        }
        for (uint32_t place = 0; place < tokens.size(); ++place) {
            put(text.slot + place, tokens[place]);
            addMask(EventKind::Pin, text.slot + place);
        }
        return {};
    }
    Result<void> choose(uint32_t slot, uint32_t rank) {
        const uint32_t frame = trace_.steps();
        const uint32_t step = trace_.beliefStep(frame);
        const SlotBelief* belief = step > 0 && slot < trace_.slots() ? trace_.belief(step, slot, frame) : nullptr;
        if (belief == nullptr) {
            return invalid("The last step did not ask about slot " + std::to_string(slot) +
                           ", so that it has no candidates; write a text.");
        }
        if (rank == 0 || rank > belief->candidates.size()) {
            return invalid("Slot " + std::to_string(slot) + " has candidates 1 to " + std::to_string(belief->candidates.size()) + ", not " +
                           std::to_string(rank) + ".");
        }
        const Candidate& candidate = belief->candidates[rank - 1];
        put(slot, candidate.id, candidate.probability);
        return {};
    }
    Result<void> appendTo(Trace& trace) {
        Trace changed = trace;
        changed.addPieces(pieces_, controlIds_);
        if (Result<void> appended = appendByHand(changed, std::move(events_)); !appended) {
            return appended;
        }
        trace = std::move(changed);
        return {};
    }

private:
    const Tokenizer& tokenizer_;
    const Trace& trace_;
    Canvas canvas_;
    std::vector<SlotEvent> events_;
    std::map<TokenId, std::string> pieces_;
    std::vector<TokenId> controlIds_;
};

Result<void> addTexts(const HandChanges& wanted, Changes& changes) {
    for (const std::string& text : wanted.choose) {
        const std::optional<SlotValue> parts = split(text, '=');
        const std::optional<uint32_t> rank =
            parts && parts->value.starts_with('#') ? numberIn(std::string_view(parts->value).substr(1)) : std::nullopt;
        if (!rank) {
            return invalid("The choice " + inQuotes(text) + " cannot be read; write it as 5=#2.");
        }
        if (Result<void> chosen = changes.choose(parts->slot, *rank); !chosen) {
            return chosen;
        }
    }
    std::vector<std::string> written = wanted.write;
    for (const std::string& text : wanted.pin) {
        if (const std::optional<uint32_t> slot = numberIn(text)) {
            changes.addMask(EventKind::Pin, *slot);
        } else {
            written.push_back(text);
        }
    }
    for (const std::string& text : written) {
        const std::optional<SlotValue> parts = split(text, '=');
        if (!parts) {
            return invalid("The text " + inQuotes(text) + " has no slot; write it as 17=cat.");
        }
        if (Result<void> put = changes.write(*parts); !put) {
            return put;
        }
    }
    return {};
}

/// Insertions and deletions from the right.
Result<void> addMoves(const HandChanges& wanted, Changes& changes) {
    std::vector<std::pair<uint32_t, uint32_t>> moves;  // slot, slots to insert: 0 deletes
    for (const uint32_t slot : wanted.remove) {
        moves.emplace_back(slot, 0U);
    }
    for (const std::string& text : wanted.insert) {
        const auto insertion = insertionIn(text);
        if (!insertion) {
            return invalid("The insertion " + inQuotes(text) + " cannot be read; write it as 12x2, with 1 to " +
                           std::to_string(kMostInserted) + " slots.");
        }
        moves.push_back(*insertion);
    }
    std::stable_sort(moves.begin(), moves.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [slot, count] : moves) {
        if (count == 0) {
            changes.addMask(EventKind::Delete, slot);
        }
        for (uint32_t added = 0; added < count; ++added) {
            changes.addMask(EventKind::Insert, slot);
        }
    }
    return {};
}

}  // namespace

uint32_t insertedSlots(const HandChanges& changes) {
    uint32_t slots = 0;
    for (const std::string& text : changes.insert) {
        const auto insertion = insertionIn(text);
        slots += insertion ? insertion->second : 0;
    }
    return slots;
}

Result<void> applyChanges(const Tokenizer& tokenizer, const HandChanges& wanted, Trace& trace) {
    Changes changes(tokenizer, trace);
    for (const uint32_t slot : wanted.unpin) {
        changes.addMask(EventKind::Unpin, slot);
    }
    for (const uint32_t slot : wanted.remask) {
        changes.addMask(EventKind::Remask, slot);
    }
    if (Result<void> added = addTexts(wanted, changes); !added) {
        return added;
    }
    for (const uint32_t slot : wanted.prefer) {
        changes.addMask(EventKind::Prefer, slot);
    }
    if (Result<void> moved = addMoves(wanted, changes); !moved) {
        return moved;
    }
    return changes.appendTo(trace);
}

}  // namespace crystallite::cli
