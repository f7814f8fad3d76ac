#pragma once

#include "engine/backend/device_info.h"
#include "engine/base/result.h"
#include "engine/diffusion/probe_values.h"
#include "engine/model/load_options.h"
#include "engine/text/chat_prompt.h"
#include "engine/trace/decode_settings.h"
#include "engine/trace/run_cost.h"
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

/// Which model is to run where, and what its files leave to the person: the name of an embedded model, a GGUF file (any part of a split
/// one) or a Hugging Face folder; empty means the default embedded one.
struct ModelRequest {
    std::string model;
    std::string device = "auto";  ///< as openDevice() understands it
    std::string family;           ///< where the files cannot tell; empty: what they say
    std::string tokenizer;        ///< a path, of a model without one; empty: the model's own
    std::string quantize;         ///< "q8_0", …, while loading; empty: weights as they are
    std::string chatFormat;       ///< a name of chatFormats(); empty: detected from the model's template
    LoadOptions load;
    /// Nothing of family, tokenizer and chat format is to be filled in from what was answered before: these are the answers now.
    bool decided = false;

    friend bool operator==(const ModelRequest&, const ModelRequest&) = default;
};

/// What a prompt and what is asked for come to, before anything is computed.
struct PlannedRun {
    uint32_t givenSlots = 0;
    uint32_t openSlots = 0;
    uint32_t appended = 0;  ///< slots behind the prompt: the length that was asked for, or what is usual and fits
    DecodeSettings settings;
    std::vector<CacheKind> caches;  ///< with which the model can run these settings
};

/// A sentence about what does not fit the model instead, if anything; may be called from any thread.
using RunPlanner = std::function<Result<PlannedRun>(std::string_view prompt, const DecodeRequest& request)>;

/// A token of a prompt as it is sent.
struct SentToken {
    TokenId id = 0;
    std::string bytes;  ///< of a special token its written name
    bool special = false;
    bool open = false;  ///< a mask: a slot to fill in
    friend bool operator==(const SentToken&, const SentToken&) = default;
};

/// Exactly the tokens that a prompt is sent as, BOS included; may be called from any thread.
using PromptEncoder = std::function<std::vector<SentToken>(std::string_view prompt)>;

/// The tokens of words that stand somewhere in a text: nothing is put before them; may be called from any thread.
using WordEncoder = std::function<std::vector<SentToken>(std::string_view words)>;

/// Forward passes that are still to come when a run goes on; may be called from any thread.
using PassCounter = std::function<PassesToCome(const Trace& trace)>;

/// What is sent for a typed text; may be called from any thread.
using ChatWriter = std::function<Result<std::string>(const ChatChoice& choice, const std::string& text)>;

/// What a window shows of a loaded model.
struct ModelSummary {
    ModelRequest request;            ///< that it was loaded for, with the answers that were remembered
    std::vector<std::string> notes;  ///< sentences about answers that could not be read or kept
    std::string name;
    std::string fingerprint;  ///< of its weights, as TraceHeader::modelFingerprint
    std::string architecture;
    std::string format;
    uint64_t parameters = 0;
    uint32_t vocabulary = 0;
    uint32_t contextLength = 0;          ///< of the longest canvas, in slots
    std::optional<GridLayout> layout;    ///< the prompt is this board
    std::vector<DecodePolicy> policies;  ///< that can run it
    DecodePolicy usualPolicy = DecodePolicy::Llada;
    uint32_t blockLength = 0;                   ///< of the blocks that it writes one after the other; 0: it has none of its own
    std::vector<std::string_view> idleOptions;  ///< of decode_option.h, that can do nothing with it
    std::string chatFormat;                     ///< chosen or detected; empty: none is known, and text is sent as it is
    std::string samplePrompt;
    TokenId maskId = 0;
    std::string maskText;  ///< written in a prompt it is an open slot; empty: none can be written
    DeviceInfo device;
    uint64_t neededBytes = 0;  ///< weights and activations at the longest canvas
    uint64_t usableBytes = 0;  ///< what the device says it has for us
    PromptEncoder encodePrompt;
    ChatWriter writeChat;
    RunPlanner plan;
    WordEncoder encodeWords;
    PassCounter passesToCome;
};

/// All that the worker needs of an engine. One thread, the one that made it; a test may stand in for the real one.
class EngineDoor {
public:
    EngineDoor() = default;
    EngineDoor(const EngineDoor&) = delete;
    EngineDoor& operator=(const EngineDoor&) = delete;
    virtual ~EngineDoor() = default;

    virtual std::vector<DeviceInfo> devices() = 0;
    /// Loads beside the model that is held where the device has room for both; otherwise that one gives its memory back once nothing but
    /// the loading itself can fail. After a failure model() is there as before, or awaitsReload() says that it can come back.
    virtual Result<ModelSummary> load(const ModelRequest& request, const std::function<void(double)>& progress, std::stop_token stop) = 0;
    /// The model that runs start with; null: none.
    [[nodiscard]] virtual const ModelSummary* model() const = 0;
    /// The model held before gave its memory to one that then did not load.
    [[nodiscard]] virtual bool awaitsReload() const = 0;
    /// Loads that model again; after a failure it is given up. Only when awaitsReload().
    virtual Result<ModelSummary> reload(const std::function<void(double)>& progress, std::stop_token stop) = 0;
    /// Replaces the run in progress, if any.
    virtual Result<void> startRun(const std::string& prompt, const DecodeRequest& request) = 0;
    /// The same of a prompt that is token ids, masks among them.
    virtual Result<void> startRun(const std::vector<TokenId>& prompt, const DecodeRequest& request) = 0;
    /// Replaces the run in progress with `trace`, of which step() computes the next step. InvalidArgument when another model made it.
    virtual Result<void> continueRun(const Trace& trace) = 0;
    virtual Result<void> step(std::stop_token stop) = 0;
    [[nodiscard]] virtual bool finished() const = 0;
    [[nodiscard]] virtual const Trace& trace() const = 0;
    /// An extra measurement with the model that is held; the run in progress goes on as if it had not been.
    virtual Result<ProbeResult> probe(const ProbeRequest& request, std::stop_token stop) = 0;
};

/// Names of the models that ship inside the program, the default first.
std::vector<std::string> embeddedModelNames();

/// The engine of this process.
std::unique_ptr<EngineDoor> makeEngineDoor();

}  // namespace crystallite
