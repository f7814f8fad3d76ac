#include "engine/model/tensor_check.h"

#include "engine/base/in_quotes.h"

#include <set>

namespace crystallite {
namespace {

std::string shapeText(const std::vector<uint64_t>& dimensions) {
    std::string text = "[";
    for (const uint64_t dimension : dimensions) {
        text.append(text.size() == 1 ? "" : ", ").append(std::to_string(dimension));
    }
    return text + "]";
}

/// Remembers the first thing that is wrong and which tensors were asked for.
class TensorCheck {
public:
    explicit TensorCheck(const ModelSource& source) : source_(source) {}

    void matrix(const std::string& name, uint64_t inputs, uint64_t outputs) { require(name, {inputs, outputs}); }
    /// The same matrix of every expert.
    void stack(const std::string& name, uint64_t inputs, uint64_t outputs, uint64_t experts) { require(name, {inputs, outputs, experts}); }
    void vector(const std::string& name, uint64_t elements) {
        const StoredTensor* const tensor = require(name, {elements});
        if (tensor != nullptr && tensor->format != WeightFormat::F32) {
            fail(ErrorKind::Unsupported,
                 "stores " + name + " as " + std::string(layoutOf(tensor->format).name) + "; norms and biases must be F32");
        }
    }
    /// A tensor that nobody computes with would make every number of a run wrong without a sign.
    void refuseOthers(std::string_view architecture) {
        for (const StoredTensor& tensor : source_.tensors()) {
            if (!known_.contains(tensor.name)) {
                fail(ErrorKind::Unsupported, "holds tensor " + inQuotes(tensor.name) + ", which architecture " + std::string(architecture) +
                                                 " does not use in this build");
            }
        }
    }
    [[nodiscard]] bool failed() const { return error_.has_value(); }
    [[nodiscard]] Result<void> result() const { return error_ ? Result<void>(*error_) : Result<void>(); }

private:
    const StoredTensor* require(const std::string& name, const std::vector<uint64_t>& shape) {
        known_.insert(name);
        const StoredTensor* const tensor = source_.findTensor(name);
        if (tensor == nullptr) {
            fail(ErrorKind::Corrupt, "has no tensor " + name);
            return nullptr;
        }
        if (tensor->dimensions != shape) {
            fail(ErrorKind::Corrupt,
                 "has " + name + " of shape " + shapeText(tensor->dimensions) + "; its metadata needs " + shapeText(shape));
        }
        return tensor;
    }
    void fail(ErrorKind kind, const std::string& what) {
        if (!error_) {
            error_ = Error{kind, inQuotes(source_.displayName()) + " " + what};
        }
    }

    const ModelSource& source_;
    std::set<std::string, std::less<>> known_;
    std::optional<Error> error_;
};

void checkNorm(TensorCheck& check, const ModelConfig& config, const std::string& name) {
    check.vector(name + ".weight", config.width);
    if (config.norm == NormKind::Layer) {
        check.vector(name + ".bias", config.width);
    }
}

void checkLinear(TensorCheck& check, const std::string& name, uint64_t inputs, uint64_t outputs, bool bias) {
    check.matrix(name + ".weight", inputs, outputs);
    if (bias) {
        check.vector(name + ".bias", outputs);
    }
}

void checkAttention(TensorCheck& check, const ModelConfig& config, const std::string& prefix) {
    const uint64_t queryWidth = uint64_t{config.heads} * config.headDim;
    const uint64_t keyWidth = uint64_t{config.kvHeads} * config.headDim;
    checkNorm(check, config, prefix + "attn_norm");
    if (config.fusedQkv) {
        checkLinear(check, prefix + "attn_qkv", config.width, queryWidth + 2 * keyWidth, config.qkvBias);
    } else {
        checkLinear(check, prefix + "attn_q", config.width, queryWidth, config.qkvBias);
        checkLinear(check, prefix + "attn_k", config.width, keyWidth, config.qkvBias);
        checkLinear(check, prefix + "attn_v", config.width, keyWidth, config.qkvBias);
    }
    checkLinear(check, prefix + "attn_output", queryWidth, config.width, config.otherBias);
    if (config.qkNorm) {
        check.vector(prefix + "attn_q_norm.weight", config.headDim);
        check.vector(prefix + "attn_k_norm.weight", config.headDim);
    }
}

/// `ending`: "" of a plain feed-forward, "_shexp" of shared experts.
void checkFeedForward(TensorCheck& check, const ModelConfig& config, const std::string& prefix, const std::string& ending, uint64_t width) {
    if (config.feedForwardKind == FeedForwardKind::SiluGated) {
        checkLinear(check, prefix + "ffn_gate" + ending, config.width, width, config.otherBias);
    }
    checkLinear(check, prefix + "ffn_up" + ending, config.width, width, config.otherBias);
    checkLinear(check, prefix + "ffn_down" + ending, width, config.width, config.otherBias);
}

void checkMixture(TensorCheck& check, const ModelConfig& config, const std::string& prefix) {
    const Mixture& mixture = *config.mixture;
    check.matrix(prefix + "ffn_gate_inp.weight", config.width, mixture.experts);
    if (mixture.selectionBias) {
        check.vector(prefix + "exp_probs_b.bias", mixture.experts);
    }
    if (mixture.fusedGateUp) {
        check.stack(prefix + "ffn_gate_up_exps.weight", config.width, 2 * uint64_t{mixture.width}, mixture.experts);
    } else {
        check.stack(prefix + "ffn_gate_exps.weight", config.width, mixture.width, mixture.experts);
        check.stack(prefix + "ffn_up_exps.weight", config.width, mixture.width, mixture.experts);
    }
    check.stack(prefix + "ffn_down_exps.weight", mixture.width, config.width, mixture.experts);
    if (mixture.sharedWidth > 0) {
        checkFeedForward(check, config, prefix, "_shexp", mixture.sharedWidth);
    }
}

}  // namespace

Result<void> checkTensors(const ModelSource& source, const ModelConfig& config) {
    TensorCheck check(source);
    check.matrix("token_embd.weight", config.width, config.vocabulary);
    checkNorm(check, config, "output_norm");
    if (config.learnedPositions) {
        check.matrix("position_embd.weight", config.width, config.contextLength);
    }
    if (!config.tiedHead) {
        check.matrix("output.weight", config.width, config.outputVocabulary);
    }
    for (uint32_t layer = 0; layer < config.layers && !check.failed(); ++layer) {
        const std::string prefix = "blk." + std::to_string(layer) + ".";
        checkAttention(check, config, prefix);
        checkNorm(check, config, prefix + "ffn_norm");
        if (config.hasExperts(layer)) {
            checkMixture(check, config, prefix);
        } else {
            checkFeedForward(check, config, prefix, "", config.feedForward);
        }
    }
    check.refuseOthers(config.architecture);
    return check.result();
}

}  // namespace crystallite
