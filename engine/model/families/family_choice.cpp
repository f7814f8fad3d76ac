#include "engine/model/families/family_choice.h"

#include "engine/base/assert.h"
#include "engine/base/in_quotes.h"
#include "engine/base/join.h"

#include <algorithm>

namespace crystallite {
namespace {

std::vector<std::string> namesOf(const Architecture& architecture) {
    std::vector<std::string> names;
    for (const std::string_view family : architecture.families) {
        if (!family.empty()) {
            names.emplace_back(family);
        }
    }
    return names;
}

const Family& familyOf(std::string_view name) {
    const Family* const family = findFamily(name);
    ENGINE_ASSERT(family != nullptr);
    return *family;
}

/// A family that adds a token to another's architecture is recognised by it: the first one whose token is there. Null: none tells.
const Family* familyByToken(const ModelSource& source, const std::vector<std::string>& names) {
    std::optional<Result<TokenizerData>> tokenizer;  // large, and read only if it can tell
    for (const std::string& name : names) {
        const Family& family = familyOf(name);
        if (family.tellingToken.empty()) {
            continue;
        }
        tokenizer = tokenizer ? std::move(tokenizer) : source.tokenizer();
        if (*tokenizer &&
            std::find((*tokenizer)->tokens.begin(), (*tokenizer)->tokens.end(), family.tellingToken) != (*tokenizer)->tokens.end()) {
            return &family;
        }
    }
    return nullptr;
}

Result<const Family*> familyFor(const ModelSource& source, const Architecture& architecture) {
    const std::vector<std::string> names = namesOf(architecture);
    const std::string file = inQuotes(source.displayName()) + " is of architecture " + inQuotes(architecture.name);
    if (const std::optional<std::string> chosen = source.findString(kFamilyKey)) {
        if (std::find(names.begin(), names.end(), *chosen) == names.end()) {
            return Error{ErrorKind::InvalidArgument,
                         file + " and cannot be read as " + inQuotes(*chosen) + "; its files can hold: " + joined(names, ", ")};
        }
        return &familyOf(*chosen);
    }
    const bool causal = source.findBool(std::string(architecture.name) + ".attention.causal").value_or(false);
    if (causal && !architecture.causalFamily.empty()) {
        return &familyOf(architecture.causalFamily);
    }
    if (const Family* const told = familyByToken(source, names)) {
        return told;
    }
    if (architecture.saysFamily) {
        return &familyOf(names.front());
    }
    return Error{
        .kind = ErrorKind::Ambiguous,
        .message = file +
                   ", which models that denoise and models that write from left to right have, and nothing in it says which it is; "
                   "say which it is: " +
                   joined(names, ", "),
        .choices = names};
}

Result<RopePairing> pairingFor(const ModelSource& source, const Architecture& architecture) {
    const std::optional<std::string> declared = source.findString(kRopePairingKey);
    if (!declared) {
        return architecture.ropePairing;
    }
    if (*declared == kHalfSplitPairs) {
        return RopePairing::HalfSplit;
    }
    if (*declared == kInterleavedPairs) {
        return RopePairing::Interleaved;
    }
    return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) + " pairs its rotary dimensions by " + inQuotes(*declared) +
                                             "; crystallite.rope.pairing is half-split or interleaved"};
}

}  // namespace

Result<FamilyChoice> chooseFamily(const ModelSource& source) {
    const std::string name = source.findString("general.architecture").value_or("");
    const Architecture* const architecture = findArchitecture(name);
    if (architecture == nullptr) {
        return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) + " holds a model of architecture " + inQuotes(name) +
                                                 "; this build runs: " + supportedArchitectures()};
    }
    const Result<const Family*> family = familyFor(source, *architecture);
    if (!family) {
        return family.error();
    }
    const Result<RopePairing> pairing = pairingFor(source, *architecture);
    if (!pairing) {
        return pairing.error();
    }
    return FamilyChoice{.architecture = *architecture, .family = **family, .ropePairing = *pairing};
}

}  // namespace crystallite
