// Decodes greedily with llama.cpp, so that our runs can be held against it. Needs llama.cpp's headers and libraries, see README.md.
#include <ggml-backend.h>
#include <llama.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

enum class Way { Denoise, DenoiseShifted, LeftToRight, Logits, Time };

struct Task {
    std::string model;
    Way way = Way::Denoise;
    std::vector<llama_token> tokens;
    int slots = 0;                   ///< to be written behind the tokens
    std::vector<llama_token> never;  ///< ids that are not emitted, the mask first
    std::string libraries;           ///< folder of the backends that llama.cpp loads at run time

    [[nodiscard]] bool mayEmit(llama_token id) const { return std::find(never.begin(), never.end(), id) == never.end(); }
};

struct Choice {
    int position = 0;
    llama_token id = 0;
    double probability = -1.0;
};

std::optional<int> wholeNumber(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// "1,2,3"; nothing where one of them is no number.
std::optional<std::vector<llama_token>> numberList(std::string_view list) {
    std::vector<llama_token> numbers;
    while (!list.empty()) {
        const size_t comma = std::min(list.find(','), list.size());
        const std::optional<int> id = wholeNumber(list.substr(0, comma));
        if (!id) {
            return std::nullopt;
        }
        numbers.push_back(*id);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return numbers;
}

std::optional<Way> wayNamed(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Way>, 5> kWays = {{{"denoise", Way::Denoise},
                                                                        {"denoise-shifted", Way::DenoiseShifted},
                                                                        {"left-to-right", Way::LeftToRight},
                                                                        {"logits", Way::Logits},
                                                                        {"time", Way::Time}}};
    const auto* const found = std::find_if(kWays.begin(), kWays.end(), [name](const auto& way) { return way.first == name; });
    return found == kWays.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Task> readTask(std::span<char*> arguments) {
    if (arguments.size() != 7) {
        return std::nullopt;
    }
    const std::optional<Way> way = wayNamed(arguments[2]);
    const auto tokens = numberList(arguments[3]);
    const std::optional<int> slots = wholeNumber(arguments[4]);
    const auto never = numberList(arguments[5]);
    if (!way || !tokens || tokens->empty() || !slots || !never || never->empty()) {
        return std::nullopt;
    }
    return Task{.model = arguments[1], .way = *way, .tokens = *tokens, .slots = *slots, .never = *never, .libraries = arguments[6]};
}

class Peer {
public:
    explicit Peer(const Task& task) : task_(task), model_(nullptr, llama_model_free), context_(nullptr, llama_free) {
        llama_model_params modelParams = llama_model_default_params();
        modelParams.n_gpu_layers = 0;
        model_.reset(llama_model_load_from_file(task.model.c_str(), modelParams));
        if (!model_) {
            return;
        }
        vocabulary_ = llama_vocab_n_tokens(llama_model_get_vocab(model_.get()));
        llama_context_params params = llama_context_default_params();
        // The whole canvas is one micro-batch, or rows would not see each other.
        params.n_ctx = params.n_batch = params.n_ubatch = static_cast<uint32_t>(task.tokens.size()) + static_cast<uint32_t>(task.slots);
        if (task.way == Way::Time) {
            // As fast as it can: its own choice of attention and of what the keys are stored as.
            params.n_threads = params.n_threads_batch = static_cast<int32_t>(std::thread::hardware_concurrency());
        } else {
            params.n_threads = params.n_threads_batch = 1;
            params.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
            params.type_k = params.type_v = GGML_TYPE_F32;
        }
        context_.reset(llama_init_from_model(model_.get(), params));
        if (context_) {
            llama_set_causal_attn(context_.get(), task.way == Way::LeftToRight);
        }
    }

    [[nodiscard]] bool isReady() const { return context_ != nullptr; }
    [[nodiscard]] int vocabulary() const { return vocabulary_; }

    [[nodiscard]] bool pass(const std::vector<llama_token>& tokens) const {
        if (llama_memory_t memory = llama_get_memory(context_.get())) {
            llama_memory_clear(memory, true);
        }
        llama_batch batch = llama_batch_init(static_cast<int32_t>(tokens.size()), 0, 1);
        batch.n_tokens = static_cast<int32_t>(tokens.size());
        for (size_t i = 0; i < tokens.size(); ++i) {
            batch.token[i] = tokens[i];
            batch.pos[i] = static_cast<llama_pos>(i);
            batch.n_seq_id[i] = 1;
            batch.seq_id[i][0] = 0;
            batch.logits[i] = 1;
        }
        const bool done = llama_decode(context_.get(), batch) == 0;
        llama_batch_free(batch);
        return done;
    }

    [[nodiscard]] const float* logits(size_t row) const { return llama_get_logits_ith(context_.get(), static_cast<int32_t>(row)); }

    /// The most probable id of a row, and its probability among those that may be emitted.
    [[nodiscard]] Choice best(size_t row) const {
        const float* values = logits(row);
        Choice choice{.id = -1};
        for (llama_token id = 0; id < vocabulary_; ++id) {
            if (task_.mayEmit(id) && (choice.id < 0 || values[id] > values[choice.id])) {
                choice.id = id;
            }
        }
        double sum = 0.0;
        for (llama_token id = 0; id < vocabulary_; ++id) {
            sum += task_.mayEmit(id) ? std::exp(static_cast<double>(values[id]) - static_cast<double>(values[choice.id])) : 0.0;
        }
        choice.probability = 1.0 / sum;
        return choice;
    }

private:
    const Task& task_;
    std::unique_ptr<llama_model, void (*)(llama_model*)> model_;
    std::unique_ptr<llama_context, void (*)(llama_context*)> context_;
    int vocabulary_ = 0;
};

void say(const Choice& choice) {
    std::printf("%d %d %.9g\n", choice.position, choice.id, choice.probability);
}

/// One token a step, the surest first (LLaDA, arXiv 2502.09992, low-confidence remasking). Shifted: row i - 1 decides about slot i (Dream,
/// arXiv 2508.15487).
bool denoise(const Task& task, const Peer& peer) {
    const llama_token mask = task.never.front();
    const size_t shift = task.way == Way::DenoiseShifted ? 1 : 0;
    std::vector<llama_token> canvas = task.tokens;
    canvas.resize(canvas.size() + static_cast<size_t>(task.slots), mask);
    for (int step = 0; step < task.slots; ++step) {
        if (!peer.pass(canvas)) {
            return false;
        }
        Choice surest;
        for (size_t slot = task.tokens.size(); slot < canvas.size(); ++slot) {
            if (canvas[slot] == mask) {
                Choice choice = peer.best(slot - shift);
                choice.position = static_cast<int>(slot);
                surest = choice.probability > surest.probability ? choice : surest;
            }
        }
        canvas[static_cast<size_t>(surest.position)] = surest.id;
        say(surest);
    }
    return true;
}

bool writeLeftToRight(const Task& task, const Peer& peer) {
    std::vector<llama_token> text = task.tokens;
    for (int step = 0; step < task.slots; ++step) {
        if (!peer.pass(text)) {
            return false;
        }
        Choice next = peer.best(text.size() - 1);
        next.position = static_cast<int>(text.size());
        text.push_back(next.id);
        say(next);
    }
    return true;
}

/// Every row in a line.
bool writeLogits(const Task& task, const Peer& peer) {
    if (!peer.pass(task.tokens)) {
        return false;
    }
    for (size_t row = 0; row < task.tokens.size(); ++row) {
        for (int id = 0; id < peer.vocabulary(); ++id) {
            std::printf("%.9g%c", static_cast<double>(peer.logits(row)[id]), id + 1 == peer.vocabulary() ? '\n' : ' ');
        }
    }
    return true;
}

/// Milliseconds of full passes over the tokens and the masked slots behind them, logits of all rows, one number a line; the first pass,
/// which reads the weights, is not among them.
bool timePasses(const Task& task, const Peer& peer) {
    constexpr int kPasses = 7;
    std::vector<llama_token> canvas = task.tokens;
    canvas.resize(canvas.size() + static_cast<size_t>(task.slots), task.never.front());
    for (int pass = 0; pass <= kPasses; ++pass) {
        const auto start = std::chrono::steady_clock::now();
        if (!peer.pass(canvas)) {
            return false;
        }
        // Reading a logit waits for the pass.
        const volatile float logit = peer.logits(canvas.size() - 1)[0];
        static_cast<void>(logit);
        if (pass > 0) {
            std::printf("%.3f\n", std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
    }
    return true;
}

}  // namespace

int main(int count, char** values) {
    const std::optional<Task> task = readTask({values, static_cast<size_t>(count)});
    if (!task) {
        std::fputs(
            "usage: llama_decode MODEL denoise|denoise-shifted|left-to-right|logits|time IDS SLOTS MASK_ID,OTHERS_NEVER_EMITTED "
            "LIBRARY_FOLDER\n",
            stderr);
        return EXIT_FAILURE;
    }
    ggml_backend_load_all_from_path(task->libraries.c_str());
    const Peer peer(*task);
    if (!peer.isReady()) {
        return EXIT_FAILURE;
    }
    const bool done = task->way == Way::Logits        ? writeLogits(*task, peer)
                      : task->way == Way::LeftToRight ? writeLeftToRight(*task, peer)
                      : task->way == Way::Time        ? timePasses(*task, peer)
                                                      : denoise(*task, peer);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
