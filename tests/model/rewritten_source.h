#pragma once

#include "tests/model/forwarding_source.h"
#include "tests/support/matrix.h"

#include <functional>

namespace crystallite {

/// A model file some of whose tensors have other weights, in F32. Everything else is the file's own.
class RewrittenSource final : public ForwardingSource {
public:
    /// The new weights of a tensor, or nothing when it stays as it is.
    using Rewrite = std::function<std::optional<FloatMatrix>(const StoredTensor&)>;

    RewrittenSource(std::shared_ptr<const ModelSource> file, const Rewrite& rewrite);

    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }

private:
    std::vector<FloatMatrix> weights_;  // what the changed tensors point to
    std::vector<StoredTensor> tensors_;
};

/// All blocks written out as F32, by a reader that shares nothing with the engine.
std::shared_ptr<const ModelSource> dequantized(const std::shared_ptr<const ModelSource>& file);

/// The F32 file `exact` with noise in every matrix: independent and uniform, of the size (root mean square) by which the matrix differs
/// from the one in the F32 source `rounded`.
std::shared_ptr<const ModelSource> withNoiseLike(const std::shared_ptr<const ModelSource>& exact, const ModelSource& rounded);

}  // namespace crystallite
