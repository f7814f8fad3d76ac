#include "engine/diffusion/pass_request.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace crystallite {

std::vector<TokenId> forbiddenIds(const ModelConfig& config, const DecodeSettings& settings, std::span<const TokenId> suppressed) {
    std::vector<TokenId> ids = settings.strictReference ? std::vector<TokenId>() : config.forbiddenIds;
    if (settings.policy == DecodePolicy::Remdm && config.maskId < config.outputVocabulary) {
        ids.push_back(config.maskId);
    }
    ids.insert(ids.end(), suppressed.begin(), suppressed.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::vector<TokenId> withoutGiven(const Canvas& canvas) {
    std::vector<TokenId> tokens(canvas.text().begin(), canvas.text().end());
    for (uint32_t position = 0; position < tokens.size(); ++position) {
        if (canvas.region(position) != SlotRegion::Answer) {
            tokens[position] = canvas.maskId();
        }
    }
    return tokens;
}

uint32_t seenBlockLength(const DecodeSettings& settings) {
    return settings.blockAnchor == BlockAnchor::Text ? settings.blockLength : 0;
}

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

}  // namespace crystallite
