#include "app/cli/bench/bench_modes.h"
#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "engine/base/output_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <span>
#include <string>

namespace crystallite::cli {
namespace {

Result<void> writeFile(const std::string& path, const std::string& text) {
    auto file = OutputFile::replace(path);
    if (!file) {
        return file.error();
    }
    if (const auto written = file->write(std::as_bytes(std::span(text))); !written) {
        return written;
    }
    return file->finish();
}

/// What was measured, to stdout or into a file.
Result<void> writeJson(const BenchArguments& arguments, const nlohmann::json& document) {
    const std::string text = document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    if (arguments.jsonFile.empty()) {
        std::fputs(text.c_str(), stdout);
        return {};
    }
    return writeFile(arguments.jsonFile, text);
}

int bench(const BenchArguments& arguments, const std::stop_token& stop) {
    // Before minutes are spent on what could then not be kept.
    if (!arguments.jsonFile.empty()) {
        if (const auto file = OutputFile::replace(arguments.jsonFile); !file) {
            return report(file.error());
        }
    }
    nlohmann::json document;
    const Result<void> measured = measureBench(arguments, document, stop);
    const bool hasParts = arguments.mode == Mode::All && document.contains("devices");
    if (measured || hasParts) {
        const Result<void> written = printsTable(arguments) ? Result<void>() : writeJson(arguments, document);
        if (!written) {
            return report(written.error());
        }
    }
    return measured ? int{kSuccess} : report(measured.error());
}

void addModes(CLI::App& command, BenchArguments& arguments) {
    struct NamedMode {
        const char* name;
        Mode mode;
        const char* help;
    };
    for (const NamedMode& each :
         {NamedMode{"step", Mode::Step, "One denoising step, by operation; what is measured when nothing is said"},
          NamedMode{"ops", Mode::Ops, "Every product of the model alone, over 1 to all rows, and attention"},
          NamedMode{"run", Mode::Run, "A whole run as 'generate' makes it"},
          NamedMode{"scaling", Mode::Scaling, "Steps over more and more slots, open slots and layers; cliffs are marked"},
          NamedMode{"all", Mode::All,
                    "Everything of a device, as JSON: operations, full and cached steps of llada-8b in q4_k_m and f16"}}) {
        CLI::App* const mode = command.add_subcommand(each.name, each.help);
        mode->fallthrough();
        mode->callback([&arguments, value = each.mode] { arguments.mode = value; });
    }
    command.require_subcommand(0, 1);
}

}  // namespace

Command addBenchCommand(CLI::App& app) {
    CLI::App* command =
        app.add_subcommand("bench", "Time a model, or random weights in the shape of one, against the device's own measured limits");
    auto arguments = std::make_shared<BenchArguments>();
    addModes(*command, *arguments);
    addBenchModelOptions(*command, arguments->model);
    const CLI::Range size(1U, 1U << 20U);
    command
        ->add_option("--slots,--length", arguments->slots,
                     "Slots of the canvas; default: 128, or what the model has; scaling: several, 64,128,…")
        ->check(size)
        ->delimiter(',');
    command
        ->add_option("--open", arguments->open,
                     "Slots whose distribution is wanted; default: all, with a cache those of one block; scaling: several")
        ->check(size)
        ->delimiter(',');
    command->add_option("--layers", arguments->layers, "Layers of a --shape; default: all; scaling: several")->check(size)->delimiter(',');
    command->add_option("--cache", arguments->cache, "none, exact, prefix or dual: which rows a step leaves to earlier passes")
        ->capture_default_str();
    command->add_option("--steps", arguments->steps, "Of a run; default: one per open slot")->check(size);
    command->add_option("--repeats", arguments->repeats, "Timed passes")->check(CLI::Range(1U, 10000U))->capture_default_str();
    CLI::Option* const json = command->add_option("--json", arguments->jsonFile, "JSON instead of a table: to FILE, or to stdout")
                                  ->expected(0, 1)
                                  ->type_name("[FILE]");
    return {command, [arguments, json](const InterruptWatcher& interrupt) {
                arguments->isJson = json->count() > 0;
                return bench(*arguments, interrupt.token());
            }};
}

}  // namespace crystallite::cli
