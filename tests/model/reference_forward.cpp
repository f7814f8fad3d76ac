#include "tests/model/reference_forward.h"

#include <cmath>
#include <cstring>
#include <string>

namespace crystallite {
namespace {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

/// Rows of a matrix; a vector is one row.
Rows load(const ModelSource& source, const std::string& name) {
    const StoredTensor* tensor = source.findTensor(name);
    ENGINE_ASSERT(tensor != nullptr && tensor->format == WeightFormat::F32);
    const uint64_t columns = tensor->dimensions[0];
    const uint64_t count = tensor->dimensions.size() > 1 ? tensor->dimensions[1] : 1;
    Rows rows(count, Row(columns));
    for (uint64_t i = 0; i < count * columns; ++i) {
        float value = 0.0F;
        std::memcpy(&value, tensor->bytes.at(i * sizeof value), sizeof value);
        rows[i / columns][i % columns] = static_cast<double>(value);
    }
    return rows;
}

double dot(const Row& a, const Row& b) {
    double sum = 0.0;
    for (size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

Row times(const Rows& matrix, const Row& x) {
    Row out;
    for (const Row& weights : matrix) {
        out.push_back(dot(weights, x));
    }
    return out;
}

Row normed(const Row& x, const Row& weight) {
    constexpr double kEpsilon = static_cast<double>(1e-5F);
    const double scale = 1.0 / std::sqrt(dot(x, x) / static_cast<double>(x.size()) + kEpsilon);
    Row out(x.size());
    for (size_t i = 0; i < x.size(); ++i) {
        out[i] = x[i] * scale * weight[i];
    }
    return out;
}

void add(Row& x, const Row& y) {
    for (size_t i = 0; i < x.size(); ++i) {
        x[i] += y[i];
    }
}

struct Shape {
    uint64_t heads = 0;
    uint64_t kvHeads = 0;
    uint64_t headDim = 0;
    bool rope = true;
    bool interleaved = true;
    bool causal = false;
};

/// Turns the pairs of every head of a row that stands at `position`.
void turn(Row& x, const Shape& shape, size_t position) {
    for (size_t head = 0; shape.rope && head < x.size() / shape.headDim; ++head) {
        for (size_t pair = 0; pair < shape.headDim / 2; ++pair) {
            const size_t first = head * shape.headDim + (shape.interleaved ? 2 * pair : pair);
            const size_t second = shape.interleaved ? first + 1 : first + shape.headDim / 2;
            const double angle =
                static_cast<double>(position) * std::pow(10000.0, -2.0 * static_cast<double>(pair) / static_cast<double>(shape.headDim));
            const double a = x[first];
            const double b = x[second];
            x[first] = a * std::cos(angle) - b * std::sin(angle);
            x[second] = a * std::sin(angle) + b * std::cos(angle);
        }
    }
}

Row attend(const Row& query, const Rows& keys, const Rows& values, const Shape& shape, size_t position) {
    Row out(query.size());
    const size_t visible = shape.causal ? position + 1 : keys.size();
    for (size_t head = 0; head < shape.heads; ++head) {
        const size_t from = head * shape.headDim;
        const size_t keyFrom = head / (shape.heads / shape.kvHeads) * shape.headDim;
        Row shares(visible);
        double total = 0.0;
        for (size_t j = 0; j < visible; ++j) {
            double score = 0.0;
            for (size_t d = 0; d < shape.headDim; ++d) {
                score += query[from + d] * keys[j][keyFrom + d];
            }
            shares[j] = std::exp(score / std::sqrt(static_cast<double>(shape.headDim)));
            total += shares[j];
        }
        for (size_t j = 0; j < visible; ++j) {
            for (size_t d = 0; d < shape.headDim; ++d) {
                out[from + d] += shares[j] / total * values[j][keyFrom + d];
            }
        }
    }
    return out;
}

void attentionBlock(const ModelSource& source, const std::string& prefix, const Shape& shape, Rows& residual) {
    const Row norm = load(source, prefix + "attn_norm.weight")[0];
    const Rows wq = load(source, prefix + "attn_q.weight");
    const Rows wk = load(source, prefix + "attn_k.weight");
    const Rows wv = load(source, prefix + "attn_v.weight");
    const Rows wo = load(source, prefix + "attn_output.weight");
    Rows queries;
    Rows keys;
    Rows values;
    for (size_t i = 0; i < residual.size(); ++i) {
        const Row x = normed(residual[i], norm);
        queries.push_back(times(wq, x));
        keys.push_back(times(wk, x));
        values.push_back(times(wv, x));
        turn(queries[i], shape, i);
        turn(keys[i], shape, i);
    }
    for (size_t i = 0; i < residual.size(); ++i) {
        add(residual[i], times(wo, attend(queries[i], keys, values, shape, i)));
    }
}

void feedForwardBlock(const ModelSource& source, const std::string& prefix, Rows& residual) {
    const Row norm = load(source, prefix + "ffn_norm.weight")[0];
    const Rows gates = load(source, prefix + "ffn_gate.weight");
    const Rows ups = load(source, prefix + "ffn_up.weight");
    const Rows down = load(source, prefix + "ffn_down.weight");
    for (Row& row : residual) {
        const Row x = normed(row, norm);
        Row gate = times(gates, x);
        const Row up = times(ups, x);
        for (size_t i = 0; i < gate.size(); ++i) {
            gate[i] = gate[i] / (1.0 + std::exp(-gate[i])) * up[i];
        }
        add(row, times(down, gate));
    }
}

}  // namespace

std::vector<std::vector<double>> referenceLogits(const ModelSource& source, std::span<const TokenId> tokens) {
    const std::string architecture = *source.findString("general.architecture");
    const uint64_t width = *source.findUnsigned(architecture + ".embedding_length");
    const uint64_t heads = *source.findUnsigned(architecture + ".attention.head_count");
    const Shape shape{.heads = heads,
                      .kvHeads = *source.findUnsigned(architecture + ".attention.head_count_kv"),
                      .headDim = width / heads,
                      .rope = source.findUnsigned(architecture + ".rope.dimension_count").value_or(1) != 0,
                      .interleaved = architecture != "crystallite",
                      .causal = source.findBool(architecture + ".attention.causal").value_or(false)};
    const Rows embedding = load(source, "token_embd.weight");
    Rows residual;
    for (const TokenId token : tokens) {
        residual.push_back(embedding[token]);
    }
    if (source.findTensor("position_embd.weight") != nullptr) {
        const Rows positions = load(source, "position_embd.weight");
        for (size_t i = 0; i < residual.size(); ++i) {
            add(residual[i], positions[i]);
        }
    }
    for (uint64_t layer = 0; layer < *source.findUnsigned(architecture + ".block_count"); ++layer) {
        const std::string prefix = "blk." + std::to_string(layer) + ".";
        attentionBlock(source, prefix, shape, residual);
        feedForwardBlock(source, prefix, residual);
    }
    const Row norm = load(source, "output_norm.weight")[0];
    const Rows head = source.findTensor("output.weight") == nullptr ? embedding : load(source, "output.weight");
    Rows logits;
    for (const Row& row : residual) {
        logits.push_back(times(head, normed(row, norm)));
    }
    return logits;
}

}  // namespace crystallite
