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
void recordSiluGate(Recorder& recorder, const SiluGateArgs& args);
void recordGelu(Recorder& recorder, const GeluArgs& args);
void recordCandidates(Recorder& recorder, const Tuning& tuning, const CandidatesArgs& args);

}  // namespace crystallite
