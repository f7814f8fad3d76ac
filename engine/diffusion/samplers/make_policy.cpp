#include "engine/base/assert.h"
#include "engine/diffusion/samplers/block_diffusion.h"
#include "engine/diffusion/samplers/dream.h"
#include "engine/diffusion/samplers/dream_on.h"
#include "engine/diffusion/samplers/even_schedule.h"
#include "engine/diffusion/samplers/klass.h"
#include "engine/diffusion/samplers/left_to_right.h"
#include "engine/diffusion/samplers/parallel.h"
#include "engine/diffusion/samplers/remdm.h"
#include "engine/diffusion/samplers/wino.h"

namespace crystallite {

std::unique_ptr<Policy> makePolicy(const DecodeSettings& settings, const SpecialIds& ids, bool leftToRight) {
    if (leftToRight) {
        return std::make_unique<LeftToRightPolicy>(settings, ids);
    }
    const bool hasTextBlocks = settings.blockAnchor == BlockAnchor::Text;
    switch (settings.policy) {
        case DecodePolicy::Llada:
            if (hasTextBlocks) {
                return std::make_unique<BlockSchedulePolicy>(settings, ids);
            }
            return std::make_unique<EvenSchedulePolicy>(settings, ids);
        case DecodePolicy::Dream: return std::make_unique<DreamPolicy>(settings, ids);
        case DecodePolicy::Threshold: return std::make_unique<ThresholdPolicy>(settings, ids);
        case DecodePolicy::Factor: return std::make_unique<FactorPolicy>(settings, ids);
        case DecodePolicy::EntropyBound: return std::make_unique<EntropyBoundPolicy>(settings, ids);
        case DecodePolicy::Klass: return std::make_unique<KlassPolicy>(settings, ids);
        case DecodePolicy::Remdm: return std::make_unique<RemdmPolicy>(settings, ids);
        case DecodePolicy::Wino: return std::make_unique<WinoPolicy>(settings, ids);
        case DecodePolicy::Dynamic:
        case DecodePolicy::Llada2:
        case DecodePolicy::Bd3lm: return std::make_unique<BlockSchedulePolicy>(settings, ids);
        case DecodePolicy::Llada21: return std::make_unique<TokenEditPolicy>(settings, ids);
        case DecodePolicy::FastDllmV2: return std::make_unique<SubBlockPolicy>(settings, ids);
        case DecodePolicy::LeftToRight: return std::make_unique<LeftToRightPolicy>(settings, ids);
        case DecodePolicy::DreamOn: return std::make_unique<DreamOnPolicy>(settings, ids);
    }
    ENGINE_ASSERT(false);
}

}  // namespace crystallite
