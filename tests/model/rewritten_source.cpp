#include "tests/model/rewritten_source.h"

#include "engine/base/assert.h"
#include "tests/support/quantized_blocks.h"

#include <cmath>
#include <cstring>
#include <utility>

namespace crystallite {
namespace {

FloatMatrix emptyLike(const StoredTensor& tensor) {
    const auto columns = static_cast<uint32_t>(tensor.dimensions[0]);
    return {static_cast<uint32_t>(tensor.bytes.size() / rowBytes(tensor.format, columns)), columns};
}

FloatMatrix floatsOf(const StoredTensor& tensor) {
    ENGINE_ASSERT(tensor.format == WeightFormat::F32);
    FloatMatrix matrix = emptyLike(tensor);
    std::memcpy(matrix.values.data(), tensor.bytes.whole().data(), tensor.bytes.size());
    return matrix;
}

double differenceOf(const FloatMatrix& a, const FloatMatrix& b) {
    ENGINE_ASSERT(a.rows == b.rows && a.columns == b.columns);
    double squares = 0.0;
    for (size_t i = 0; i < a.values.size(); ++i) {
        squares += std::pow(double{a.values[i]} - b.values[i], 2);
    }
    return std::sqrt(squares / static_cast<double>(a.values.size()));
}

}  // namespace

RewrittenSource::RewrittenSource(std::shared_ptr<const ModelSource> file, const Rewrite& rewrite)
    : ForwardingSource(std::move(file)), tensors_(ForwardingSource::tensors()) {
    for (StoredTensor& tensor : tensors_) {
        if (std::optional<FloatMatrix> weights = rewrite(tensor)) {
            weights_.push_back(std::move(*weights));
            tensor.format = WeightFormat::F32;
            tensor.bytes = std::as_bytes(std::span(weights_.back().values));  // stays where it is when the matrix moves
        }
    }
}

std::shared_ptr<const ModelSource> dequantized(const std::shared_ptr<const ModelSource>& file) {
    return std::make_shared<RewrittenSource>(file, [](const StoredTensor& tensor) -> std::optional<FloatMatrix> {
        if (!isQuantized(tensor.format)) {
            return std::nullopt;
        }
        const FloatMatrix shape = emptyLike(tensor);
        return nearestWeights({.format = tensor.format,
                               .rows = shape.rows,
                               .columns = shape.columns,
                               .bytes = {tensor.bytes.whole().begin(), tensor.bytes.whole().end()}});
    });
}

std::shared_ptr<const ModelSource> withNoiseLike(const std::shared_ptr<const ModelSource>& exact, const ModelSource& rounded) {
    uint32_t seed = 1;
    return std::make_shared<RewrittenSource>(exact, [&](const StoredTensor& tensor) -> std::optional<FloatMatrix> {
        if (tensor.dimensions.size() < 2) {
            return std::nullopt;
        }
        FloatMatrix weights = floatsOf(tensor);
        const double size = differenceOf(weights, floatsOf(*rounded.findTensor(tensor.name)));
        // A uniform number in [-a, a) has the root mean square a / sqrt(3).
        const FloatMatrix noise = randomMatrix(weights.rows, weights.columns, seed++, static_cast<float>(std::sqrt(3.0) * size));
        for (size_t i = 0; i < weights.values.size(); ++i) {
            weights.values[i] += noise.values[i];
        }
        return weights;
    });
}

}  // namespace crystallite
