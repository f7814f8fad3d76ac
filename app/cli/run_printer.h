#pragma once

#include "engine/trace/trace.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>

namespace crystallite::cli {

enum class Show { Final, Steps, Json };

/// Shows a run as it happens. Only the answer, or JSON, goes to stdout; what is drawn for the eye goes to stderr, so that a pipe stays
/// clean.
class RunPrinter {
public:
    RunPrinter() = default;
    RunPrinter(const RunPrinter&) = delete;
    RunPrinter& operator=(const RunPrinter&) = delete;
    virtual ~RunPrinter() = default;

    virtual void start(const Trace& trace) = 0;
    virtual void step(const Trace& trace) = 0;  ///< the trace's last step is new
    virtual void finish(const Trace& trace) = 0;
};

std::unique_ptr<RunPrinter> makeRunPrinter(Show show);

/// Settings by the names that the command line has for them, with underscores.
nlohmann::json settingsJson(const DecodeSettings& settings);
/// What was written, as far as the first end of the text; a masked slot is a box.
std::string answerOf(const Trace& trace);

}  // namespace crystallite::cli
