#include "engine/formats/quantized_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/fingerprint.h"
#include "engine/formats/owned_tensors.h"
#include "engine/formats/tensor_encoder.h"

#include <algorithm>
#include <array>
#include <new>
#include <thread>
#include <utility>

namespace crystallite {
namespace {

/// The tensors of `source` with the formats that they get; those that change have no bytes yet.
std::vector<StoredTensor> plannedTensors(const ModelSource& source, WeightFormat format) {
    const bool headIsEmbedding = source.findTensor("output.weight") == nullptr;
    const std::string architecture = source.findString("general.architecture").value_or("");
    const uint64_t layers = source.findUnsigned(architecture + ".block_count").value_or(0);
    std::vector<StoredTensor> planned = source.tensors();
    for (StoredTensor& tensor : planned) {
        const WeightFormat wanted = formatWhenQuantized(tensor, format, headIsEmbedding, layers);
        if (wanted != tensor.format) {
            tensor.format = wanted;
            tensor.bytes = {};
        }
    }
    return planned;
}

class QuantizedModel final : public ModelSource {
public:
    QuantizedModel(std::shared_ptr<const ModelSource> base, WeightFormat format)
        : base_(std::move(base)), format_(format), tensors_(plannedTensors(*base_, format)) {}

    Result<void> makeTensors(const OpenOptions& options);

    [[nodiscard]] const std::string& displayName() const override { return base_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return base_->fileBytes(); }
    [[nodiscard]] uint64_t ownedBytes() const override { return base_->ownedBytes() + owned_.bytes(); }
    [[nodiscard]] const std::string& fingerprint() const override {
        const std::string& stored = base_->fingerprint();
        const std::array parts = {std::as_bytes(std::span(stored))};
        return fingerprint_.of(parts, layoutOf(format_).name);
    }
    [[nodiscard]] Result<void> prepareFingerprint(const std::function<void(double)>& progress, const std::stop_token& stop) const override {
        return base_->prepareFingerprint(progress, stop);
    }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override { return base_->findString(key); }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return base_->findUnsigned(key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return base_->findFloat(key); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return base_->findBool(key); }
    [[nodiscard]] std::vector<std::string> keys() const override { return base_->keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return base_->tokenizer(); }
    [[nodiscard]] std::shared_ptr<const ModelSource> withoutBytesOf(const TensorFilter& isDone) const override;

private:
    std::shared_ptr<const ModelSource> base_;
    WeightFormat format_;
    std::vector<StoredTensor> tensors_;
    OwnedTensors owned_;
    LazyFingerprint fingerprint_;
};

Result<void> QuantizedModel::makeTensors(const OpenOptions& options) {
    uint64_t quantizedBytes = 0;
    for (size_t i = 0; i < tensors_.size(); ++i) {
        quantizedBytes += tensors_[i].format == base_->tensors()[i].format ? 0 : storedBytes(tensors_[i]);
    }
    ThreadPool pool(std::max(std::thread::hardware_concurrency(), 1U));
    uint64_t done = 0;
    for (size_t i = 0; i < tensors_.size(); ++i) {
        const StoredTensor& stored = base_->tensors()[i];
        StoredTensor& tensor = tensors_[i];
        if (tensor.format == stored.format) {
            owned_.addMapped();
            continue;
        }
        const TensorEncoder encoder(stored, tensor.format);
        std::byte* const memory = owned_.add(encoder.bytes());
        if (memory == nullptr) {
            return Error{ErrorKind::OutOfMemory, inQuotes(displayName()) + " needs " + std::to_string(quantizedBytes / 1'000'000) +
                                                     " MB of memory for its quantised weights; convert it to a file instead"};
        }
        const std::span<std::byte> bytes(memory, encoder.bytes());
        tensor.bytes = bytes;
        for (uint64_t first = 0; first < encoder.rows(); first += encoder.rowsAtATime()) {
            const uint64_t count = std::min(encoder.rowsAtATime(), encoder.rows() - first);
            const uint64_t size = count * encoder.bytesPerRow();
            const Result<void> encoded = encoder.encode(pool, first, count, bytes.subspan(first * encoder.bytesPerRow(), size));
            if (!encoded) {
                return Error{encoded.error().kind, inQuotes(displayName()) + " cannot be quantised: " + encoded.error().message};
            }
            done += size;
            if (options.progress) {
                options.progress(static_cast<double>(done) / static_cast<double>(quantizedBytes));
            }
            if (options.stop.stop_requested()) {
                return Error{ErrorKind::Cancelled, "quantising " + inQuotes(displayName()) + " was stopped"};
            }
        }
    }
    return {};
}

/// What was quantised is done in the source below too.
std::shared_ptr<const ModelSource> QuantizedModel::withoutBytesOf(const TensorFilter& isDone) const {
    const auto isDoneBelow = [&](const StoredTensor& stored) { return isDone(stored) || findTensor(stored.name)->format != stored.format; };
    const std::shared_ptr<const ModelSource> rest = base_->withoutBytesOf(isDoneBelow);
    auto model = std::make_shared<QuantizedModel>(rest ? rest : base_, format_);
    model->tensors_ = tensors_;
    model->owned_ = owned_;
    model->owned_.release(model->tensors_, isDone);
    for (StoredTensor& tensor : model->tensors_) {
        const StoredTensor& below = *model->base_->findTensor(tensor.name);
        if (below.format == tensor.format) {
            tensor.bytes = below.bytes;
        }
    }
    return model;
}

}  // namespace

Result<std::shared_ptr<const ModelSource>> quantizeModel(std::shared_ptr<const ModelSource> source, WeightFormat format,
                                                         const OpenOptions& options) {
    auto model = std::make_shared<QuantizedModel>(std::move(source), format);
    const Result<void> made = model->makeTensors(options);
    if (!made) {
        return made.error();
    }
    return std::shared_ptr<const ModelSource>(std::move(model));
}

std::shared_ptr<const ModelSource> planQuantizedModel(std::shared_ptr<const ModelSource> source, WeightFormat format) {
    return std::make_shared<QuantizedModel>(std::move(source), format);
}

}  // namespace crystallite
