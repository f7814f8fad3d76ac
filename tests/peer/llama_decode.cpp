// Decodes greedily with llama.cpp, so that our runs can be held against it. Needs llama.cpp's headers and libraries, see README.md.
#include <ggml-backend.h>
#include <llama.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

enum class Way { Denoise, LeftToRight, Logits };

struct Task {
    std::string model;
    Way way = Way::Denoise;
    std::vector<llama_token> tokens;
    int slots = 0;          ///< to be written behind the tokens
    llama_token mask = 0;   ///< never emitted
    std::string libraries;  ///< folder of the backends that llama.cpp loads at run time
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

std::optional<Task> readTask(std::span<char*> arguments) {
    if (arguments.size() != 7) {
        return std::nullopt;
    }
    Task task;
    task.model = arguments[1];
    task.libraries = arguments[6];
    const std::string_view way = arguments[2];
    if (way != "denoise" && way != "left-to-right" && way != "logits") {
        return std::nullopt;
    }
    task.way = way == "denoise" ? Way::Denoise : way == "logits" ? Way::Logits : Way::LeftToRight;
    std::string_view list = arguments[3];
    while (!list.empty()) {
        const size_t comma = std::min(list.find(','), list.size());
        const std::optional<int> id = wholeNumber(list.substr(0, comma));
        if (!id) {
            return std::nullopt;
        }
        task.tokens.push_back(*id);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    const std::optional<int> slots = wholeNumber(arguments[4]);
    const std::optional<int> mask = wholeNumber(arguments[5]);
    if (!slots || !mask || task.tokens.empty()) {
        return std::nullopt;
    }
    task.slots = *slots;
    task.mask = *mask;
    return task;
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
        params.n_threads = params.n_threads_batch = 1;
        params.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
        params.type_k = params.type_v = GGML_TYPE_F32;
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
            if (id != task_.mask && (choice.id < 0 || values[id] > values[choice.id])) {
                choice.id = id;
            }
        }
        double sum = 0.0;
        for (llama_token id = 0; id < vocabulary_; ++id) {
            sum += id == task_.mask ? 0.0 : std::exp(static_cast<double>(values[id]) - static_cast<double>(values[choice.id]));
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

/// One token a step, the surest first (LLaDA, arXiv 2502.09992, low-confidence remasking).
bool denoise(const Task& task, const Peer& peer) {
    std::vector<llama_token> canvas = task.tokens;
    canvas.resize(canvas.size() + static_cast<size_t>(task.slots), task.mask);
    for (int step = 0; step < task.slots; ++step) {
        if (!peer.pass(canvas)) {
            return false;
        }
        Choice surest;
        for (size_t row = task.tokens.size(); row < canvas.size(); ++row) {
            if (canvas[row] == task.mask) {
                Choice choice = peer.best(row);
                choice.position = static_cast<int>(row);
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

}  // namespace

int main(int count, char** values) {
    const std::optional<Task> task = readTask({values, static_cast<size_t>(count)});
    if (!task) {
        std::fputs("usage: llama_decode MODEL denoise|left-to-right|logits IDS SLOTS MASK_ID LIBRARY_FOLDER\n", stderr);
        return EXIT_FAILURE;
    }
    ggml_backend_load_all_from_path(task->libraries.c_str());
    const Peer peer(*task);
    if (!peer.isReady()) {
        return EXIT_FAILURE;
    }
    const bool done = task->way == Way::Denoise       ? denoise(*task, peer)
                      : task->way == Way::LeftToRight ? writeLeftToRight(*task, peer)
                                                      : writeLogits(*task, peer);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
