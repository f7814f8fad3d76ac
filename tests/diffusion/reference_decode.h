#pragma once

#include "engine/trace/decode_settings.h"
#include "engine/trace/trace.h"

#include <nlohmann/json_fwd.hpp>

namespace crystallite {

/// What tests/reference/samplers.py decoded, as a request that must give the same.
DecodeRequest requestOf(const nlohmann::json& decode);

/// [step, kind, position, id] of every change, in order, as samplers.py lists them.
nlohmann::json changesOf(const Trace& trace);

uint32_t forwardsOf(const Trace& trace);

}  // namespace crystallite
