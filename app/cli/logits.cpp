#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/token_list.h"
#include "engine/base/in_quotes.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace crystallite::cli {
namespace {

struct LogitsArguments {
    ModelChoice choice;
    std::vector<TokenId> tokens;
    bool aligned = false;
    bool json = false;
    std::string npyFile;
};

/// One forward pass: [tokens, width], a row per position.
struct LogitMatrix {
    std::vector<float> values;
    size_t width = 0;
};

/// JSON has no word for what is no number.
void printNumber(float value) {
    if (std::isfinite(value)) {
        std::printf("%.9g", static_cast<double>(value));
    } else {
        std::fputs("null", stdout);
    }
}

template <typename Numbers, typename Print>
void printList(const Numbers& numbers, const Print& print) {
    std::putchar('[');
    const char* separator = "";
    for (const auto& number : numbers) {
        std::fputs(separator, stdout);
        print(number);
        separator = ",";
    }
    std::putchar(']');
}

/// Written as it goes: the rows of a large vocabulary are many megabytes.
void printJson(const LogitsArguments& arguments, const ModelConfig& config, const LogitMatrix& logits) {
    std::printf("{\"family\":\"%s\",\"shift\":%s,\"rows\":\"%s\",\"tokens\":", config.family.c_str(), config.shiftLogits ? "true" : "false",
                arguments.aligned ? "aligned" : "raw");
    printList(arguments.tokens, [](TokenId id) { std::printf("%u", id); });
    std::printf(",\n\"logits\":[");
    for (size_t row = 0; row < arguments.tokens.size(); ++row) {
        std::fputs(row == 0 ? "\n" : ",\n", stdout);
        printList(std::span(logits.values).subspan(row * logits.width, logits.width), printNumber);
    }
    std::puts("]}");
}

/// numpy.org, "NPY format" version 1.0: `<f4` in C order; magic, version, length and header together are a multiple of 64 bytes.
Result<void> writeNpy(const std::string& path, const LogitMatrix& logits) {
    constexpr size_t kFixedBytes = 10;
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(logits.values.size() / logits.width) +
                         ", " + std::to_string(logits.width) + "), }";
    header.append(63 - (kFixedBytes + header.size()) % 64, ' ').append("\n");
    std::ofstream file(path, std::ios::binary);
    file << "\x93NUMPY\x01" << '\0' << static_cast<char>(header.size() % 256) << static_cast<char>(header.size() / 256) << header;
    file.write(reinterpret_cast<const char*>(logits.values.data()), static_cast<std::streamsize>(logits.values.size() * sizeof(float)));
    file.close();
    if (!file) {
        return Error{ErrorKind::Io,
                     "the logits could not be written to " + inQuotes(path) + "; is the folder there, writable and not full?"};
    }
    return {};
}

Result<LogitMatrix> computeLogits(Model& model, const LogitsArguments& arguments, const std::stop_token& stop) {
    std::vector<uint32_t> positions(arguments.tokens.size());
    std::iota(positions.begin(), positions.end(), 0U);
    auto values = arguments.aligned ? model.logits(arguments.tokens, positions, stop) : model.rowLogits(arguments.tokens, positions, stop);
    if (!values) {
        return values.error();
    }
    return LogitMatrix{.values = std::move(*values), .width = model.config().outputVocabulary};
}

int logits(const LogitsArguments& arguments, const std::stop_token& stop) {
    auto loaded = loadModel(arguments.choice, stop);
    if (!loaded) {
        return report(loaded.error());
    }
    const ModelConfig& config = loaded->model->config();
    if (const auto checked = checkTokens(arguments.tokens, config); !checked) {
        return report(checked.error());
    }
    const auto computed = computeLogits(*loaded->model, arguments, stop);
    if (!computed) {
        return report(computed.error());
    }
    if (arguments.json) {
        printJson(arguments, config, *computed);
    }
    if (!arguments.npyFile.empty()) {
        if (const auto written = writeNpy(arguments.npyFile, *computed); !written) {
            return report(written.error());
        }
    }
    return kSuccess;
}

}  // namespace

Command addLogitsCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("logits", "The logits of one forward pass over given token ids, for checking a model");
    auto arguments = std::make_shared<LogitsArguments>();
    addModelOptions(*command, arguments->choice);
    command->add_option("--tokens", arguments->tokens, "The canvas as ids: 1,2,3; mask ids included")->delimiter(',')->required();
    command->add_flag("--aligned", arguments->aligned, "Row i predicts position i; without it rows come as the model computes them");
    CLI::Option_group* const where = command->add_option_group("output");
    where->add_flag("--json", arguments->json, "Print an object with the logits as [positions, vocabulary]");
    where->add_option("--npy", arguments->npyFile, "Write a NumPy file, float32 [positions, vocabulary]");
    where->require_option(1, 2);
    return {command, [arguments](const InterruptWatcher& interrupt) { return logits(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
