#pragma once

#include "engine/base/result.h"
#include "engine/trace/decode_settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace crystallite::cli {

/// One of the runs that are compared.
struct ComparedRun {
    std::string name;  ///< as it was written
    DecodeRequest request;
};

/// "policy", "policy+cache" or either with ":option=value" behind it, any number of times: the options of `policies` (top_p or top-p), and
/// steps, block_length, order, temperature and remask. What it leaves out is as in `common`.
Result<ComparedRun> parseComparedRun(std::string_view text, const DecodeRequest& common);

}  // namespace crystallite::cli
