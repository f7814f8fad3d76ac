#pragma once

#include "engine/formats/model_source.h"
#include "tests/support/matrix.h"

#include <functional>

namespace crystallite {

/// A model file some of whose tensors have other weights, in F32. Everything else is the file's own.
class RewrittenSource final : public ModelSource {
public:
    /// The new weights of a tensor, or nothing when it stays as it is.
    using Rewrite = std::function<std::optional<FloatMatrix>(const StoredTensor&)>;

    RewrittenSource(std::shared_ptr<const ModelSource> file, const Rewrite& rewrite);

    [[nodiscard]] const std::string& displayName() const override { return file_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return file_->fileBytes(); }
    [[nodiscard]] const std::string& fingerprint() const override { return file_->fingerprint(); }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override { return file_->findString(key); }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return file_->findUnsigned(key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return file_->findFloat(key); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return file_->findBool(key); }
    [[nodiscard]] std::vector<std::string> keys() const override { return file_->keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return file_->tokenizer(); }

private:
    std::shared_ptr<const ModelSource> file_;
    std::vector<FloatMatrix> weights_;  // what the changed tensors point to
    std::vector<StoredTensor> tensors_;
};

/// All blocks written out as F32, by a reader that shares nothing with the engine.
std::shared_ptr<const ModelSource> dequantized(const std::shared_ptr<const ModelSource>& file);

/// The F32 file `exact` with noise in every matrix: independent and uniform, of the size (root mean square) by which the matrix differs
/// from the one in the F32 source `rounded`.
std::shared_ptr<const ModelSource> withNoiseLike(const std::shared_ptr<const ModelSource>& exact, const ModelSource& rounded);

}  // namespace crystallite
