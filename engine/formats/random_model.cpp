#include "engine/formats/random_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/fingerprint.h"
#include "engine/formats/metadata.h"
#include "engine/formats/owned_tensors.h"
#include "engine/formats/random_pieces.h"
#include "engine/formats/tensor_encoder.h"
#include "engine/text/byte_alphabet.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <map>
#include <thread>
#include <utility>

namespace crystallite {
namespace {

struct NamedFormat {
    std::string_view name;
    WeightFormat format;
};
constexpr std::array kFormats = {NamedFormat{"f32", WeightFormat::F32},     NamedFormat{"f16", WeightFormat::F16},
                                 NamedFormat{"bf16", WeightFormat::BF16},   NamedFormat{"q8_0", WeightFormat::Q8_0},
                                 NamedFormat{"q6_k", WeightFormat::Q6_K},   NamedFormat{"q4_0", WeightFormat::Q4_0},
                                 NamedFormat{"q4_k_m", WeightFormat::Q4_K}, NamedFormat{"q4_k", WeightFormat::Q4_K}};

std::string_view nameOfFormat(WeightFormat format) {
    const auto* const found =
        std::find_if(kFormats.begin(), kFormats.end(), [format](const NamedFormat& each) { return each.format == format; });
    return found->name;
}

Metadata metadataOf(const RandomShape& shape) {
    const std::string prefix = std::string(shape.architecture) + ".";
    Metadata metadata;
    const auto count = [&](const std::string& key, uint64_t value) { metadata.set(prefix + key, value); };
    metadata.set("general.architecture", std::string(shape.architecture));
    metadata.set("general.name", "random " + std::string(shape.architecture) + " of " + std::to_string(shape.layers) + " layers");
    count("block_count", shape.layers);
    count("context_length", shape.context);
    count("embedding_length", shape.width);
    count("feed_forward_length", shape.feedForward);
    count("attention.head_count", shape.heads);
    count("attention.head_count_kv", shape.kvHeads);
    count("vocab_size", shape.vocabulary);
    metadata.set(prefix + "rope.freq_base", shape.ropeTheta);
    metadata.set(prefix + "attention.layer_norm_rms_epsilon", shape.normEpsilon);
    if (shape.headDim > 0) {
        count("attention.key_length", shape.headDim);
        count("attention.value_length", shape.headDim);
    }
    if (shape.rotaryDims > 0) {
        count("rope.dimension_count", shape.rotaryDims);
    }
    if (shape.experts) {
        constexpr uint64_t kSigmoid = 2;
        const RandomExperts& experts = *shape.experts;
        count("expert_count", experts.count);
        count("expert_used_count", experts.used);
        count("expert_feed_forward_length", experts.width);
        count("expert_gating_func", kSigmoid);
        metadata.set(prefix + "expert_weights_norm", true);
        metadata.set(prefix + "expert_weights_scale", experts.scale);
        count("expert_group_count", experts.groups);
        count("expert_group_used_count", experts.groupsUsed);
        count("expert_shared_count", experts.shared);
        count("expert_shared_feed_forward_length", uint64_t{experts.shared} * experts.width);
        count("leading_dense_block_count", experts.denseLayers);
    }
    return metadata;
}

/// The bytes, and names for the rest, so that every id can come out as in a published model.
TokenizerData tokenizerOf(const RandomShape& shape) {
    TokenizerData data;
    data.model = "gpt2";
    data.preTokenizer = "qwen2";
    data.tokens.reserve(shape.vocabulary);
    for (uint32_t id = 0; id < shape.vocabulary; ++id) {
        data.tokens.push_back(id < 256 ? writtenBytes(std::string(1, static_cast<char>(id))) : "<" + std::to_string(id) + ">");
    }
    data.tokens[256] = "th";  // the one merge
    data.merges = {"t h"};
    data.kinds.assign(shape.vocabulary, TokenKind::Normal);
    for (const auto& [id, written] :
         {std::pair(shape.bos, "<|begin|>"), std::pair(shape.eos, "<|end|>"), std::pair(shape.mask, "<|mask|>")}) {
        data.tokens[id] = written;
        data.kinds[id] = TokenKind::Control;
    }
    data.bos = shape.bos;
    data.eos = shape.eos;
    data.mask = shape.mask;
    return data;
}

/// Plans the tensors of a shape in the order of its files.
class TensorList {
public:
    TensorList(const RandomShape& shape, WeightFormat format) : shape_(shape), format_(format) {}

    std::vector<StoredTensor> make() {
        matrix("token_embd.weight", shape_.width, shape_.vocabulary);
        vector("output_norm.weight", shape_.width);
        matrix("output.weight", shape_.width, shape_.vocabulary);
        for (uint32_t layer = 0; layer < shape_.layers; ++layer) {
            const std::string block = "blk." + std::to_string(layer) + ".";
            attention(block);
            vector(block + "ffn_norm.weight", shape_.width);
            if (shape_.experts && layer >= shape_.experts->denseLayers) {
                mixture(block, *shape_.experts);
            } else {
                feedForward(block, "", shape_.feedForward, {});
            }
        }
        return std::move(tensors_);
    }

private:
    void matrix(std::string name, uint64_t inputs, uint64_t outputs, std::optional<uint64_t> stack = {}) {
        StoredTensor tensor{.name = std::move(name), .format = format_, .dimensions = {inputs, outputs}, .bytes = {}};
        if (stack) {
            tensor.dimensions.push_back(*stack);
        }
        if (isQuantized(format_)) {
            tensor.format = WeightFormat::F16;
            tensor.format = formatWhenQuantized(tensor, format_, false, shape_.layers);
        }
        tensors_.push_back(std::move(tensor));
    }
    void vector(std::string name, uint64_t length) {
        tensors_.push_back({.name = std::move(name), .format = WeightFormat::F32, .dimensions = {length}, .bytes = {}});
    }
    void attention(const std::string& block) {
        const uint64_t queries = uint64_t{shape_.heads} * shape_.headWidth();
        const uint64_t keys = uint64_t{shape_.kvHeads} * shape_.headWidth();
        vector(block + "attn_norm.weight", shape_.width);
        if (shape_.experts) {
            matrix(block + "attn_qkv.weight", shape_.width, queries + 2 * keys);
            vector(block + "attn_q_norm.weight", shape_.headWidth());
            vector(block + "attn_k_norm.weight", shape_.headWidth());
        } else {
            matrix(block + "attn_q.weight", shape_.width, queries);
            matrix(block + "attn_k.weight", shape_.width, keys);
            matrix(block + "attn_v.weight", shape_.width, keys);
        }
        matrix(block + "attn_output.weight", queries, shape_.width);
        if (shape_.qkvBias) {
            vector(block + "attn_q.bias", queries);
            vector(block + "attn_k.bias", keys);
            vector(block + "attn_v.bias", keys);
        }
    }
    void feedForward(const std::string& block, const std::string& ending, uint64_t width, std::optional<uint64_t> stack) {
        matrix(block + "ffn_gate" + ending + ".weight", shape_.width, width, stack);
        matrix(block + "ffn_up" + ending + ".weight", shape_.width, width, stack);
        matrix(block + "ffn_down" + ending + ".weight", width, shape_.width, stack);
    }
    void mixture(const std::string& block, const RandomExperts& experts) {
        tensors_.push_back(
            {.name = block + "ffn_gate_inp.weight", .format = WeightFormat::F32, .dimensions = {shape_.width, experts.count}, .bytes = {}});
        vector(block + "exp_probs_b.bias", experts.count);
        feedForward(block, "_exps", experts.width, experts.count);
        feedForward(block, "_shexp", uint64_t{experts.shared} * experts.width, {});
    }

    const RandomShape& shape_;
    WeightFormat format_;
    std::vector<StoredTensor> tensors_;
};

/// Of a norm, a bias of q, k and v, a bias that selects experts.
float valueOfVector(std::string_view name) {
    constexpr float kBias = 0.1F;
    return name.ends_with("_norm.weight") ? 1.0F : name.ends_with("exp_probs_b.bias") ? 0.0F : kBias;
}

class RandomModel final : public ModelSource {
public:
    RandomModel(const RandomShape& shape, WeightFormat format)
        : shape_(shape),
          format_(format),
          name_("random " + std::string(shape.name) + " " + std::string(nameOfFormat(format))),
          // The same name and layers are the same bytes.
          fingerprint_(fingerprintOf({}, name_ + " of " + std::to_string(shape.layers) + " layers")),
          metadata_(metadataOf(shape)),
          tensors_(TensorList(shape, format).make()) {}

    Result<void> fill(const OpenOptions& options);

    [[nodiscard]] const std::string& displayName() const override { return name_; }
    [[nodiscard]] uint64_t fileBytes() const override {
        uint64_t sum = 0;
        for (const StoredTensor& tensor : tensors_) {
            sum += storedBytes(tensor);
        }
        return sum;
    }
    [[nodiscard]] uint64_t ownedBytes() const override { return owned_.bytes(); }
    [[nodiscard]] const std::string& fingerprint() const override { return fingerprint_; }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override { return metadata_.find<std::string>(key); }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return metadata_.find<uint64_t>(key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return metadata_.find<double>(key); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return metadata_.find<bool>(key); }
    [[nodiscard]] std::vector<std::string> keys() const override { return metadata_.keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return tokenizerOf(shape_); }
    [[nodiscard]] std::shared_ptr<const ModelSource> withoutBytesOf(const TensorFilter& isDone) const override {
        auto rest = std::make_shared<RandomModel>(shape_, format_);
        rest->tensors_ = tensors_;
        rest->owned_ = owned_;
        rest->owned_.release(rest->tensors_, isDone);
        return rest;
    }

private:
    RandomShape shape_;
    WeightFormat format_;
    std::string name_;
    std::string fingerprint_;
    Metadata metadata_;
    std::vector<StoredTensor> tensors_;
    OwnedTensors owned_;
};

Result<void> RandomModel::fill(const OpenOptions& options) {
    ThreadPool pool(std::max(std::thread::hardware_concurrency(), 1U));
    std::map<std::pair<WeightFormat, uint64_t>, RandomPieces> pieces;
    const uint64_t whole = fileBytes();
    for (size_t i = 0; i < tensors_.size(); ++i) {
        StoredTensor& tensor = tensors_[i];
        const uint64_t size = storedBytes(tensor);
        std::byte* const memory = owned_.add(size);
        if (memory == nullptr) {
            return Error{ErrorKind::OutOfMemory, "the " + inQuotes(name_) + " model needs " + std::to_string(whole / 1'000'000) +
                                                     " MB of memory for its weights; choose a smaller shape, fewer layers or fewer bits"};
        }
        if (tensor.dimensions.size() == 1) {
            std::fill_n(reinterpret_cast<float*>(memory), tensor.dimensions.front(), valueOfVector(tensor.name));
        } else {
            const uint64_t inputs = tensor.dimensions.front();
            const auto found = pieces.try_emplace({tensor.format, inputs}, tensor.format, inputs, pool).first;
            found->second.fill({memory, size}, static_cast<uint32_t>(i), pool, options.stop);
        }
        tensor.bytes = std::span<const std::byte>(memory, size);
        if (options.stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, "making the " + inQuotes(name_) + " model was stopped"};
        }
        if (options.progress) {
            options.progress(static_cast<double>(owned_.bytes()) / static_cast<double>(whole));
        }
    }
    return {};
}

}  // namespace

Result<WeightFormat> parseRandomFormat(std::string_view name) {
    const auto* const found = std::find_if(kFormats.begin(), kFormats.end(), [name](const NamedFormat& each) { return each.name == name; });
    if (found != kFormats.end()) {
        return found->format;
    }
    std::string known;
    for (const NamedFormat& each : kFormats) {
        known.append(known.empty() ? "" : ", ").append(each.name);
    }
    return Error{ErrorKind::InvalidArgument, "random weights cannot be made as " + inQuotes(name) + "; choose one of: " + known};
}

std::shared_ptr<const ModelSource> planRandomModel(const RandomShape& shape, WeightFormat format) {
    return std::make_shared<RandomModel>(shape, format);
}

Result<std::shared_ptr<const ModelSource>> makeRandomModel(const RandomShape& shape, WeightFormat format, const OpenOptions& options) {
    auto model = std::make_shared<RandomModel>(shape, format);
    if (const Result<void> filled = model->fill(options); !filled) {
        return filled.error();
    }
    return std::shared_ptr<const ModelSource>(std::move(model));
}

}  // namespace crystallite
