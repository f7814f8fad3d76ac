#pragma once

#include "engine/base/result.h"
#include "engine/engine.h"
#include "engine/formats/model_source.h"
#include "engine/model/load_plan.h"
#include "engine/model/opened_model.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace crystallite::cli {

/// Exit codes of the program; documented in README.md beside this file and in --help.
enum ExitCode : int {
    kSuccess = 0,
    kNotReproduced = 1,  ///< verify: a step came out different
    kBadUsage = 2,       ///< an argument or setting is wrong
    kBadFile = 3,        ///< a file is missing, unreadable, unwritable, damaged or of an unsupported kind
    kDeviceTrouble = 4,  ///< the model does not fit, or the device failed
    kInterrupted = 130,  ///< stopped by Ctrl-C; what was finished is kept
};

int exitCodeFor(ErrorKind kind);

/// Prints the error as one sentence on stderr and returns its exit code.
int report(const Error& error);

/// Each as a sentence on stderr; the command goes on.
void printNotes(const std::vector<std::string>& notes);

/// What every command that runs a model asks for.
struct ModelChoice {
    std::string model;  ///< a path or the name of an embedded model
    std::string device = "auto";
    std::string family;     ///< where the files cannot tell; empty: what they say
    std::string tokenizer;  ///< a path; empty: the model's own
    std::string quantize;   ///< "q8_0", …; empty: weights as they are
    std::string gpuLayers = "auto";
    bool loadAnyway = false;
};

/// --model, --device, --load-anyway, addLayerOption() and addSourceOptions().
void addModelOptions(CLI::App& command, ModelChoice& choice);
/// --gpu-layers.
void addLayerOption(CLI::App& command, ModelChoice& choice);
/// --family, --tokenizer and --quantize.
void addSourceOptions(CLI::App& command, ModelChoice& choice);

/// One line on stderr, where that is a terminal, that says how far something is; gone with the object.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(double share);

private:
    std::string what_;
    bool terminal_;
    int shown_ = -1;  ///< percent
};

/// Opens the model of a choice; what must be put together or quantised shows its progress. What the choice leaves open is taken from what
/// was remembered, and what it holds is remembered; notes about that go to stderr.
Result<OpenedModel> openSource(const ModelChoice& choice, std::stop_token stop);

/// A model on its devices, with what was said about its files. Its source has gone with the model.
struct LoadedModel : crystallite::LoadedModel {
    OpenedModel opened;
};

/// Opens the model of a choice and puts it where the choice says. Says on stderr who computes what when two devices do.
Result<LoadedModel> loadModel(const ModelChoice& choice, std::stop_token stop);

/// "layers 1-16 on CPU, 2.1 GB of 7.5 GB; layers 17-32 on NVIDIA H100, …"
std::string textOf(const LoadPlan& plan);

/// "7.5 MB", "23.5 GB": decimal units, three digits.
std::string formatBytes(uint64_t bytes);

}  // namespace crystallite::cli
