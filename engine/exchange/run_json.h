#pragma once

#include "engine/exchange/export_sink.h"
#include "engine/trace/trace.h"

namespace crystallite {

/// Version of the document that README.md of this folder describes.
inline constexpr uint32_t kRunDocumentVersion = 1;

enum class BeliefForm : uint8_t {
    Listed,  ///< an object for each
    Packed,  ///< columns of little-endian words in base64 behind the steps, for a reader that has to be small: the same bits
};

/// The whole run as JSON: positions count from 0, as in the trace file. Every float reads back to its bits; what is no number is null.
Result<void> writeRunJson(const Trace& trace, BeliefForm form, const ExportSink& sink, const ExportWatch& watch);

}  // namespace crystallite
