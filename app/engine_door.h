#pragma once

#include "engine/backend/device_info.h"
#include "engine/base/result.h"
#include "engine/trace/decode_settings.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// Which model is to run where: the name of an embedded model or the path of a file; empty means the default embedded one.
struct ModelRequest {
    std::string model;
    std::string device = "auto";  ///< as openDevice() understands it
};

/// Number of tokens of a text; may be called from any thread.
using TokenCounter = std::function<uint32_t(std::string_view text)>;

/// What a prompt and what is asked for come to, before anything is computed.
struct PlannedRun {
    uint32_t givenSlots = 0;
    uint32_t openSlots = 0;
    DecodeSettings settings;
};

/// A sentence about what does not fit the model instead, if anything; may be called from any thread.
using RunPlanner = std::function<Result<PlannedRun>(std::string_view prompt, const DecodeRequest& request)>;

/// What a window shows of a loaded model.
struct ModelSummary {
    std::string name;
    std::string architecture;
    std::string format;
    uint64_t parameters = 0;
    uint32_t vocabulary = 0;
    std::optional<GridLayout> layout;           ///< the prompt is this board
    bool writesLeftToRight = false;             ///< one token per step, in the order of the text
    std::vector<std::string_view> idleOptions;  ///< of decode_option.h, that can do nothing with it
    std::string samplePrompt;
    DeviceInfo device;
    uint64_t neededBytes = 0;  ///< weights and activations at the longest canvas
    uint64_t usableBytes = 0;  ///< what the device says it has for us
    TokenCounter countTokens;
    RunPlanner plan;
};

/// All that the worker needs of an engine. One thread, the one that made it; a test may stand in for the real one.
class EngineDoor {
public:
    EngineDoor() = default;
    EngineDoor(const EngineDoor&) = delete;
    EngineDoor& operator=(const EngineDoor&) = delete;
    virtual ~EngineDoor() = default;

    virtual std::vector<DeviceInfo> devices() = 0;
    /// Gives back the memory of the model held so far, then loads. On failure there is no model until the next success.
    virtual Result<ModelSummary> load(const ModelRequest& request, const std::function<void(double)>& progress, std::stop_token stop) = 0;
    /// Replaces the run in progress, if any.
    virtual Result<void> startRun(const std::string& prompt, const DecodeRequest& request) = 0;
    virtual Result<void> step(std::stop_token stop) = 0;
    [[nodiscard]] virtual bool finished() const = 0;
    [[nodiscard]] virtual const Trace& trace() const = 0;
};

/// Names of the models that ship inside the program, the default first.
std::vector<std::string> embeddedModelNames();

/// The engine of this process.
std::unique_ptr<EngineDoor> makeEngineDoor();

}  // namespace crystallite
