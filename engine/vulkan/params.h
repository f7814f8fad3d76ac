#pragma once

#include <cstdint>

/// The push-constant structs that the shaders include too: scalars only, so that GLSL and C++ lay them out alike.
namespace crystallite::params {

using uint = std::uint32_t;

#include "shaders/params/attention.h"
#include "shaders/params/attention_weights.h"
#include "shaders/params/candidates.h"
#include "shaders/params/combine_experts.h"
#include "shaders/params/drift.h"
#include "shaders/params/expert_matmul.h"
#include "shaders/params/gather_rows.h"
#include "shaders/params/gelu.h"
#include "shaders/params/group_by_expert.h"
#include "shaders/params/guide.h"
#include "shaders/params/layer_norm.h"
#include "shaders/params/matmul.h"
#include "shaders/params/pick.h"
#include "shaders/params/rms_norm.h"
#include "shaders/params/rope.h"
#include "shaders/params/route.h"
#include "shaders/params/silu_gate.h"
#include "shaders/params/truncate.h"

}  // namespace crystallite::params
