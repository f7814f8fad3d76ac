#pragma once

#include "engine/formats/metadata.h"
#include "tests/model/forwarding_source.h"

#include <functional>

namespace crystallite {

/// A model file that says something else about itself: other values of some keys, other descriptions of some tensors. The weights stay.
class EditedSource final : public ForwardingSource {
public:
    using EditTensor = std::function<bool(StoredTensor&)>;  ///< false: the tensor goes

    EditedSource(std::shared_ptr<const ModelSource> file, Metadata values, const EditTensor& edit = {})
        : ForwardingSource(std::move(file)), values_(std::move(values)) {
        for (StoredTensor tensor : ForwardingSource::tensors()) {
            if (!edit || edit(tensor)) {
                tensors_.push_back(std::move(tensor));
            }
        }
    }

    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override {
        return valueOr(values_.find<std::string>(key), ForwardingSource::findString(key));
    }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override {
        return valueOr(values_.find<uint64_t>(key), ForwardingSource::findUnsigned(key));
    }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override {
        return valueOr(values_.find<double>(key), ForwardingSource::findFloat(key));
    }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override {
        return valueOr(values_.find<bool>(key), ForwardingSource::findBool(key));
    }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }

private:
    template <typename T>
    static std::optional<T> valueOr(std::optional<T> first, std::optional<T> second) {
        return first ? first : second;
    }

    Metadata values_;
    std::vector<StoredTensor> tensors_;
};

}  // namespace crystallite
