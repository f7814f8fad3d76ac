#pragma once

#include "engine/formats/model_source.h"

#include <memory>
#include <utility>

namespace crystallite {

/// Everything is another source's own: what a test changes it overrides.
class ForwardingSource : public ModelSource {
public:
    explicit ForwardingSource(std::shared_ptr<const ModelSource> file) : file_(std::move(file)) {}

    [[nodiscard]] const std::string& displayName() const override { return file_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return file_->fileBytes(); }
    [[nodiscard]] const std::string& fingerprint() const override { return file_->fingerprint(); }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override { return file_->findString(key); }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return file_->findUnsigned(key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return file_->findFloat(key); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return file_->findBool(key); }
    [[nodiscard]] std::vector<std::string> keys() const override { return file_->keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return file_->tensors(); }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return file_->tokenizer(); }

private:
    std::shared_ptr<const ModelSource> file_;
};

}  // namespace crystallite
