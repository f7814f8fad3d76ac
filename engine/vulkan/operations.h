#pragma once

#include "engine/backend/backend.h"
#include "engine/vulkan/recorder.h"
#include "engine/vulkan/tuning.h"

namespace crystallite {

/// Each records the operation of its arguments, in as many dispatches as the limits of the device ask for. They throw GpuError when a
/// kernel cannot be made or a shape exceeds the device.
void recordEmbed(Recorder& recorder, const EmbedArgs& args);
void recordGatherRows(Recorder& recorder, const GatherRowsArgs& args);
void recordRmsNorm(Recorder& recorder, const Tuning& tuning, const RmsNormArgs& args);
void recordLayerNorm(Recorder& recorder, const Tuning& tuning, const LayerNormArgs& args);
void recordMatmul(Recorder& recorder, const Tuning& tuning, const MatmulArgs& args);
void recordRope(Recorder& recorder, const RopeArgs& args);
void recordAttention(Recorder& recorder, const Tuning& tuning, const AttentionArgs& args);
void recordAttentionWeights(Recorder& recorder, const Tuning& tuning, const AttentionWeightsArgs& args);
void recordSiluGate(Recorder& recorder, const SiluGateArgs& args);
void recordGelu(Recorder& recorder, const GeluArgs& args);
void recordRoute(Recorder& recorder, const Tuning& tuning, const RouteArgs& args);
void recordGroupByExpert(Recorder& recorder, const GroupByExpertArgs& args);
void recordExpertMatmul(Recorder& recorder, const Tuning& tuning, const ExpertMatmulArgs& args);
void recordCombineExperts(Recorder& recorder, const CombineExpertsArgs& args);
void recordCandidates(Recorder& recorder, const Tuning& tuning, const CandidatesArgs& args);
void recordTruncate(Recorder& recorder, const Tuning& tuning, const TruncateArgs& args);
void recordGuide(Recorder& recorder, const GuideArgs& args);
void recordDrift(Recorder& recorder, const Tuning& tuning, const DriftArgs& args);
void recordPick(Recorder& recorder, const PickArgs& args);

/// The team for an operation that looks `looks` times at every id of a row, four at a time, and walks the forbidden ones with it.
/// llvmpipe ends every loop of an invocation once all its loops together have turned 65,535 times, without a word. A large vocabulary
/// therefore needs a team of more lanes there.
Team vocabularyTeam(const Tuning& tuning, uint32_t vocabulary, uint32_t forbidden, uint64_t looks);

}  // namespace crystallite
