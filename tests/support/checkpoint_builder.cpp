#include "tests/support/checkpoint_builder.h"

#include "engine/base/assert.h"
#include "tests/support/gguf_builder.h"

#include <cmath>
#include <cstring>
#include <random>
#include <utility>

namespace crystallite {
namespace {

constexpr uint64_t kLayers = 2;
constexpr uint64_t kWidth = 48;
constexpr uint64_t kHeads = 4;
constexpr uint64_t kFeedForward = 40;
constexpr uint64_t kVocabulary = 272;
constexpr uint64_t kContext = 64;

std::string packed(WeightFormat format, float value) {
    switch (format) {
        case WeightFormat::F16: return littleEndian(halfFromFloat(value));
        case WeightFormat::BF16: return littleEndian(bfloatFromFloat(value));
        default: return littleEndian(value);
    }
}

float rounded(WeightFormat format, float value) {
    switch (format) {
        case WeightFormat::F16: return floatFromHalf(halfFromFloat(value));
        case WeightFormat::BF16: return floatFromBfloat(bfloatFromFloat(value));
        default: return value;
    }
}

/// [rows, columns]; a vector has one column.
struct Matrix {
    uint64_t rows = 0;
    uint64_t columns = 1;
    std::vector<float> values;

    [[nodiscard]] float at(uint64_t row, uint64_t column) const { return values[row * columns + column]; }
};

/// Makes the tensors of ours and lays them out as their authors did.
class Writer {
public:
    Writer(RandomCheckpoint& checkpoint, uint64_t seed, WeightFormat format) : checkpoint_(checkpoint), engine_(seed), format_(format) {}

    /// Variance 1 / inputs: what goes through keeps its size.
    Matrix matrix(const std::string& ours, uint64_t rows, uint64_t columns) {
        return keep(ours, {columns, rows}, random(rows, columns, 0.0F, std::sqrt(3.0F / static_cast<float>(columns))));
    }
    Matrix norm(const std::string& ours, uint64_t size) { return keep(ours, {size}, random(size, 1, 1.0F, 0.1F)); }
    Matrix bias(const std::string& ours, uint64_t size) { return keep(ours, {size}, random(size, 1, 0.0F, 0.1F)); }

    void store(const std::string& theirs, const Matrix& matrix) {
        std::string bytes;
        for (const float value : matrix.values) {
            bytes += packed(format_, value);
        }
        const bool isVector = matrix.columns == 1;
        const std::vector<uint64_t> shape =
            isVector ? std::vector<uint64_t>{matrix.rows} : std::vector<uint64_t>{matrix.rows, matrix.columns};
        checkpoint_.tensors.push_back({theirs, std::string(layoutOf(format_).name), shape, bytes});
    }

private:
    Matrix random(uint64_t rows, uint64_t columns, float mean, float spread) {
        Matrix matrix{.rows = rows, .columns = columns, .values = {}};
        for (uint64_t i = 0; i < rows * columns; ++i) {
            const float uniform = static_cast<float>(engine_() >> 40U) * 0x1p-23F - 1.0F;
            matrix.values.push_back(rounded(format_, mean + spread * uniform));
        }
        return matrix;
    }
    Matrix keep(const std::string& ours, const std::vector<uint64_t>& shape, Matrix matrix) {
        checkpoint_.values[ours] = matrix.values;
        checkpoint_.shapes[ours] = shape;
        return matrix;
    }

    RandomCheckpoint& checkpoint_;
    std::mt19937_64 engine_;
    WeightFormat format_;
};

Matrix transposed(const Matrix& matrix) {
    Matrix result{.rows = matrix.columns, .columns = matrix.rows, .values = {}};
    for (uint64_t column = 0; column < matrix.columns; ++column) {
        for (uint64_t row = 0; row < matrix.rows; ++row) {
            result.values.push_back(matrix.at(row, column));
        }
    }
    return result;
}

Matrix stacked(const std::vector<Matrix>& parts) {
    Matrix result{.rows = 0, .columns = parts.front().columns, .values = {}};
    for (const Matrix& part : parts) {
        result.rows += part.rows;
        result.values.insert(result.values.end(), part.values.begin(), part.values.end());
    }
    return result;
}

Matrix rowsOf(const Matrix& matrix, uint64_t first, uint64_t count) {
    const auto begin = matrix.values.begin() + static_cast<std::ptrdiff_t>(first * matrix.columns);
    return {.rows = count, .columns = matrix.columns, .values = {begin, begin + static_cast<std::ptrdiff_t>(count * matrix.columns)}};
}

std::string block(uint64_t layer) {
    return "blk." + std::to_string(layer) + ".";
}

/// What a Llama-like family has besides the plain block.
struct LlamaParts {
    std::string modelType, className;
    uint64_t kvHeads = 2;
    uint64_t headDim = kWidth / kHeads;
    bool qkvBias = false;
    bool qkNorm = false;
    bool tiedHead = false;
    bool wrapped = false;    ///< DiffuLLaMA's wrapper around the model
    std::string blockField;  ///< of config.json, for blocks of 8; empty: none
};

void addLlamaLayer(Writer& writer, const LlamaParts& parts, const std::string& ours, const std::string& theirs) {
    const uint64_t queryWidth = kHeads * parts.headDim;
    const uint64_t keyWidth = parts.kvHeads * parts.headDim;
    writer.store(theirs + "input_layernorm.weight", writer.norm(ours + "attn_norm.weight", kWidth));
    for (const auto& [part, projection, rows] :
         {std::tuple("attn_q", "q_proj", queryWidth), std::tuple("attn_k", "k_proj", keyWidth), std::tuple("attn_v", "v_proj", keyWidth)}) {
        writer.store(theirs + "self_attn." + projection + ".weight", writer.matrix(ours + part + ".weight", rows, kWidth));
        if (parts.qkvBias) {
            writer.store(theirs + "self_attn." + projection + ".bias", writer.bias(ours + part + ".bias", rows));
        }
    }
    if (parts.qkNorm) {
        writer.store(theirs + "self_attn.q_norm.weight", writer.norm(ours + "attn_q_norm.weight", parts.headDim));
        writer.store(theirs + "self_attn.k_norm.weight", writer.norm(ours + "attn_k_norm.weight", parts.headDim));
    }
    writer.store(theirs + "self_attn.o_proj.weight", writer.matrix(ours + "attn_output.weight", kWidth, queryWidth));
    writer.store(theirs + "post_attention_layernorm.weight", writer.norm(ours + "ffn_norm.weight", kWidth));
    writer.store(theirs + "mlp.gate_proj.weight", writer.matrix(ours + "ffn_gate.weight", kFeedForward, kWidth));
    writer.store(theirs + "mlp.up_proj.weight", writer.matrix(ours + "ffn_up.weight", kFeedForward, kWidth));
    writer.store(theirs + "mlp.down_proj.weight", writer.matrix(ours + "ffn_down.weight", kWidth, kFeedForward));
}

void addLlamaStyle(RandomCheckpoint& checkpoint, Writer& writer, const LlamaParts& parts) {
    checkpoint.config = {{"model_type", parts.modelType},
                         {"architectures", {parts.className}},
                         {"num_hidden_layers", kLayers},
                         {"hidden_size", kWidth},
                         {"num_attention_heads", kHeads},
                         {"num_key_value_heads", parts.kvHeads},
                         {"head_dim", parts.headDim},
                         {"intermediate_size", kFeedForward},
                         {"max_position_embeddings", kContext},
                         {"vocab_size", kVocabulary},
                         {"rms_norm_eps", 1e-6},
                         {"rope_theta", 1e6},
                         {"rope_scaling", nullptr},
                         {"hidden_act", "silu"},
                         {"tie_word_embeddings", parts.tiedHead},
                         {"mask_token_id", 0}};
    if (!parts.blockField.empty()) {
        checkpoint.config[parts.blockField] = 8;
    }
    const std::string body = parts.wrapped ? "denoise_model." : "model.";
    writer.store((parts.wrapped ? "" : body) + "embed_tokens.weight", writer.matrix("token_embd.weight", kVocabulary, kWidth));
    for (uint64_t layer = 0; layer < kLayers; ++layer) {
        addLlamaLayer(writer, parts, block(layer), body + "layers." + std::to_string(layer) + ".");
    }
    writer.store(body + "norm.weight", writer.norm("output_norm.weight", kWidth));
    if (!parts.tiedHead) {
        writer.store("lm_head.weight", writer.matrix("output.weight", kVocabulary, kWidth));
    }
}

void addLlada(RandomCheckpoint& checkpoint, Writer& writer) {
    checkpoint.config = {{"model_type", "llada"},
                         {"architectures", {"LLaDAModelLM"}},
                         {"n_layers", kLayers},
                         {"d_model", kWidth},
                         {"n_heads", kHeads},
                         {"n_kv_heads", kHeads},
                         {"mlp_hidden_size", kFeedForward},
                         {"block_type", "llama"},
                         {"activation_type", "silu"},
                         {"layer_norm_type", "rms"},
                         {"rms_norm_eps", 1e-5},
                         {"rope", true},
                         {"rope_theta", 500000.0},
                         {"include_bias", false},
                         {"weight_tying", false},
                         {"max_sequence_length", kContext},
                         {"vocab_size", kVocabulary},
                         {"embedding_size", kVocabulary},
                         {"mask_token_id", 0},
                         {"eos_token_id", 2},
                         {"pad_token_id", 1}};
    const std::string body = "model.transformer.";
    writer.store(body + "wte.weight", writer.matrix("token_embd.weight", kVocabulary, kWidth));
    for (uint64_t layer = 0; layer < kLayers; ++layer) {
        const std::string ours = block(layer);
        const std::string theirs = body + "blocks." + std::to_string(layer) + ".";
        writer.store(theirs + "attn_norm.weight", writer.norm(ours + "attn_norm.weight", kWidth));
        writer.store(theirs + "ff_norm.weight", writer.norm(ours + "ffn_norm.weight", kWidth));
        writer.store(theirs + "q_proj.weight", writer.matrix(ours + "attn_q.weight", kWidth, kWidth));
        writer.store(theirs + "k_proj.weight", writer.matrix(ours + "attn_k.weight", kWidth, kWidth));
        writer.store(theirs + "v_proj.weight", writer.matrix(ours + "attn_v.weight", kWidth, kWidth));
        writer.store(theirs + "attn_out.weight", writer.matrix(ours + "attn_output.weight", kWidth, kWidth));
        writer.store(theirs + "ff_proj.weight", writer.matrix(ours + "ffn_gate.weight", kFeedForward, kWidth));
        writer.store(theirs + "up_proj.weight", writer.matrix(ours + "ffn_up.weight", kFeedForward, kWidth));
        writer.store(theirs + "ff_out.weight", writer.matrix(ours + "ffn_down.weight", kWidth, kFeedForward));
    }
    writer.store(body + "ln_f.weight", writer.norm("output_norm.weight", kWidth));
    writer.store(body + "ff_out.weight", writer.matrix("output.weight", kVocabulary, kWidth));
}

/// GPT-2 stores linear layers [inputs, outputs] and the causal mask beside them.
void addDiffuGptLayer(Writer& writer, const std::string& ours, const std::string& theirs) {
    writer.store(theirs + "ln_1.weight", writer.norm(ours + "attn_norm.weight", kWidth));
    writer.store(theirs + "ln_1.bias", writer.bias(ours + "attn_norm.bias", kWidth));
    std::vector<Matrix> weights;
    std::vector<Matrix> biases;
    for (const char* const part : {"attn_q", "attn_k", "attn_v"}) {
        weights.push_back(writer.matrix(ours + part + ".weight", kWidth, kWidth));
        biases.push_back(writer.bias(ours + part + ".bias", kWidth));
    }
    writer.store(theirs + "attn.c_attn.weight", transposed(stacked(weights)));
    writer.store(theirs + "attn.c_attn.bias", stacked(biases));
    writer.store(theirs + "attn.bias", Matrix{.rows = kContext, .columns = kContext, .values = std::vector<float>(kContext * kContext)});
    writer.store(theirs + "attn.c_proj.weight", transposed(writer.matrix(ours + "attn_output.weight", kWidth, kWidth)));
    writer.store(theirs + "attn.c_proj.bias", writer.bias(ours + "attn_output.bias", kWidth));
    writer.store(theirs + "ln_2.weight", writer.norm(ours + "ffn_norm.weight", kWidth));
    writer.store(theirs + "ln_2.bias", writer.bias(ours + "ffn_norm.bias", kWidth));
    writer.store(theirs + "mlp.c_fc.weight", transposed(writer.matrix(ours + "ffn_up.weight", kFeedForward, kWidth)));
    writer.store(theirs + "mlp.c_fc.bias", writer.bias(ours + "ffn_up.bias", kFeedForward));
    writer.store(theirs + "mlp.c_proj.weight", transposed(writer.matrix(ours + "ffn_down.weight", kWidth, kFeedForward)));
    writer.store(theirs + "mlp.c_proj.bias", writer.bias(ours + "ffn_down.bias", kWidth));
}

void addDiffuGpt(RandomCheckpoint& checkpoint, Writer& writer) {
    checkpoint.config = {{"model_type", "gpt2"},
                         {"architectures", {"DiscreteDiffusionModel"}},
                         {"n_layer", kLayers},
                         {"n_embd", kWidth},
                         {"n_head", kHeads},
                         {"n_inner", kFeedForward},
                         {"n_positions", kContext},
                         {"n_ctx", kContext},
                         {"vocab_size", kVocabulary},
                         {"layer_norm_epsilon", 1e-5},
                         {"activation_function", "gelu_new"},
                         {"mask_token_id", 0}};
    writer.store("embed_tokens.weight", writer.matrix("token_embd.weight", kVocabulary, kWidth));
    writer.store("denoise_model.wpe.weight", writer.matrix("position_embd.weight", kContext, kWidth));
    for (uint64_t layer = 0; layer < kLayers; ++layer) {
        addDiffuGptLayer(writer, block(layer), "denoise_model.h." + std::to_string(layer) + ".");
    }
    writer.store("denoise_model.ln_f.weight", writer.norm("output_norm.weight", kWidth));
    writer.store("denoise_model.ln_f.bias", writer.bias("output_norm.bias", kWidth));
}

/// lit-gpt fuses the projections of each group: its queries, its key, its value.
Matrix fusedByGroup(const Matrix& q, const Matrix& k, const Matrix& v, uint64_t groups) {
    std::vector<Matrix> parts;
    for (uint64_t group = 0; group < groups; ++group) {
        parts.push_back(rowsOf(q, group * q.rows / groups, q.rows / groups));
        parts.push_back(rowsOf(k, group * k.rows / groups, k.rows / groups));
        parts.push_back(rowsOf(v, group * v.rows / groups, v.rows / groups));
    }
    return stacked(parts);
}

void addSmdm(RandomCheckpoint& checkpoint, Writer& writer) {
    constexpr uint64_t kGroups = 2;
    constexpr uint64_t kWords = kVocabulary - 1;  // the mask stands behind them
    checkpoint.config = {{"model_type", "smdm"},   {"n_layer", kLayers},        {"n_embd", kWidth},
                         {"n_head", kHeads},       {"n_query_groups", kGroups}, {"intermediate_size", kFeedForward},
                         {"block_size", kContext}, {"vocab_size", kWords},      {"padded_vocab_size", kWords}};
    const uint64_t keyWidth = kWidth / kHeads * kGroups;
    writer.store("transformer.wte.weight", writer.matrix("token_embd.weight", kVocabulary, kWidth));
    for (uint64_t layer = 0; layer < kLayers; ++layer) {
        const std::string ours = block(layer);
        const std::string theirs = "transformer.h." + std::to_string(layer) + ".";
        const Matrix q = writer.matrix(ours + "attn_q.weight", kWidth, kWidth);
        const Matrix k = writer.matrix(ours + "attn_k.weight", keyWidth, kWidth);
        const Matrix v = writer.matrix(ours + "attn_v.weight", keyWidth, kWidth);
        writer.store(theirs + "norm_1.weight", writer.norm(ours + "attn_norm.weight", kWidth));
        writer.store(theirs + "attn.attn.weight", fusedByGroup(q, k, v, kGroups));
        writer.store(theirs + "attn.proj.weight", writer.matrix(ours + "attn_output.weight", kWidth, kWidth));
        writer.store(theirs + "norm_2.weight", writer.norm(ours + "ffn_norm.weight", kWidth));
        writer.store(theirs + "mlp.swiglu.w1.weight", writer.matrix(ours + "ffn_gate.weight", kFeedForward, kWidth));
        writer.store(theirs + "mlp.swiglu.w2.weight", writer.matrix(ours + "ffn_up.weight", kFeedForward, kWidth));
        writer.store(theirs + "mlp.swiglu.w3.weight", writer.matrix(ours + "ffn_down.weight", kWidth, kFeedForward));
    }
    writer.store("transformer.ln_f.weight", writer.norm("output_norm.weight", kWidth));
    writer.store("lm_head.weight", writer.matrix("output.weight", kWords, kWidth));
}

const std::map<std::string, LlamaParts> kLlamaLike = {
    {"illada", {.modelType = "illada", .className = "ILLaDAForCausalLM", .tiedHead = true}},
    {"dream", {.modelType = "Dream", .className = "DreamModel", .kvHeads = 1, .qkvBias = true}},
    {"dreamon", {.modelType = "Dream", .className = "DreamModel", .qkvBias = true}},
    {"open-dcoder", {.modelType = "qwen2", .className = "Qwen2ForCausalLM", .qkvBias = true, .tiedHead = true}},
    // A head size that is not the width divided by the heads.
    {"qwen3-mdlm", {.modelType = "a2d-qwen3", .className = "A2DQwen3LMHeadModel", .headDim = 20, .qkNorm = true, .tiedHead = true}},
    {"qwen2-mdlm", {.modelType = "a2d-qwen2", .className = "A2DQwen2LMHeadModel", .qkvBias = true, .tiedHead = true}},
    {"diffullama", {.modelType = "llama", .className = "DiscreteDiffusionModel", .kvHeads = 4, .wrapped = true}},
    {"sdar", {.modelType = "sdar", .className = "SDARForCausalLM", .headDim = 20, .qkNorm = true, .blockField = "block_size"}},
    {"dream-reasoner", {.modelType = "Dream", .className = "DreamModel", .headDim = 20, .qkNorm = true, .blockField = "block_size"}},
    {"qwen3-bd3lm", {.modelType = "a2d-qwen3", .className = "A2DQwen3LMHeadModel", .headDim = 20, .qkNorm = true, .tiedHead = true}},
    {"qwen2-bd3lm", {.modelType = "a2d-qwen2", .className = "A2DQwen2LMHeadModel", .qkvBias = true, .tiedHead = true}},
    {"fast-dllm-v2", {.modelType = "Fast_dLLM_Qwen", .className = "Fast_dLLM_QwenForCausalLM", .qkvBias = true, .blockField = "bd_size"}},
    {"stable-diffcoder", {.modelType = "llama", .className = "LlamaForCausalLM"}},
    {"llama", {.modelType = "llama", .className = "LlamaForCausalLM"}},
    {"qwen2", {.modelType = "qwen2", .className = "Qwen2ForCausalLM", .qkvBias = true, .tiedHead = true}},
    {"qwen3", {.modelType = "qwen3", .className = "Qwen3ForCausalLM", .headDim = 20, .qkNorm = true}},
};

void writeConfig(const std::filesystem::path& folder, const RandomCheckpoint& checkpoint) {
    std::filesystem::create_directories(folder);
    writeText(folder / "config.json", checkpoint.config.dump(2));
}

}  // namespace

SafetensorsBuilder& SafetensorsBuilder::tensor(const std::string& name, const std::string& type, const std::vector<uint64_t>& shape,
                                               std::string_view bytes) {
    header_[name] = {{"dtype", type}, {"shape", shape}, {"data_offsets", {data_.size(), data_.size() + bytes.size()}}};
    data_.append(bytes);
    return *this;
}

SafetensorsBuilder& SafetensorsBuilder::entry(const std::string& name, const nlohmann::json& value) {
    header_[name] = value;
    return *this;
}

SafetensorsBuilder& SafetensorsBuilder::bytes(std::string_view more) {
    data_.append(more);
    return *this;
}

std::vector<std::byte> SafetensorsBuilder::build() const {
    return buildWithHeader(header_.dump());
}

std::vector<std::byte> SafetensorsBuilder::buildWithHeader(std::string_view header) const {
    const std::string file = littleEndian(uint64_t{header.size()}).append(header) + data_;
    std::vector<std::byte> bytes(file.size());
    std::memcpy(bytes.data(), file.data(), file.size());
    return bytes;
}

RandomCheckpoint randomCheckpoint(const std::string& architecture, uint64_t seed, WeightFormat format) {
    RandomCheckpoint checkpoint;
    Writer writer(checkpoint, seed, format);
    if (architecture == "llada") {
        addLlada(checkpoint, writer);
    } else if (architecture == "diffugpt") {
        addDiffuGpt(checkpoint, writer);
    } else if (architecture == "smdm") {
        addSmdm(checkpoint, writer);
    } else {
        addLlamaStyle(checkpoint, writer, kLlamaLike.at(architecture));
    }
    return checkpoint;
}

void writeCheckpoint(const std::filesystem::path& folder, const RandomCheckpoint& checkpoint) {
    writeConfig(folder, checkpoint);
    SafetensorsBuilder builder;
    builder.entry("__metadata__", {{"format", "pt"}});
    for (const RandomCheckpoint::Tensor& tensor : checkpoint.tensors) {
        builder.tensor(tensor.name, tensor.type, tensor.shape, tensor.bytes);
    }
    writeFile(folder / "model.safetensors", builder.build());
}

void writeShardedCheckpoint(const std::filesystem::path& folder, const RandomCheckpoint& checkpoint) {
    writeConfig(folder, checkpoint);
    std::vector<SafetensorsBuilder> shards(2);
    nlohmann::json map = nlohmann::json::object();
    for (size_t i = 0; i < checkpoint.tensors.size(); ++i) {
        const RandomCheckpoint::Tensor& tensor = checkpoint.tensors[i];
        const size_t shard = i % shards.size();
        shards[shard].tensor(tensor.name, tensor.type, tensor.shape, tensor.bytes);
        map[tensor.name] = "model-0000" + std::to_string(shard + 1) + "-of-00002.safetensors";
    }
    for (size_t shard = 0; shard < shards.size(); ++shard) {
        writeFile(folder / ("model-0000" + std::to_string(shard + 1) + "-of-00002.safetensors"), shards[shard].build());
    }
    writeText(folder / "model.safetensors.index.json", nlohmann::json{{"weight_map", map}}.dump());
}

void writeText(const std::filesystem::path& path, std::string_view text) {
    writeFile(path, std::as_bytes(std::span(text)));
}

}  // namespace crystallite
